import type { Nothing } from "../nothing.js";

/** Problems of votes and of delegating them. */
export interface TokenProblems {
  /** An account's votes are with that delegate already. */
  "delegation.already-so": { readonly account: string; readonly delegatee: string };
  /** A contract wallet's delegation can't be relayed: the token takes signatures of plain keys only. */
  "delegation.contract-wallet": { readonly file: string; readonly wallet: string };
  /** An account would delegate to one of the DAO's contracts, which can't vote. */
  "delegation.to-contract": {
    readonly contract: string;
  };
  /** The treasury can't delegate. */
  "delegation.treasury": Nothing;
  /** An account would send nothing, or more of a token than it has. */
  "token.amount-not-there": {
    readonly account: string;
    readonly balance: bigint;
    readonly amount: bigint;
    readonly symbol: string;
    readonly decimals: number;
  };
  /** An account would send tokens to itself. */
  "token.to-itself": { readonly account: string };
  /** Tokens would be sent to where nobody gets them back from. */
  "token.would-be-lost": { readonly to: string; readonly token: string };
  /** Badges come with more votes than the limits of earned votes let through at present. */
  "votes.limit-short": { readonly votes: bigint; readonly available: bigint; readonly symbol: string };
  /** No votes of some badges are withheld. */
  "votes.nothing-withheld": { readonly badges: readonly number[] };
  /** Votes of a moment are asked for that isn't over. */
  "votes.moment-not-over": { readonly at: number };
  /** Whose votes count for a proposal isn't decided yet. */
  "votes.snapshot-ahead": { readonly proposal: number; readonly snapshot: number };
}
