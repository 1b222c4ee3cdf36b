import type { TransactionReceipt } from "ethers";

/** What became of a transaction. */
export type TransactionFate =
  | {
      readonly state: "confirmed";
      readonly receipt: TransactionReceipt;
      /** Whether another transaction took its place that does the same: a wallet that speeds one up sends such a one. */
      readonly replaced: boolean;
    }
  | {
      readonly state: "reverted";
      readonly receipt: TransactionReceipt;
      readonly reason: string;
      readonly outOfGas: boolean;
    }
  /** Something else was sent with its nonce: it will never be carried out. */
  | { readonly state: "replaced"; readonly hash: string }
  /** Nothing was sent. */
  | { readonly state: "refused"; readonly reason: string; readonly cause: unknown }
  /** It may still be carried out, or may have been. */
  | {
      readonly state: "not known";
      /** Undefined where a node signs, and its answer never came. */
      readonly hash: string | undefined;
      readonly nonce: number;
      /** Whether its nonce is used: by it, or by another transaction. */
      readonly used: boolean;
      /** What went wrong last, if anything did. */
      readonly reason: string | undefined;
    };

/** The transaction that a fate is about, where there is one. */
export function hashOf(fate: TransactionFate): string | undefined {
  switch (fate.state) {
    case "confirmed":
    case "reverted":
      return fate.receipt.hash;
    case "replaced":
    case "not known":
      return fate.hash;
    case "refused":
      return undefined;
  }
}
