import type { Nothing } from "../nothing.js";

/** Problems of the relay, which pays the gas of what people signed; and of what is handed in to it. */
export interface RelayProblems {
  /** Its settings can't be read; `field` is what is wrong in them. */
  "relay.settings": { readonly file: string; readonly field: string };
  /** A variable of the environment that it needs isn't set. */
  "relay.variable-missing": { readonly variable: string };
  /** What is in a variable of the environment isn't the address of a node; `host` is null where it has none. */
  "relay.node-url": { readonly variable: string; readonly host: string | null };
  /** What is in a variable of the environment isn't a key of an account. */
  "relay.key-unreadable": { readonly variable: string };
  /** A file with the relay's key can be read by others, or changed; `mode` is what it is. */
  "relay.key-file-open": { readonly file: string; readonly mode: number };
  /** A database is of another DAO or chain than the relay's. Both are `<chain id>/<address of its governor>`. */
  "relay.database-other": { readonly file: string; readonly of: string; readonly here: string };
  /** Another relay has the database open. */
  "relay.database-taken": { readonly file: string };
  /** A database was written by a later version. */
  "relay.database-newer": { readonly file: string; readonly version: number; readonly known: number };
  /** A file is no database of a relay, or damaged. */
  "relay.database-unreadable": { readonly file: string };
  /** The disk is full, or can't be written to: nothing is taken. */
  "relay.disk-full": Nothing;
  /** As much is waiting as it takes at most, of all or of the same kind, campaign or vote. */
  "relay.queue-full": { readonly waiting: number };
  /** Too many requests came from one place. Seconds. */
  "relay.too-many": { readonly wait: number };
  /** For the same leaf, voter or voucher as many others are waiting as it takes. */
  "relay.subject-busy": { readonly open: number };
  /** A request is larger than it takes. Bytes. */
  "relay.too-large": { readonly most: number };
  /** A request isn't JSON. */
  "relay.not-json": Nothing;
  /** There is no such job, or it was forgotten. */
  "relay.job-unknown": Nothing;
  /** There is no such address. */
  "relay.path-unknown": Nothing;
  /** A page asks that isn't the DAO's. */
  "relay.origin": Nothing;
  /** It doesn't take this kind of what people sign. */
  "relay.kind-off": { readonly kind: string };
  /** The node doesn't answer, so that nothing can be checked. */
  "relay.node-away": Nothing;
  /** Something went wrong in it that its logs say more of. */
  "relay.failed": Nothing;
  /** What it pays in a day is used up: of all, of rewards, of a campaign, of a call, or of an account. `from` is when it goes on. */
  "relay.budget-used": {
    readonly of: "all" | "rewards" | "campaign" | "call" | "account";
    readonly from: number;
  };
  /**
   * It can't go on before `from`, for the reason that `why` is the code of, and can't be carried out any more from `until` on. Without
   * `why` it is an attempt that was paid for in vain.
   */
  "relay.too-late": { readonly from: number; readonly until: number; readonly why: string | null };
  /** Whoever is to have signed a voucher isn't an issuer of the DAO that may award this kind of badges. */
  "relay.not-by-issuer": { readonly issuer: string; readonly kind: number };
  /** It has no rewards paid in this token. */
  "relay.token-off": { readonly token: string };
  /** So few votes that it doesn't pay for them. In the token's smallest unit. */
  "relay.votes-few": { readonly votes: bigint; readonly least: bigint };
  /** An account has neither a badge nor as many votes, in the token's smallest unit: the relay pays for members only. */
  "relay.not-member": { readonly account: string; readonly least: bigint };
  /** It was paid for as often as it is, and each time the chain refused it after all. */
  "relay.attempts-failed": { readonly attempts: number };
  /** A relay that was asked doesn't answer as one does. */
  "relay.no-answer": { readonly url: string; readonly reason: string };
  /** A text isn't the address of a relay. */
  "relay.address": Nothing;
  /**
   * A relay refuses what was handed in to it. `code` is what it says that the problem is, `text` and `advice` are its words, and
   * `details` the data that it gives: a stranger's, all of it.
   */
  "relay.refused": {
    readonly code: string;
    readonly text: string;
    readonly advice: string | null;
    readonly details: unknown;
  };
  /** A relay is of another DAO, or another chain. */
  "relay.other-dao": { readonly url: string; readonly chainId: string; readonly governor: string };
  /** A relay hasn't carried out something for as long as was waited; `state` is what it says of it. */
  "relay.not-done": { readonly url: string; readonly job: string; readonly state: string };
  /** A relay says that something is done, and the chain doesn't show it. */
  "relay.not-seen": { readonly url: string; readonly job: string };
}
