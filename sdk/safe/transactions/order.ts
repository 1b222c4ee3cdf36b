import type { RawCall } from "../../calls/decode.js";
import type { ReviewedCall } from "../../calls/review.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import { NO_REASON, NOT_REACHED, reviewAsSafe } from "./trial.js";

/**
 * Decodes and tries transactions that the Safe is to carry out one after the other, each with the effects of those before
 * it: two payments can each be made, and not both.
 *
 * @param transactions The calls of each.
 */
export async function reviewInOrder(
  live: LiveDao,
  account: SafeAccount,
  transactions: readonly (readonly RawCall[])[],
): Promise<ReviewedCall[][]> {
  const alone: ReviewedCall[][] = [];
  for (const calls of transactions) alone.push(await reviewAsSafe(live, account, calls));
  if (transactions.length < 2) return alone;
  // All of them may take more gas than one transaction.
  const all = await reviewAsSafe(live, account, transactions.flat(), true);
  let at = 0;
  return alone.map((own) => {
    const inOrder = all.slice(at, (at += own.length));
    // What isn't reached says nothing. Together they may take more gas than the node lets anything take, though none of
    // them does; and one that takes too much by itself does so after others, too.
    const [first] = inOrder.filter(({ simulation }) => !simulation.ok);
    if (own.some(isSilent) || (first !== undefined && (isSilent(first) || isUnreached(first)))) return own;
    return inOrder;
  });
}

function isSilent({ simulation }: ReviewedCall): boolean {
  return !simulation.ok && simulation.reason === NO_REASON;
}

function isUnreached({ simulation }: ReviewedCall): boolean {
  return !simulation.ok && simulation.reason.startsWith(NOT_REACHED);
}
