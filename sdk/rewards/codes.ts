import type { Nothing } from "../nothing.js";

/** Problems of seasons and of what they share. */
export interface RewardProblems {
  /** A season hasn't begun; what is earned in it can be claimed from `opens` until before `closes`. */
  "season.ahead": {
    readonly season: number;
    readonly start: number;
    readonly opens: number;
    readonly closes: number;
  };
  /** Nobody has anything left to claim of a season. */
  "season.all-paid": { readonly season: number };
  /** A season would be funded with nothing. */
  "season.amount-zero": Nothing;
  /** What an account earned is being moved to another one: nobody else can claim for it. */
  "season.being-recovered": { readonly account: string };
  /** A budget can't hold as much; `most` is what still fits. */
  "season.budget-too-large": {
    readonly amount: bigint;
    readonly most: bigint;
    readonly symbol: string;
    readonly decimals: number;
  };
  /** A claim of a season's reward would fail. */
  "season.claim-fails": { readonly reason: string };
  /** Claims of a season are closed. */
  "season.claims-closed": { readonly season: number; readonly closes: number };
  /** What was awarded in a season can still be disputed. */
  "season.disputed": { readonly season: number; readonly opens: number; readonly closes: number };
  /** Who funds a season has less than that. */
  "season.funder-short": {
    readonly account: string;
    readonly balance: bigint;
    readonly amount: bigint;
    readonly symbol: string;
    readonly decimals: number;
  };
  /** A season has ended, and is funded until then. */
  "season.funding-over": { readonly season: number; readonly end: number };
  /** Nobody has funded a season. */
  "season.no-budget": { readonly season: number };
  /** A season has no budget in a token. */
  "season.no-budget-in-token": { readonly season: number; readonly token: string; readonly symbol: string };
  /** No season's reward can be claimed now. */
  "season.none-claimable": Nothing;
  /** Both all members and one of them are to be paid. */
  "season.all-or-one": { readonly account: string };
  /** An account has no points of a season. */
  "season.no-points": { readonly account: string; readonly season: number };
  /** A payment is to be one after `earlier` others, and there were `paid` only, as far as the node knows. */
  "season.payment-ahead": {
    readonly account: string;
    readonly season: number;
    readonly earlier: number;
    readonly paid: number;
  };
  /** A text isn't the number of a season that has begun; `current` is the newest one's. */
  "season.not-begun-or-none": { readonly text: string; readonly current: number };
  /** An account was paid for its points, or its share is less than the smallest unit. */
  "season.nothing-left": {
    readonly account: string;
    readonly budget: bigint;
    readonly symbol: string;
    readonly decimals: number;
  };
  /** All that is held belongs to seasons that can still be claimed. */
  "season.nothing-to-return": { readonly token: string; readonly symbol: string };
  /** A badge's points are more than can still be awarded in the running season, which lasts until `from`. */
  "season.points-exhausted": {
    readonly season: number;
    readonly left: number;
    readonly limit: number;
    readonly points: number;
    readonly from: number;
  };
  /** Awards are more points than can still be awarded in the running season, which lasts until `from`. */
  "season.points-short": {
    readonly season: number;
    readonly left: number;
    readonly limit: number;
    readonly points: number;
    readonly from: number;
  };
  /** What nobody claimed can't be returned. */
  "season.return-fails": { readonly token: string; readonly symbol: string; readonly reason: string };
  /** A season runs; what is earned in it can be claimed from `opens` until before `closes`. */
  "season.running": {
    readonly season: number;
    readonly end: number;
    readonly opens: number;
    readonly closes: number;
  };
  /** A text isn't the number of a season, or of none yet; `last` is the highest that will do. */
  "season.unknown": { readonly text: string; readonly current: number; readonly last: number };
  /** An address isn't an ERC-20 that says its symbol and its decimals. */
  "token.not-erc20": { readonly token: string };
  /** A token takes a fee when it is sent, and can't be shared exactly. */
  "token.takes-fee": { readonly token: string; readonly symbol: string; readonly reason: string };
}
