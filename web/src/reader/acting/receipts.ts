import type { LiveDao } from "@kyoso/sdk";
import { findByNonce } from "@kyoso/sdk";
import type { TransactionResponse } from "ethers";
import type { Act, SentCall, TransactionView } from "../acts.js";

interface Receipt {
  readonly succeeded: boolean;
  readonly logs: readonly {
    readonly address: string;
    readonly topics: readonly string[];
    readonly data: string;
  }[];
}

/** The receipt of a transaction; undefined for one that no block has yet. */
export async function receiptOf(live: LiveDao, hash: string): Promise<Receipt | undefined> {
  const receipt = await live.provider.getTransactionReceipt(hash);
  if (receipt === null) return undefined;
  return { succeeded: receipt.status === 1, logs: receipt.logs };
}

/**
 * What became of a transaction. Its hash alone doesn't say: a wallet replaces one that waits, with higher fees or with something
 * else, and what is replaced never has a receipt. So it is followed by its nonce.
 */
export async function readTransaction(
  live: LiveDao,
  { hash, sent }: Extract<Act, { readonly act: "transaction" }>,
): Promise<TransactionView> {
  const own = await outcomeOf(live, hash);
  if (own !== undefined) return own;
  const known = await live.provider.getTransaction(hash);
  if (known !== null || sent === undefined) return { state: "pending", nonce: known?.nonce ?? null };
  return (await readPlace(live, hash, sent)) ?? { state: "pending", nonce: null };
}

/** What stands in the place of a transaction that no node knows any more, or yet; undefined where that isn't known. */
async function readPlace(live: LiveDao, hash: string, sent: SentCall): Promise<TransactionView | undefined> {
  const { from, nonce, isNonceKnown, block } = sent;
  const used = await live.provider.getTransactionCount(from, "latest");
  const end = isNonceKnown ? Math.min(nonce + 1, used) : Math.min(nonce + MOST_PLACES, used);
  for (let place = nonce; place < end; place++) {
    const found = await findByNonce(live.provider, from, place, block);
    if (found === undefined) continue;
    if (found.hash === hash || isSame(found, sent)) return outcomeOf(live, found.hash);
    if (isNonceKnown) return { state: "replaced", hash: found.hash };
  }
  return undefined;
}

/** Nonces that are looked at of a transaction that no node ever knew: wallets send some to miners alone. */
const MOST_PLACES = 8;

/** Whether a transaction does what was to be done. Some wallets write after the call's data who sent it. */
function isSame({ to, data, value }: TransactionResponse, sent: SentCall): boolean {
  return (
    to?.toLowerCase() === sent.to.toLowerCase() &&
    data.toLowerCase().startsWith(sent.data.toLowerCase()) &&
    value === sent.value
  );
}

async function outcomeOf(
  live: LiveDao,
  hash: string,
): Promise<Extract<TransactionView, { readonly hash: string }> | undefined> {
  const receipt = await receiptOf(live, hash);
  return receipt === undefined ? undefined : { state: receipt.succeeded ? "done" : "failed", hash };
}
