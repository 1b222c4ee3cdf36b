/** Problems of sending. */
export interface SendingProblems {
  /**
   * What was looked up may be out of date, and nothing was sent: an earlier run had sent something as this account, or
   * another one has meanwhile. `found` says what became of what the earlier one sent.
   */
  "account.earlier-found": {
    readonly account: string;
    readonly found: readonly {
      readonly purpose: string;
      readonly hash: string | undefined;
      readonly state: "confirmed" | "reverted" | "replaced" | "refused";
      /** When it was written down, in milliseconds. */
      readonly at: number;
    }[];
  };
  /** An earlier run of a command was carried out, and so the same can't be done, or isn't done again without being asked twice. */
  "account.earlier-done": {
    readonly account: string;
    readonly purpose: string;
    readonly transaction: string | undefined;
    readonly at: number;
  };
  /** A node knows less of what an account has sent than was seen; `next` is what it takes for the next nonce. */
  "account.node-behind": { readonly account: string; readonly next: number; readonly nonce: number };
  /** Gas costs more than somebody wants to pay at most. Both are wei a unit of gas. */
  "fee.above-most": { readonly fee: bigint; readonly most: bigint };
  /** A node asks for far more than is usual. Wei a unit of gas; `base` is null on a chain without a base fee. */
  "fee.beyond-usual": { readonly fee: bigint; readonly base: bigint | null };
  /** A text isn't a price of a unit of gas. */
  "fee.unreadable": { readonly text: string };
  /** What is written down of a transaction that may be under way is damaged. */
  "outbox.unreadable": { readonly file: string };
  /** A text doesn't say how many seconds a transaction is followed at most. */
  "patience.unreadable": { readonly text: string };
  /**
   * It isn't known what became of a transaction: it may still be carried out. `used` says that one with its nonce was,
   * and the node doesn't show which; `earlier` that an earlier run sent it. `reason` is what went wrong last, if anything
   * did: without one the node has it, and it isn't in a block yet.
   */
  "transaction.not-known": {
    readonly purpose: string;
    readonly account: string;
    readonly nonce: number;
    readonly hash: string | undefined;
    readonly used: boolean;
    readonly earlier: boolean;
    readonly reason: string | undefined;
  };
  /** Something else was sent with a transaction's nonce, by a wallet that cancels for instance. */
  "transaction.replaced": {
    readonly purpose: string;
    readonly account: string;
    readonly transaction: string;
  };
}
