// What somebody with an account asks of the reader: what they may do, what they are to sign, and what a wallet is to send.
import type { Ballot, Delegation, IdeaSupport, Reward, SignedNickname, Support } from "@kyoso/sdk";
import type { Answer, CallView, VoteView } from "./answers.js";
import type { VoiceView } from "./ideaAnswers.js";

/** Typed data that an account is to sign (EIP-712). */
export interface ToSign {
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: bigint;
    readonly verifyingContract: string;
  };
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** A step that moves a proposal on. */
export type Step = "queue" | "execute" | "cancel";

/** What can be asked by somebody who acts. */
export type Act =
  /** What votes an account has for a proposal, and whether it voted. */
  | { readonly act: "voter"; readonly number: number; readonly account: string }
  /** A ballot, which the account is asked to sign. */
  | (Mark & { readonly act: "ballot" })
  /** The same as a transaction of the account's own. */
  | (Mark & { readonly act: "vote" })
  | { readonly act: "step"; readonly number: number; readonly step: Step; readonly account: string }
  /** A delegation, which the account is asked to sign. */
  | (Trust & { readonly act: "delegation" })
  | (Trust & { readonly act: "delegate" })
  /** That a member is to be paid its share, for a relay. */
  | (Share & { readonly act: "reward" })
  | (Share & { readonly act: "payment"; readonly caller: string })
  /** The pass of a badge, minted to whoever holds the badge. */
  | { readonly act: "mint"; readonly badge: number; readonly account: string }
  /** What somebody wants to be called, which the account is asked to sign. */
  | (Called & { readonly act: "sign nickname" })
  | (Called & { readonly act: "set nickname" })
  | IdeaAct
  /** What became of a transaction; or of what its sender's wallet put in its place, where it is known what was sent. */
  | { readonly act: "transaction"; readonly hash: string; readonly sent?: SentCall }
  /** A vote, as the receipt of its transaction has it. */
  | { readonly act: "cast"; readonly number: number; readonly hash: string; readonly account: string };

/** What is done with ideas. */
type IdeaAct =
  /** What an account did in a call, and can do now. */
  | { readonly act: "voice"; readonly call: number; readonly account: string }
  /** Support, which the account is asked to sign; and the same as a transaction of its own. */
  | (Supporting & { readonly act: "sign support" })
  | (Supporting & { readonly act: "support" })
  | {
      readonly act: "submit";
      readonly call: number;
      readonly account: string;
      readonly title: string;
      readonly text: string;
    }
  | { readonly act: "withdraw"; readonly idea: number; readonly account: string };

interface Supporting {
  /** All of one call. */
  readonly ideas: readonly number[];
  readonly account: string;
}

interface Mark {
  readonly number: number;
  readonly account: string;
  readonly support: Support;
  readonly reason: string;
}

interface Trust {
  readonly account: string;
  /** An address, or "self". */
  readonly to: string;
}

interface Share {
  readonly season: number;
  readonly token: string;
  readonly account: string;
}

interface Called {
  readonly account: string;
  /** Empty for nothing. */
  readonly nickname: string;
}

/** Why something can't be done: a code of the SDK's, and the command line's words. */
export interface Refused {
  readonly code: string;
  readonly text: string;
}

export interface VoterView extends Answer {
  /** What counts for the proposal; before its snapshot, what would now. */
  readonly votes: bigint;
  readonly delegate: string;
  readonly cast: VoteView | null;
  /** Why it can't vote now; null where it can. */
  readonly refused: Refused | null;
}

/** A call for a wallet to send, and how it would end. */
export interface PreparedCall {
  readonly to: string;
  readonly data: string;
  readonly value: bigint;
  /** Why it would fail; null where it would succeed. */
  readonly refused: Refused | null;
  /** As much as it is given; null for one that fails. */
  readonly gas: bigint | null;
  /** Wei that it costs at today's price; null where that isn't known. */
  readonly cost: bigint | null;
  /** Wei that the account has. */
  readonly balance: bigint;
  /** The block as of which it was tried, and the account's next nonce then. */
  readonly block: number;
  readonly nonce: number;
}

/** A call of a proposal that is still to be made, and how it would end now. */
export interface TriedCall extends CallView {
  /** Why it would fail; null where it would succeed. */
  readonly fails: string | null;
  /** What has to be known of how it was tried. */
  readonly note: string | null;
}

/** A call that a wallet has sent. */
export interface SentCall {
  readonly from: string;
  readonly to: string;
  readonly data: string;
  readonly value: bigint;
  /** The newest block when it was tried: it wasn't carried out by then. */
  readonly block: number;
  /** The transaction's own nonce, once a node knew the transaction; before that, the first that it can have. */
  readonly nonce: number;
  readonly isNonceKnown: boolean;
}

/** What became of a transaction. */
export type TransactionView =
  /** `nonce` is its own; null where no node knows it yet. */
  | { readonly state: "pending"; readonly nonce: number | null }
  /**
   * Of what did it: the transaction itself, or one with higher fees in its place. `replaced`: its nonce was used for something
   * else, so that it never happens.
   */
  | { readonly state: "done" | "failed" | "replaced"; readonly hash: string };

interface IdeaActs {
  readonly voice: VoiceView;
  readonly "sign support": IdeaSupport;
  readonly support: PreparedCall;
  readonly submit: PreparedCall;
  readonly withdraw: PreparedCall;
}

interface Acts extends IdeaActs {
  readonly voter: VoterView;
  readonly ballot: Ballot;
  readonly vote: PreparedCall;
  readonly step: PreparedCall;
  readonly delegation: Delegation;
  readonly delegate: PreparedCall;
  readonly reward: Reward;
  readonly payment: PreparedCall;
  readonly mint: PreparedCall;
  readonly "sign nickname": SignedNickname;
  readonly "set nickname": PreparedCall;
  readonly transaction: TransactionView;
  readonly cast: VoteView | null;
}

export type ActAnswer<Asked extends Act> = Acts[Asked["act"]];
export type AnyActAnswer = Acts[keyof Acts];

/** Has the person's account sign; rejects where it doesn't. */
export type Sign = (data: ToSign) => Promise<string>;
