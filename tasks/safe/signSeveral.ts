import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { problem } from "../../sdk/errors.js";
import type { OpenTransaction } from "../../sdk/node/safe/several.js";
import { numberOf } from "../../sdk/node/safe/several.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { requireOwner } from "../../sdk/safe/transactions/signatures.js";
import { callsAsJson, requireSuccess } from "../calls.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { confirmed } from "../confirm.js";
import type { Opened } from "../context.js";
import { requireSigner } from "../context.js";
import { done, print, printJson, styled, warn } from "../output.js";
import type { Desk } from "./desk.js";
import { sign } from "./desk.js";
import { countSignatures } from "./print.js";
import { printMany, requireAllReadable, reviewMany } from "./several.js";

interface Options {
  readonly files: readonly string[];
  readonly service: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly allowUnknownCalls: boolean;
}

/** Shows all transactions, asks once, and has an owner sign each; none where one can't be signed. */
export async function signSeveral(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  desk: Desk,
  transactions: readonly OpenTransaction[],
  { files, service, from, dryRun, json, allowUnknownCalls }: Options,
): Promise<void> {
  const { account } = desk;
  const reviewed = await reviewMany(desk, transactions);
  if (!json) {
    await printMany(hre, desk, reviewed);
    warnOfGaps(desk, transactions);
  }
  requireAllReadable(reviewed, { allowUnknownCalls, json });
  // What doesn't come right after the Safe's last one may find another chain when its turn comes.
  let next = account.nonce;
  for (const each of reviewed) {
    if (numberOf(each) > next) break;
    next = Math.max(next, numberOf(each) + 1);
    requireSuccess(each.reviewed, `Nothing was signed. It is in ${shownPath(each.checked.place)}.`);
  }

  const signer = dryRun ? undefined : (await requireSigner(opened, from)).address;
  if (signer !== undefined) requireOwner(account, signer);
  const wanted = transactions.filter(({ checked }) => !hasSigned(checked, signer));
  if (signer !== undefined && wanted.length > 0) {
    if (!(await confirmed(`Sign these ${wanted.length} as ${signer}?`, json))) {
      print("Nothing was signed.");
      return;
    }
  }
  const after: CheckedTransaction[] = [];
  for (const { shared, checked } of transactions) {
    const signs = signer !== undefined && !hasSigned(checked, signer);
    after.push(signs ? await sign(desk, shared, checked, signer) : checked);
  }
  const isReady = ({ signatures }: CheckedTransaction) => signatures.length >= account.threshold;
  if (json) {
    printJson({
      dryRun,
      signer: signer ?? null,
      threshold: account.threshold,
      transactions: after.map((each, i) => ({
        file: shortPath(each.place),
        hash: each.hash,
        nonce: each.transaction.nonce,
        calls: callsAsJson(reviewed[i]?.reviewed ?? []),
        signed: each.signatures.map((signature) => signature.signer),
        missing: each.missing,
        ready: isReady(each),
      })),
    });
    return;
  }
  print();
  if (signer === undefined) {
    print("This was a dry run: nothing was signed.");
    return;
  }
  const before = transactions.length - wanted.length;
  done(
    `${wanted.length} signed by ${signer}${before === 0 ? "" : `; ${before} ${before === 1 ? "was" : "were"} signed before`}.`,
  );
  for (const each of after) {
    print(styled("dim", `  ${shownPath(each.place)}: ${countSignatures(account, each.signatures.length)}`));
  }
  const ready = after.filter(isReady).length;
  const more = [
    ...(service === undefined ? [] : ["--service", service]),
    ...(allowUnknownCalls ? ["--allow-unknown-calls"] : []),
  ];
  if (ready === after.length) {
    print("\nNext: all have the signatures that they take. Anybody can send them, one after the other:");
    print(`  ${await commandLine(hre, opened, ["safe", "execute"], ...files, ...more)}`);
    return;
  }
  const missing = new Set(after.filter((each) => !isReady(each)).flatMap((each) => each.missing));
  print(
    `\nNext: ${after.length - ready} take more signatures. Pass the files on to owners who haven't signed: ${[...missing].join(", ")}`,
  );
}

function hasSigned({ signatures }: CheckedTransaction, signer: string | undefined): boolean {
  return signatures.some((signature) => signature.signer === signer);
}

/** Numbers that others have, or that two have: what is signed may do something else then, or nothing. */
export function warnOfGaps(
  { account }: Pick<Desk, "account">,
  transactions: readonly OpenTransaction[],
): void {
  let next = account.nonce;
  for (const [i, each] of transactions.entries()) {
    const nonce = numberOf(each);
    const before = transactions[i - 1];
    if (before !== undefined && numberOf(before) === nonce) {
      const other = before.checked.place;
      warn(
        problem("safe.same-number", {
          data: { nonce, other },
          place: each.checked.place,
          message: `It has the number ${nonce}, and so has ${shownPath(other)}: only one of them can be carried out`,
          remedy: "Name the files one by one, with the one of them that is wanted.",
        }),
      );
    }
    if (nonce > next) {
      warn(
        problem("safe.others-first", {
          data: { from: next, to: nonce - 1 },
          message: `Transaction${nonce - 1 === next ? "" : "s"} ${next}${nonce - 1 === next ? "" : ` to ${nonce - 1}`} of the Safe ${nonce - 1 === next ? "comes" : "come"} before ${nonce}, and may change what it does`,
        }),
      );
    }
    next = Math.max(next, nonce + 1);
  }
}
