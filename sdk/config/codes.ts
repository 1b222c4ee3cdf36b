import type { Nothing } from "../nothing.js";

/** Problems of a brand file, of its values and texts, and of how it fits together. */
export interface ConfigProblems {
  /** A brand file allocates no tokens. */
  "brand.allocations-missing": Nothing;
  /** The allocations add up to more than there can ever be. */
  "brand.allocations-over-cap": {
    readonly sum: bigint;
    readonly cap: bigint;
    readonly symbol: string | undefined;
  };
  /** An amount in a brand file is more than there can ever be. */
  "brand.amount-over-cap": {
    readonly amount: bigint;
    readonly cap: bigint;
    readonly symbol: string | undefined;
  };
  /** An address is in a list twice; `first` is its number there, from 1. */
  "brand.entry-twice": {
    readonly value: string;
    readonly first: number;
    readonly list: "allocations" | "owners";
  };
  /** A late quorum extends the vote by more than the vote's own length. Both are seconds. */
  "brand.extension-over-period": { readonly extension: number; readonly period: number };
  /** The quorum's floor is more than half of all tokens there can be. */
  "brand.floor-over-half": {
    readonly floor: bigint;
    readonly cap: bigint;
    readonly symbol: string | undefined;
  };
  /** The quorum's floor is less than one token. */
  "brand.floor-under-token": { readonly floor: bigint; readonly symbol: string | undefined };
  /** All that can vote are fewer votes than the quorum's floor: `held` by people, and `earned` at most. */
  "brand.floor-unreachable": {
    readonly floor: bigint;
    readonly held: bigint;
    readonly earned: bigint;
    readonly symbol: string | undefined;
  };
  /** Two kinds, by their places in the file from 1, have names that people can't tell apart. */
  "brand.kind-name-twice": { readonly name: string; readonly first: number; readonly second: number };
  /** A kind's points are more than can be awarded in a season. */
  "brand.kind-points-over-season": { readonly points: number; readonly pointsPerSeason: number };
  /** A kind's votes are more than the limits of contribution votes ever let through. */
  "brand.kind-votes-over-limit": {
    readonly votes: bigint;
    readonly limit: bigint;
    readonly shareBps: number;
    readonly symbol: string | undefined;
  };
  /** Only an idea board awards the badges of a kind, and the DAO begins without one. */
  "brand.kind-without-board": { readonly name: string; readonly number: number };
  /** A file has no sections, and so is no brand file. */
  "brand.no-sections": { readonly file: string };
  /** No holder alone can propose. */
  "brand.nobody-alone-can-propose": {
    readonly threshold: bigint;
    readonly largest: bigint;
    readonly symbol: string;
  };
  /** All holders together can't propose. */
  "brand.nobody-can-propose": { readonly threshold: bigint; readonly held: bigint; readonly symbol: string };
  /** A duration has parts of an hour where the contract counts hours; `duration` is seconds, `hours` the nearest. */
  "brand.not-whole-hours": { readonly duration: number; readonly hours: number };
  /** A brand file is for another chain than `here`. */
  "brand.other-chain": { readonly chainId: bigint; readonly here: bigint };
  /** A brand file names no kind of its own as the one that entitles to a pass. */
  "brand.pass-kind-unknown": { readonly name: string; readonly known: readonly string[] };
  /** A quorum is reached by very few. */
  "brand.quorum-small": { readonly quorumBps: number };
  /** Who buys the quorum, less what can be `earned` of it, could decide over more: the treasury, and what can be minted. */
  "brand.quorum-under-treasury": {
    readonly quorum: bigint;
    readonly earned: bigint;
    readonly treasury: bigint;
    readonly mintable: bigint;
    readonly symbol: string;
  };
  /** A brand file names neither a Safe nor the owners of a new one. */
  "brand.safe-missing": Nothing;
  /** A new Safe has no threshold. */
  "brand.safe-threshold-missing": { readonly owners: number; readonly majority: number };
  /** A new Safe's threshold is more than its owners. */
  "brand.safe-threshold-over-owners": {
    readonly threshold: number;
    readonly owners: number;
    readonly majority: number;
  };
  /** A brand file names a Safe that exists and the owners of a new one. */
  "brand.safe-twice": Nothing;
  /** The share of contribution votes and the quorum are together more than the contracts take. */
  "brand.share-and-quorum-over-half": {
    readonly shareBps: number;
    readonly quorumBps: number;
    readonly mostBps: number;
  };
  /** More than half of a quorum can be earned, for nothing. */
  "brand.share-over-half-quorum": { readonly shareBps: number; readonly quorumBps: number };
  /** The share of contribution votes is larger than the quorum: whoever awards badges could pass a proposal. */
  "brand.share-over-quorum": { readonly shareBps: number; readonly quorumBps: number };
  /** The slug in a brand file isn't the name of the file. */
  "brand.slug-not-file-name": { readonly slug: string; readonly file: string };
  /** A brand file gives a threshold for a Safe that has its own. */
  "brand.threshold-of-existing-safe": Nothing;
  /** To propose takes more votes than to pass. */
  "brand.threshold-over-floor": {
    readonly threshold: bigint;
    readonly floor: bigint;
    readonly symbol: string | undefined;
  };
  /** What has passed can be carried out in less than a day. */
  "brand.timelock-short": { readonly timelockDelay: number };
  /** More kinds of badges than fit into one launch. */
  "brand.too-many-kinds": { readonly count: number; readonly most: number };
  /** Voting takes less than a day. */
  "brand.voting-short": { readonly votingPeriod: number };
  /** The dispute window isn't shorter than a season. Both are seconds. */
  "brand.window-not-shorter": { readonly window: number; readonly season: number };
  /** A decision can take longer than the dispute window: too late to take a badge back. */
  "brand.window-under-decision": { readonly window: number; readonly decision: number };
  /** The community would take over too early or too late. */
  "handover.community-out-of-range": {
    readonly community: number;
    readonly earliest: number;
    readonly latest: number;
  };
  /** The Safe's veto outlives its other powers. Moments are seconds after the launch, or timestamps. */
  "handover.veto-after-community": {
    readonly veto: { readonly after: number } | { readonly at: number };
    readonly community: { readonly after: number } | { readonly at: number };
  };
  /** The veto would end too early or too late. */
  "handover.veto-out-of-range": { readonly veto: number; readonly earliest: number; readonly latest: number };
  /** A key belongs into another section; "" is the top level. */
  "key.elsewhere": { readonly key: string; readonly sections: readonly string[] };
  /** A key is what a comma left of an amount: inside { } a comma ends a value. */
  "key.of-comma": { readonly key: string };
  /** There is no such key here. */
  "key.unknown": { readonly key: string; readonly known: readonly string[] };
  /** An account is named twice. */
  "list.account-twice": { readonly account: string };
  /** A text isn't a link that pages and wallets can follow. */
  "text.not-link": { readonly text: string };
  /** A text has only spaces. */
  "text.only-spaces": { readonly field: string; readonly example: string };
  /** A text has more bytes than fit. */
  "text.too-long": { readonly text: string; readonly bytes: number; readonly most: number };
  /** A text has a line break or another character that can't be seen. */
  "text.unseen-characters": { readonly text: string };
  /** The lowest title takes points, so that members with less would have none. */
  "titles.first-not-zero": { readonly name: string | undefined; readonly points: number };
  /** Two titles have the same name, or names that people can't tell apart. */
  "titles.name-twice": { readonly name: string };
  /** A title takes no more points than the one before it. */
  "titles.not-rising": {
    readonly name: string | undefined;
    readonly points: number;
    readonly before: number;
  };
  /** A title is written without its points. */
  "titles.points-missing": Nothing;
  /** The ladder of titles is the same already. */
  "titles.same-already": { readonly count: number };
  /** A ladder has more titles than the contract keeps. */
  "titles.too-many": { readonly count: number; readonly most: number };
  /** A field that has no default is missing. */
  "value.missing": { readonly field: string; readonly example: string };
  /** A text isn't a date. */
  "value.not-date": { readonly text: string };
  /** Where a list belongs, there is something else; `text` where that is a text. */
  "value.not-list": { readonly text: string | undefined };
  /** Where a section with keys belongs, there is something else; `text` where that is a text. */
  "value.not-section": { readonly text: string | undefined; readonly keys: readonly string[] };
  /** Where one value belongs, there is a list or a section. */
  "value.not-single": { readonly field: string; readonly kind: "list" | "section"; readonly example: string };
  /** A value is outside of its field's bounds, which are as they are written in a file. */
  "value.out-of-bounds": {
    readonly field: string;
    readonly text: string;
    readonly least: string | undefined;
    readonly most: string | undefined;
    readonly example: string;
  };
  /** A text doesn't have its field's form, which `form` says in English. */
  "value.wrong-form": {
    readonly field: string;
    readonly text: string;
    readonly form: string;
    readonly example: string;
  };
  /** An amount is zero where it can't be. */
  "value.zero": { readonly field: string; readonly text: string; readonly example: string };
}
