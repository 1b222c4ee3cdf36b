import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";
import { getAddress } from "ethers";
import { describeRevert, reasonOf, revertDataOf } from "../calls/revert.js";
import type { TransactionFate } from "./fate.js";
import type { Posted } from "./outbox.js";

/** How many blocks are looked through one by one, where a node doesn't say how a past state was. */
const MOST_BLOCKS = 64;

/**
 * The transaction that used a nonce.
 *
 * @param since A block in which it wasn't used yet.
 * @returns Undefined where the node doesn't show it (any more).
 */
export async function findByNonce(
  provider: Provider,
  from: string,
  nonce: number,
  since: number,
): Promise<TransactionResponse | undefined> {
  const newest = await provider.getBlockNumber();
  const found = await blockOf(provider, from, nonce, since, newest).catch(() => undefined);
  const blocks =
    found === undefined
      ? Array.from({ length: Math.min(newest - since + 1, MOST_BLOCKS) }, (_, i) => newest - i)
      : [found];
  for (const number of blocks) {
    const block = await provider.getBlock(number, true);
    const used = block?.prefetchedTransactions.find((each) => each.nonce === nonce && isBy(each, from));
    if (used !== undefined) return used;
  }
  return undefined;
}

/** The block in which a nonce was used, found by halving. Nodes that keep no past states refuse to say. */
async function blockOf(
  provider: Provider,
  from: string,
  nonce: number,
  since: number,
  newest: number,
): Promise<number> {
  let [before, after] = [since, newest];
  while (before < after) {
    const middle = Math.floor((before + after) / 2);
    if ((await provider.getTransactionCount(from, middle)) > nonce) after = middle;
    else before = middle + 1;
  }
  return after;
}

function isBy({ from }: TransactionResponse, account: string): boolean {
  return getAddress(from) === account;
}

/** Whether a transaction does what was to be done, whatever its fees. */
export function isSameDeed(transaction: TransactionResponse, posted: Posted): boolean {
  const { to, data, value } = transaction;
  return (
    to !== null &&
    getAddress(to) === getAddress(posted.to) &&
    data.toLowerCase() === posted.data.toLowerCase() &&
    value === posted.value
  );
}

/** What a receipt says of a transaction. */
export async function fateOf(
  provider: Provider,
  posted: Posted,
  receipt: TransactionReceipt,
  replaced: boolean,
): Promise<TransactionFate> {
  if (receipt.status !== 0) return { state: "confirmed", receipt, replaced };
  const limit = (await provider.getTransaction(receipt.hash).catch(() => null))?.gasLimit ?? posted.gasLimit;
  // Calls in calls keep a 64th of what they have; what is left of that is less than this.
  const outOfGas = receipt.gasUsed * 100n >= limit * 93n;
  const reason = outOfGas
    ? `it ran out of gas: it used ${receipt.gasUsed} of ${limit}`
    : await reasonOfRevert(provider, posted, receipt);
  return { state: "reverted", receipt, reason, outOfGas };
}

/** Why a transaction reverted: receipts don't say, so it is tried on the states around it. */
async function reasonOfRevert(
  provider: Provider,
  { from, to, data, value }: Posted,
  { blockNumber }: TransactionReceipt,
): Promise<string> {
  for (const blockTag of [blockNumber - 1, blockNumber]) {
    try {
      await provider.call({ from, to, data, value, blockTag });
    } catch (error) {
      const reverted = revertDataOf(error);
      if (reverted !== undefined) return describeRevert(reverted);
      if (/revert/iu.test(reasonOf(error))) return reasonOf(error);
    }
  }
  return "it reverted without a reason that the node would tell";
}
