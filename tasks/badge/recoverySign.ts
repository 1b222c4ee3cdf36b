import path from "node:path";
import type { Signer } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Refusal } from "../../sdk/badges/recovery/refusals.js";
import { REFUSAL_FILE, sameRefusal, signRefusal } from "../../sdk/badges/recovery/refusals.js";
import { readRecoveryOf } from "../../sdk/badges/recovery/recoveries.js";
import { readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import { unbroken } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import type { Opened } from "../context.js";
import { outbox } from "../context.js";
import { done, formatMoment, print, printJson } from "../output.js";
import { printDryRun } from "./format.js";

interface Options {
  readonly account: string | undefined;
  readonly out: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Writes the refusal of a recovery, for others to relay. Sends nothing. */
export async function signRefusalFile(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  signer: Signer,
  { account: asked, out, dryRun, json }: Options,
): Promise<void> {
  const { live } = opened;
  const own = await signer.getAddress();
  const account = asked === undefined ? own : parseAccount(live, asked, "--account");
  const { id, end } = await readRecoveryOf(live, account);
  const file = path.resolve(out ?? path.join(outbox(hre, live), "refusals", `${id}-${account}.json`));
  // What other owners of a Safe have signed already.
  const { value: existing } = await readSigned(file, REFUSAL_FILE);
  const onSigning = async ({ recovery, oldAccount, newAccount }: Refusal) => {
    if (json) return;
    print(`\n  ${account} refuses recovery ${recovery}, of ${oldAccount} into ${newAccount}.`);
    if (!dryRun) await requireYes(`Sign this as ${own}?`, json, "Nothing was signed.");
    print();
  };
  const signed = await signRefusal(live, signer, { account, existing, onSigning });
  const { refusal, signatures, threshold } = signed;
  if (!dryRun) await writeSigned(file, refusal, REFUSAL_FILE, (other) => sameRefusal(refusal, other));
  const complete = signatures >= threshold;
  if (json) {
    printJson({ dryRun, file, signatures, threshold, complete, ...refusal });
    return;
  }
  done(
    account === refusal.newAccount
      ? `${account} doesn't want what ${refusal.oldAccount} earned, once somebody relays this:`
      : `${account} isn't lost, once somebody relays this:`,
  );
  print(`  ${unbroken(file)}`);
  print(
    `  It refuses recovery ${refusal.recovery}, of ${refusal.oldAccount} into ${refusal.newAccount}, and nothing else.`,
  );
  if (threshold > 1) {
    print(`  ${signatures} of the ${threshold} owners of the Safe who have to sign have signed.`);
  }
  if (complete) {
    print(`  It can be used until badges are moved, and until ${formatMoment(end, live.now)} at the latest.`);
    print("  Nothing was sent, and it cost nothing. Pass it on; whoever relays it pays:");
    print(`    ${await commandLine(hre, opened, ["badge", "recovery", "relay"], file)}`);
  } else {
    print("  Pass it on to another owner, to be signed too:");
    const same = ["--sign", "--account", account, "--out", file];
    print(`    ${await commandLine(hre, opened, ["badge", "recovery", "refuse"], ...same)}`);
  }
  if (dryRun) printDryRun();
}
