import type { Nothing } from "../nothing.js";

/** Problems of badges: of their kinds, awards, titles, referrals and recoveries, and of who may do what with them. */
export interface BadgeProblems {
  /** An account has a badge for the same already. */
  "awards.awarded-before": { readonly account: string; readonly badge: number; readonly kind: string };
  /** One of the Safe's owners has halted all awards, and with them claims and recoveries. */
  "awards.halted": Nothing;
  /** A badge for the same is under way in a file. */
  "awards.under-way": { readonly account: string; readonly file: string; readonly kind: string };
  /** The chain would refuse an award, or awards that only fail together. */
  "awards.would-fail": {
    readonly kind: string;
    readonly count: number;
    readonly first: string;
    readonly last: string;
    readonly reason: string;
  };
  /** An account has no badges. */
  "badge.account-has-none": { readonly account: string };
  /** Nobody has a badge any more. */
  "badge.gone": { readonly badge: number };
  /** A text isn't the number of a badge. */
  "badge.not-number": { readonly text: string };
  /** A badge is another account's; `own` are the numbers of the account's. */
  "badge.of-other-account": {
    readonly badge: number;
    readonly owner: string;
    readonly account: string;
    readonly own: readonly number[];
  };
  /** There is no such badge; `count` were awarded. */
  "badge.unknown": { readonly badge: number; readonly count: number };
  /** A contribution names an e-mail address in place of an account. */
  "contribution.by-email": { readonly text: string };
  /** A line says what another one says. */
  "contribution.twice": { readonly line: number };
  /** There is no evidence of what a badge is for. */
  "evidence.missing": Nothing;
  /** A text isn't a salt. */
  "evidence.not-salt": { readonly text: string };
  /** All badges of a kind are awarded. */
  "kind.all-awarded": { readonly kind: number; readonly name: string; readonly limit: number };
  /** Several kinds of badges have this name. */
  "kind.ambiguous": { readonly text: string; readonly numbers: readonly number[] };
  /** A kind of badges carries votes, and those can't be earned by bringing newcomers. */
  "kind.carries-votes": { readonly kind: number; readonly name: string };
  /** A kind of badges is closed; `count` badges of it would be awarded, where that is known. */
  "kind.closed": { readonly kind: number; readonly name: string; readonly count: number | undefined };
  /** A kind of badges is closed already. */
  "kind.closed-already": { readonly kind: number; readonly name: string };
  /** A kind's points a day are less than those of one badge. */
  "kind.daily-points-under-points": { readonly points: number; readonly dailyPoints: number };
  /** All that can be awarded of a kind in a day has been. */
  "kind.day-exhausted": {
    readonly kind: number;
    readonly name: string;
    readonly limit: number;
    readonly from: number;
  };
  /** A kind of badges has this name already. */
  "kind.name-taken": { readonly name: string; readonly number: number };
  /** A kind's badges are awarded by the members of another role, and can't be claimed. */
  "kind.not-claimable": { readonly kind: number; readonly name: string; readonly role: bigint };
  /** A kind's points of a day don't suffice; `most` badges can be awarded today, the rest from `from` on. */
  "kind.points-short": {
    readonly kind: number;
    readonly name: string;
    readonly left: number;
    readonly limit: number;
    readonly points: number;
    readonly most: number;
    readonly from: number;
  };
  /** Fewer badges of a kind are left than would be awarded; `waiting` are under way besides. */
  "kind.supply-short": {
    readonly kind: number;
    readonly name: string;
    readonly left: number;
    readonly limit: number;
    readonly count: number;
    readonly waiting: number;
  };
  /** There is no such kind of badges. */
  "kind.unknown": { readonly text: string; readonly known: readonly string[] };
  /** A kind's votes are more than the limits of earned votes ever let through at once. */
  "kind.votes-over-limits": { readonly votes: bigint; readonly most: bigint; readonly symbol: string };
  /** A recovery ended when some of the badges were moved. */
  "recovery.broken-off": {
    readonly account: string;
    readonly counterpart: string;
    readonly state: "moving" | "waiting" | "ready" | "refused" | "canceled";
    readonly moved: number;
  };
  /** An account takes part in a recovery already, or has in this season; `leaves` says whether it is from the account. */
  "recovery.busy": {
    readonly account: string;
    readonly phase: "requested" | "moving" | "over";
    readonly leaves: boolean;
    readonly counterpart: string;
    readonly seasonEnd: number;
  };
  /** An account was recovered already. */
  "recovery.done-already": { readonly account: string; readonly counterpart: string };
  /** A recovery has begun or is over, and can't be refused or canceled any more; `leaves` says whether it is from the account. */
  "recovery.ended": {
    readonly account: string;
    readonly counterpart: string;
    readonly leaves: boolean;
    readonly begun: boolean;
    readonly what: "refused" | "canceled";
  };
  /** As many recoveries were requested in a season as the DAO allows. */
  "recovery.limit-reached": {
    readonly season: number;
    readonly requested: number;
    readonly limit: number;
    readonly seasonEnd: number;
  };
  /** No recovery of an account was requested, or it is over and moved nothing. */
  "recovery.none": { readonly account: string };
  /** Only a contract wallet has others sign for it. */
  "recovery.not-wallet": { readonly account: string };
  /** An account never earned anything, so that there is nothing to recover. */
  "recovery.nothing-earned": { readonly account: string };
  /** An option is for what is signed, and nothing is to be. */
  "recovery.only-signed": { readonly option: "account" | "out" };
  /** A recovery's old account and its new one are the same. */
  "recovery.same-account": { readonly account: string };
  /** A recovery's new account is a contract of the DAO's, or nobody's. */
  "recovery.to-no-member": { readonly account: string; readonly contract: string | undefined };
  /** A recovery can't be carried out before `eta`. */
  "recovery.too-early": { readonly account: string; readonly eta: number };
  /** Nobody carried a recovery out, or all of it, and it could be until `until`. */
  "recovery.too-late": { readonly account: string; readonly until: number };
  /** The kind of badges that rewards referrals isn't there, or can't be earned by them. */
  "referral.kind": { readonly kind: number };
  /** Members earn nothing for whom they bring: the DAO's limit a season is 0. */
  "referral.limit-zero": Nothing;
  /** Somebody without a badge can't have brought anybody. */
  "referral.no-member": { readonly referrer: string };
  /** An account has or had a badge already, and so is no newcomer. */
  "referral.no-newcomer": { readonly account: string };
  /** What is claimed rewards nobody for bringing others. */
  "referral.not-rewarded": Nothing;
  /** Who brought an account is recorded for ever. */
  "referral.recorded": { readonly account: string; readonly referrer: string };
  /** An account can't have brought itself. */
  "referral.self": { readonly account: string };
  /** A badge can't be taken back without a reason. */
  "revoke.reason-missing": Nothing;
  /** An account lacks a role; `what` it may not do without is in English. Holders could act. */
  "role.may-not": {
    readonly account: string;
    readonly role: bigint;
    readonly what: string;
    readonly holders: readonly string[];
  };
  /** An account lacks the role that awards kinds of badges, or has it with a `delay` (seconds) only. Holders could act. */
  "role.may-not-award": {
    readonly account: string;
    readonly role: bigint;
    readonly kinds: readonly string[];
    readonly delay: number | undefined;
    readonly holders: readonly string[];
  };
  /** An account lacks the role that a function takes. Holders could act. */
  "role.may-not-call": {
    readonly account: string;
    readonly role: bigint;
    readonly contract: "badge" | "board" | "drop" | "pass";
    readonly function: string;
    readonly holders: readonly string[];
  };
}
