import type { Nothing } from "../nothing.js";

/** Problems of campaigns, of their tables and folders, of claims and links. */
export interface DropProblems {
  /** Proofs of lines for accounts are published that can be guessed, as nothing secret is in them. */
  "campaign.accounts-guessable": { readonly count: number };
  /** A campaign has more badges of a kind than can be claimed in a day. */
  "campaign.day-short": {
    readonly kind: number;
    readonly name: string;
    readonly most: number;
    readonly count: number;
  };
  /** A campaign has no deadline. */
  "campaign.deadline-missing": Nothing;
  /** A campaign was made to end at a moment that is over, and was never opened. */
  "campaign.deadline-over": { readonly folder: string; readonly deadline: number };
  /** A campaign's deadline is over. */
  "campaign.ended": { readonly campaign: string; readonly deadline: number };
  /** A campaign's folder was changed or is broken. */
  "campaign.folder-damaged": { readonly file: string };
  /** A campaign is on the chain, and its folder isn't on this computer. */
  "campaign.folder-elsewhere": { readonly campaign: string; readonly folder: string };
  /** There is no campaign's folder. */
  "campaign.folder-missing": { readonly folder: string };
  /** The DAO's issuers were replaced since a campaign was opened: it gives no badges any more. */
  "campaign.issuers-replaced": Nothing;
  /** The links of a campaign's customers aren't on this computer, or aren't whole or in their order. */
  "campaign.links-missing": { readonly file: string };
  /** A campaign's links were made with something else than is asked for now, which `differs` names. */
  "campaign.made-otherwise": {
    readonly folder: string;
    readonly differs: "file" | "link" | "dao" | "deadline" | "referral" | "long";
  };
  /** A text can't be a campaign's name; what may be a part of a link is left out of it. */
  "campaign.name": { readonly text: string };
  /** Another campaign on the chain has this name. */
  "campaign.name-taken": { readonly campaign: string };
  /** The codes of a campaign's short links would begin as another's do. */
  "campaign.same-beginning": { readonly campaign: string; readonly other: string };
  /** There is no such campaign on the chain yet. */
  "campaign.not-opened": { readonly campaign: string };
  /** Nothing is left in a campaign. */
  "campaign.nothing-left": { readonly campaign: string };
  /** A campaign runs until its deadline. */
  "campaign.runs": { readonly campaign: string; readonly deadline: number };
  /** A campaign's badges are more points than can still be awarded in the running season. */
  "campaign.season-short": {
    readonly season: number;
    readonly left: number;
    readonly limit: number;
    readonly points: number;
  };
  /** A campaign was stopped. */
  "campaign.stopped": { readonly campaign: string };
  /** Fewer badges of a kind are left than a campaign has. */
  "campaign.supply-short": {
    readonly kind: number;
    readonly name: string;
    readonly left: number;
    readonly count: number;
  };
  /** A campaign has less left than a claim is of. */
  "campaign.tokens-short": {
    readonly campaign: string;
    readonly left: bigint;
    readonly amount: bigint;
    readonly symbol: string;
  };
  /** There is no such campaign on the chain. */
  "campaign.unknown": { readonly campaign: string; readonly known: readonly string[] };
  /** A campaign gives more votes than the limits let through at present; a bucket of `limit` fills up in `window` seconds. */
  "campaign.votes-short": {
    readonly votes: bigint;
    readonly available: bigint;
    readonly limit: bigint;
    readonly window: number;
    readonly symbol: string;
  };
  /** A claim isn't signed by its account, which has to sign or claim itself, as a referrer can be named. */
  "claim.has-to-sign": { readonly account: string };
  /** A claim is of a kind of badges that there isn't. */
  "claim.kind-unknown": { readonly campaign: string; readonly kind: number };
  /** A claim isn't one of the campaign's, or was changed. */
  "claim.not-of-campaign": { readonly campaign: string };
  /** A claim isn't signed with its key, or was changed after that. */
  "claim.not-signed": Nothing;
  /** A claim belongs to another account. */
  "claim.of-other": { readonly claimant: string; readonly account: string };
  /** A text is neither a claim link nor an address; `beginning` is as much of it as is no secret. */
  "claim.unreadable": { readonly beginning: string };
  /** The link of a claim for `account` was used by another account. */
  "claim.used-by-other": {
    readonly campaign: string;
    readonly index: number;
    readonly account: string;
    readonly by: string;
  };
  /** The chain would refuse a claim. */
  "claim.would-fail": { readonly campaign: string; readonly reason: string };
  /** A text in the column of accounts is an e-mail address. */
  "drop.account-is-mailbox": { readonly text: string };
  /** A line gives more than there can ever be. */
  "drop.amount-over-cap": { readonly text: string; readonly cap: bigint; readonly symbol: string };
  /** A line has evidence, and no badge that it could be for. */
  "drop.evidence-without-badge": { readonly evidence: string };
  /** A line doesn't say for whom it is. */
  "drop.line-for-nobody": Nothing;
  /** A line gives neither tokens nor a badge. */
  "drop.line-gives-nothing": Nothing;
  /** A customer is in an earlier line already. */
  "drop.line-twice": { readonly text: string; readonly line: number };
  /** A text in the column of e-mail addresses isn't one. */
  "drop.not-mailbox": { readonly text: string };
  /** How a customer is known is probably a mistake of a spreadsheet. */
  "drop.reference-mistake": {
    readonly text: string;
    readonly reason: "spreadsheet-error" | "exponent" | "date";
  };
  /** Two e-mail addresses probably lead to one inbox. */
  "drop.same-inbox": { readonly text: string; readonly line: number };
  /** All lines together give more than there can ever be. */
  "drop.total-over-cap": { readonly total: bigint; readonly cap: bigint; readonly symbol: string };
  /** A link was cut off or changed. */
  "link.damaged": Nothing;
  /** A claim link has characters that none has. */
  "link.foreign-characters": Nothing;
  /** A link is in the command itself, where others can see it. */
  "link.in-command": Nothing;
  /** A claim link isn't made as claim links are. */
  "link.malformed": Nothing;
  /** A short link is of no campaign of this DAO that is on the chain. */
  "link.no-campaign": Nothing;
  /** A claim link has nothing after its "#". */
  "link.no-payload": Nothing;
  /** A command that takes a link was given none. */
  "link.not-given": Nothing;
  /** A claim link's key isn't that of what it claims. */
  "link.other-key": Nothing;
  /** A text can't be the address of the page that links lead to. */
  "link.page": { readonly text: string };
  /** A claim link and its line in the published proofs don't fit: one of them is another's, or was changed. */
  "link.other-line": { readonly index: number };
  /** There are several different links in what was pasted. */
  "link.several": { readonly count: number };
  /** A claim link is of another version. */
  "link.version": { readonly version: number };
  /** Where proofs are published isn't a folder, nor an address with https. */
  "proofs.address": Nothing;
  /** A file of published proofs was cut off, is too long, or isn't made as those are. */
  "proofs.damaged": { readonly file: string };
  /** A file of published proofs isn't where it has to be. */
  "proofs.missing": { readonly file: string };
  /** A short link is given, and not where the campaign's proofs are. */
  "proofs.not-given": Nothing;
  /** A file of published proofs leads to another root than the campaign has: it is another's, or was changed. */
  "proofs.not-of-campaign": { readonly file: string; readonly campaign: string };
  /** Published proofs are of another campaign than a link. */
  "proofs.other-campaign": { readonly file: string; readonly campaign: string };
  /** Where proofs are published leads to another site. */
  "proofs.redirected": { readonly file: string; readonly to: string };
  /** Published proofs are there and can't be read: `reason` is the system's, such as EACCES. */
  "proofs.unreadable": { readonly file: string; readonly reason: string };
  /** Published proofs can't be fetched. */
  "proofs.unreachable": { readonly file: string; readonly reason: string };
  /** QR codes are to be written in another way than there is. */
  "qr.how": { readonly text: string };
  /** There are too many QR codes for one file. */
  "qr.too-many": { readonly count: number; readonly most: number };
  /** A campaign is to be stopped without a reason. */
  "stop.reason-missing": Nothing;
}
