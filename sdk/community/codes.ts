import type { Nothing } from "../nothing.js";

/** Problems of nicknames, and of decisions that move no money. */
export interface CommunityProblems {
  /** The chain has no contract for nicknames, or no recorder of decisions. */
  "community.contract-missing": {
    readonly contract: "nicknames" | "decisions";
    readonly address: string;
    readonly chainId: bigint;
  };
  /** A nickname has more bytes than the contract takes. */
  "nickname.too-long": { readonly bytes: number; readonly most: number };
  /** A nickname has characters that can't be seen, or that turn the text around it. */
  "nickname.unseen-characters": { readonly text: string };
  /** An account is called so already. */
  "nickname.same-already": { readonly account: string; readonly nickname: string };
  /** Somebody would sign a nickname for an account that is no contract wallet. */
  "nickname.account-not-wallet": { readonly account: string };
  /** The kind of a decision is too long; lengths are in bytes. */
  "decision.kind-too-long": { readonly bytes: number; readonly most: number };
  /** A decision has neither a text nor a hash. */
  "decision.empty": Nothing;
}
