import path from "node:path";
import type { LiveDao } from "../../sdk/live.js";
import { readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import type { Delegation } from "../../sdk/token/delegations.js";
import { DELEGATION_FILE, readDelegators, signDelegation, supersedes } from "../../sdk/token/delegations.js";
import { unbroken } from "../../sdk/text.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn, ofRelay } from "../handIn.js";
import { done, formatMoment, print, printJson } from "../output.js";

const HOUR = 3_600;
const YEAR = 365 * 86_400;

interface Arguments {
  to: string;
  expires: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { to, expires, out, dao, from, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const relay = await chosenRelay(live, args.relay, "delegation", json);
  const signer = await requireSigner(opened, from);
  const nonce = (await live.contracts.token.nonces(signer.address)).toString();
  const file = path.resolve(
    out ?? path.join(outbox(hre, live), "delegations", `${signer.address}-${nonce}.json`),
  );
  const asked = parseFuture(expires ?? "7 days", live.now, YEAR, "--expires");
  // The same command once more signs the same, and so asks the relay for the same.
  const { value: existing } = await readSigned(file, DELEGATION_FILE);
  const isSame = existing?.nonce === nonce && existing.expiry > live.now + HOUR && existing.expiry <= asked;
  const expiry = relay !== undefined && expires === undefined && isSame ? existing.expiry : asked;
  const onSigning = async ({ delegator, delegatee }: Delegation) => {
    if (json) return;
    print(
      delegatee === delegator
        ? `\n  ${delegator} votes for itself again, with all its votes.`
        : `\n  ${delegatee} votes for ${delegator}, with all its votes.`,
    );
    print(`  Anybody can make it so until ${formatMoment(expiry, live.now)}.`);
    await printDomain(live, "token", nonce);
    await requireYes(`Sign this as ${delegator}?`, json, "Nothing was signed.");
    print();
  };
  const delegation = await signDelegation(live, signer, to, expiry, onSigning);
  await writeSigned(file, delegation, DELEGATION_FILE, (existing) => supersedes(delegation, existing));
  const { delegatee, delegator } = delegation;
  let relayed: Relayed | null = null;
  if (relay !== undefined) {
    const { patience } = hre.globalOptions;
    const isDone = async (now: LiveDao) =>
      (await readDelegators(now, [delegator])).get(delegator)?.delegate === delegatee;
    relayed = await handIn(live, relay, delegation, { patience, json, isDone });
  }
  if (json) {
    printJson({ file, ...ofRelay(relayed), ...delegation });
    return;
  }
  if (relayed !== null) {
    if (relayed.state === "waiting") return;
    done(
      delegatee === delegator
        ? `${delegator} votes for itself again.`
        : `${delegatee} votes for ${delegator} from now on.`,
    );
    return;
  }
  done(
    delegatee === delegator
      ? `${delegator} votes for itself again, once somebody relays this:`
      : `${delegatee} votes for ${delegator}, once somebody relays this:`,
  );
  print(`  ${unbroken(file)}`);
  print(`  It can be used until ${formatMoment(expiry, live.now)}. Nothing was sent, and it cost nothing.`);
  print("  Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["token", "relay"], file)}`);
});
