import path from "node:path";
import { writeSigned } from "../../sdk/node/signed/files.js";
import { DELEGATION_FILE, signDelegation, supersedes } from "../../sdk/token/delegations.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
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
  const delegation = await signDelegation(live, signer, to, expiry);
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
  print(`  ${file}`);
  print(`  It can be used until ${formatMoment(expiry, live.now)}. Nothing was sent, and it cost nothing.`);
  await printDomain(live, "token", delegation.nonce);
  print("  Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["token", "relay"], file)}`);
});
