import type { LiveDao } from "@kyoso/sdk";
import type { TransactionView } from "../acts.js";

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

export async function readTransaction(live: LiveDao, hash: string): Promise<TransactionView> {
  const receipt = await receiptOf(live, hash);
  if (receipt === undefined) return { state: "pending" };
  return { state: receipt.succeeded ? "done" : "failed" };
}
