import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { describeCall } from "../../sdk/calls/nested.js";
import type { Problem } from "../../sdk/errors.js";
import type { ReviewedCall } from "../../sdk/calls/review.js";
import type { OpenTransaction } from "../../sdk/node/safe/several.js";
import { isFolder, numberOf, openSeveral } from "../../sdk/node/safe/several.js";
import { reviewInOrder } from "../../sdk/safe/transactions/order.js";
import type { InWords } from "../calls.js";
import { printCalls, requireReadable } from "../calls.js";
import { plural } from "../badge/format.js";
import { shortPath } from "../commandLine.js";
import { formatMoment, heading, print, shorten, styled, table, warn } from "../output.js";
import type { Desk } from "./desk.js";
import { countSignatures, printFollowUp } from "./print.js";
import { wordsFor } from "./words.js";

/** Of what a transaction does, in a table; in columns of a terminal. */
const WIDEST = 72;

/** A transaction of several that are signed or sent in one go, tried after those before it. */
export interface ReviewedTransaction extends OpenTransaction {
  readonly reviewed: readonly ReviewedCall[];
}

/**
 * Opens what several files or folders name.
 *
 * @returns Undefined where one file is named: that is shown by itself, in full.
 */
export async function openMany(
  { live, account, exchange }: Desk,
  names: readonly string[],
  json: boolean,
): Promise<OpenTransaction[] | undefined> {
  const folders = await Promise.all(names.map(isFolder));
  if (names.length < 2 && !folders.includes(true)) return undefined;
  return openSeveral(live, account, exchange, names, warnUnless(json));
}

/** Says what doesn't keep anything from being done; programs are told nothing. */
export function warnUnless(json: boolean): (problem: Problem) => void {
  return json ? () => undefined : warn;
}

/** Tries transactions in their order. */
export async function reviewMany(
  { live, account }: Desk,
  transactions: readonly OpenTransaction[],
): Promise<ReviewedTransaction[]> {
  const reviewed = await reviewInOrder(
    live,
    account,
    transactions.map(({ checked: { calls } }) => calls),
  );
  return transactions.map((each, i) => ({ ...each, reviewed: reviewed[i] ?? [] }));
}

/** @throws KyosoError where one of them has calls that can't be read whole, and they aren't allowed. */
export function requireAllReadable(
  transactions: readonly ReviewedTransaction[],
  options: { readonly allowUnknownCalls: boolean; readonly json: boolean },
): void {
  for (const { reviewed, checked } of transactions) {
    requireReadable(reviewed, options, shortPath(checked.place));
  }
}

/** What each does, and then all of them in one table. */
export async function printMany(
  hre: HardhatRuntimeEnvironment,
  { live, account }: Desk,
  transactions: readonly ReviewedTransaction[],
): Promise<void> {
  const inWords = await wordsFor(
    hre,
    live,
    transactions.flatMap(({ reviewed }) => reviewed),
  );
  for (const each of transactions) {
    const { checked, reviewed } = each;
    heading(`Transaction ${numberOf(each)}: ${shortPath(checked.place)}`);
    // Whole, as long as that may be: who signs hasn't made them.
    printCalls(reviewed, undefined, inWords);
    printFollowUp(live, checked);
  }
  heading(`${plural(transactions.length, "transaction")} of the Safe ${account.address}`);
  table(
    transactions.map((each) => [
      numberOf(each).toString(),
      shorten(summaryOf(each, inWords), WIDEST),
      countSignatures(account, each.checked.signatures.length),
      each.reviewed.every(({ simulation }) => simulation.ok)
        ? each.due > live.now
          ? `due ${formatMoment(each.due, live.now)}`
          : styled("green", "✓")
        : styled("red", "✗ would fail"),
    ]),
    ["no.", "what it does", "signed", ""],
  );
  print(styled("dim", `  ${live.record.name} (${live.record.slug}, chain ${live.chainId})`));
}

/** What a transaction does, on one line: from its own data, and not what it is called. */
function summaryOf({ reviewed }: ReviewedTransaction, inWords: InWords): string {
  const [first, ...others] = reviewed;
  if (first === undefined) return "nothing";
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const words = inWords(first.announced?.call ?? first.call) ?? describeCall(first.call);
  return `${words}${more}`;
}
