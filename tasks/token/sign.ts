import path from "node:path";
import { writeSigned } from "../../sdk/node/signed/files.js";
import type { Delegation } from "../../sdk/token/delegations.js";
import { DELEGATION_FILE, signDelegation, supersedes } from "../../sdk/token/delegations.js";
import { unbroken } from "../../sdk/text.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import { done, formatMoment, print, printJson } from "../output.js";

const YEAR = 365 * 86_400;

interface Arguments {
  to: string;
  expires: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ to, expires, out, dao, from, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = await requireSigner(opened, from);
  const expiry = parseFuture(expires ?? "7 days", live.now, YEAR, "--expires");
  const onSigning = async ({ delegator, delegatee, nonce }: Delegation) => {
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
  const file = path.resolve(
    out ?? path.join(outbox(hre, live), "delegations", `${delegation.delegator}-${delegation.nonce}.json`),
  );
  await writeSigned(file, delegation, DELEGATION_FILE, (existing) => supersedes(delegation, existing));
  if (json) {
    printJson({ file, ...delegation });
    return;
  }
  const { delegatee, delegator } = delegation;
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
