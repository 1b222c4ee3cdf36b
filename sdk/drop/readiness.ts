import { getBytes } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { endOfDay, readKinds } from "../badges/kinds/kinds.js";
import { simulate } from "../calls/simulate.js";
import type { Problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf, signerOf } from "../signed/domain.js";
import { checkSignature } from "../signed/wallets.js";
import { formatMoment, formatTime } from "../time.js";
import { formatAmount } from "../units.js";
import type { Campaign } from "./campaigns.js";
import { findCampaign } from "./campaigns.js";
import { campaignName } from "./campaign.js";
import type { Claim } from "./claims.js";
import { claimCall, claimHash, leafOfClaim } from "./claims.js";
import type { Leaf } from "./leaf.js";
import { hashLeaf } from "./leaf.js";
import type { Claimable } from "./link.js";
import { claimableProblems } from "./preflight.js";
import { rootOf } from "./tree.js";

/** Who sends what isn't sent yet: nobody in particular. */
export const ANYBODY = "0x00000000000000000000000000000000000000ff";

/** What the badge contract lets through at present. */
export interface BadgeRules {
  readonly halted: boolean;
  /** The issuer role at present. */
  readonly issuerRole: bigint;
  readonly kinds: readonly BadgeKind[];
}

/** What a claim is worth at this moment. */
export type ClaimCheck =
  { readonly status: "valid" | "claimed before" } | { readonly status: "refused"; readonly problem: Problem };

/** What something claimable is worth, whoever claims it. */
export type ClaimableCheck =
  | { readonly status: "valid" | "claimed before"; readonly campaign: Campaign }
  | {
      readonly status: "refused";
      readonly problem: Problem;
      /** Undefined where it isn't on this DAO's chain. */
      readonly campaign: Campaign | undefined;
    };

/** Reads what the badge contract lets through. */
export async function readRules(live: LiveDao): Promise<BadgeRules> {
  const { badge } = live.contracts;
  const [halted, issuerRole, kinds] = await Promise.all([
    badge.halted(),
    badge.issuerRole(),
    readKinds(live),
  ]);
  return { halted, issuerRole, kinds };
}

/**
 * What keeps a leaf from being claimed, whoever claims it: nothing is known of a signature here. Without a leaf: what keeps
 * all of a campaign's leaves.
 *
 * @returns The first thing that stands in the way; undefined where nothing does.
 */
export function campaignProblem(
  live: Pick<LiveDao, "now" | "symbol">,
  rules: BadgeRules,
  campaign: Campaign,
  leaf?: Pick<Leaf, "amount" | "kind">,
): Problem | undefined {
  const { now, symbol } = live;
  const name = campaignName(campaign.id);
  const place = `campaign ${name}`;
  if (campaign.stopped) {
    return { place, message: "It was stopped", remedy: "Nothing can be claimed any more." };
  }
  if (now >= campaign.deadline) {
    return {
      place,
      message: `It ended at ${formatTime(campaign.deadline)}`,
      remedy: "Nothing can be claimed any more.",
    };
  }
  if (rules.halted) {
    return {
      place: "claims",
      message: "They are halted: one of the Safe's owners has stopped all of them",
      remedy: "Try again once a steward has resumed them.",
    };
  }
  if (leaf === undefined) return undefined;
  if (leaf.amount > campaign.tokens) {
    return {
      place,
      message: `It has only ${formatAmount(campaign.tokens, symbol)} left, and this claim is of ${formatAmount(leaf.amount, symbol)}`,
      remedy: "Try again once it was given more: npx hardhat drop create makes up what is missing.",
    };
  }
  if (leaf.kind === 0) return undefined;
  // Its tokens come all the same.
  if (campaign.issuerRole !== rules.issuerRole) return leaf.amount === 0n ? rotated(place) : undefined;
  const kind = rules.kinds.find(({ number }) => number === leaf.kind);
  if (kind === undefined) {
    return {
      place,
      message: `There is no kind ${leaf.kind} of badges`,
      remedy: "Ask whoever made the campaign.",
    };
  }
  return claimableProblems(kind)[0] ?? limitProblem(kind, now);
}

/**
 * That something claimable is of another chain or another DAO.
 *
 * @param place Where it is from, for messages.
 */
export function foreignProblem(
  live: LiveDao,
  place: string,
  { chainId, drop }: Pick<Claimable, "chainId" | "drop">,
): Problem | undefined {
  if (chainId !== live.chainId) {
    const message = `It is for chain ${chainId}, and this is chain ${live.chainId}`;
    return { place, message, remedy: "Choose its network with --network." };
  }
  if (drop === live.record.contracts.drop) return undefined;
  const message = `It is for the drop ${drop}, and not this DAO's`;
  return { place, message, remedy: "Choose its DAO with --dao." };
}

/**
 * Checks what a link or a folder holds: that it is this DAO's and one of the campaign's claims, and that it can be claimed
 * now. Nothing is known of who claims it.
 *
 * @param place Where it is from, for messages.
 */
export async function checkClaimable(
  live: LiveDao,
  rules: BadgeRules,
  claimable: Omit<Claimable, "key">,
  place: string,
): Promise<ClaimableCheck> {
  const { chainId, drop, campaign: id, leaf, proof } = claimable;
  const foreign = foreignProblem(live, place, claimable);
  if (foreign !== undefined) return { status: "refused", problem: foreign, campaign: undefined };
  const campaign = await findCampaign(live, id);
  if (campaign === undefined) {
    const message = `There is no campaign "${campaignName(id)}" on the chain`;
    const problem = { place, message, remedy: "Try again once it was opened." };
    return { status: "refused", problem, campaign };
  }
  const nodes = proof.map((node) => getBytes(node));
  const node = getBytes(hashLeaf({ chainId, drop, campaign: id }, leaf));
  if (rootOf(node, nodes) !== campaign.root) {
    const message = "It isn't one of the campaign's claims, or was changed";
    const problem = { place, message, remedy: "Use the link as it was sent." };
    return { status: "refused", problem, campaign };
  }
  if (await live.contracts.drop.isClaimed(id, leaf.index)) return { status: "claimed before", campaign };
  const problem = campaignProblem(live, rules, campaign, leaf);
  return problem === undefined ? { status: "valid", campaign } : { status: "refused", problem, campaign };
}

/**
 * Checks a claim as the contracts would, and that it is this DAO's. It is the one check of the action, of its dry run and
 * of what is relayed.
 *
 * @param place Where it is from, for messages.
 * @param sender Who would send it.
 */
export async function checkClaim(
  live: LiveDao,
  rules: BadgeRules,
  claim: Claim,
  place: string,
  sender: string,
): Promise<ClaimCheck> {
  const { drop, campaign: id, account, referrer, proof } = claim;
  const claimable = { chainId: BigInt(claim.chainId), drop, campaign: id, leaf: leafOfClaim(claim), proof };
  const checked = await checkClaimable(live, rules, claimable, place);
  if (checked.status === "claimed before") return { status: "claimed before" };
  if (checked.status === "refused") return { status: "refused", problem: { ...checked.problem, place } };
  const { campaign } = checked;
  const problem =
    (await referralProblem(live, rules, campaign, account, referrer)) ??
    (await signatureProblem(live, claim, campaign.referralKind !== 0, sender));
  if (problem !== undefined) return { status: "refused", problem: { ...problem, place } };
  // What none of these has found: the contract has the last word.
  const outcome = await simulate(claimCall(live, claim), sender, live.provider);
  if (outcome.ok) return { status: "valid" };
  const message = `It would fail: ${outcome.reason}`;
  const remedy = `Nothing was sent. See how the campaign stands with \`npx hardhat drop status ${campaignName(id)}\`, and whether awards are halted with \`npx hardhat dao status\`.`;
  return { status: "refused", problem: { place, message, remedy } };
}

/** Whether the claimant itself has to sign, unless it is the one who sends the claim. */
export function needsSignature(leaf: Pick<Leaf, "byKey">, campaign: Pick<Campaign, "referralKind">): boolean {
  return leaf.byKey || campaign.referralKind !== 0;
}

async function referralProblem(
  live: LiveDao,
  rules: BadgeRules,
  campaign: Campaign,
  account: string,
  referrer: string | null,
): Promise<Problem | undefined> {
  if (referrer === null) return undefined;
  const { badge } = live.contracts;
  const leaveOut = "Leave the referrer out.";
  if (campaign.referralKind === 0) {
    return {
      message: "This campaign rewards nobody for bringing others, so nobody can be named",
      remedy: leaveOut,
    };
  }
  if (referrer === account) return { message: "Nobody can have brought itself", remedy: leaveOut };
  const [member, newcomer, before] = await Promise.all([
    badge.memberOf(referrer),
    badge.memberOf(account),
    badge.referrerOf(account),
  ]);
  // A season is kept also of somebody who has no badge any more.
  if (newcomer.badges !== 0n || newcomer.season !== 0n) {
    return {
      message: `${account} has or had a badge already, and so wasn't brought by anybody now`,
      remedy: leaveOut,
    };
  }
  if (BigInt(before) !== 0n) {
    return { message: `${account} was brought by ${before}, which is recorded for ever`, remedy: leaveOut };
  }
  if (member.badges === 0n) {
    return {
      message: `${referrer} has no badge, and so can't have brought anybody`,
      remedy: "Name a member, or nobody.",
    };
  }
  if (campaign.issuerRole !== rules.issuerRole) return rotated(undefined);
  const kind = rules.kinds.find(({ number }) => number === campaign.referralKind);
  // Its limits leave the member's badge out, and don't keep the newcomer from anything.
  const [problem] = kind === undefined || kind.closed ? [] : claimableProblems(kind);
  return problem === undefined ? undefined : { ...problem, remedy: leaveOut };
}

async function signatureProblem(
  live: LiveDao,
  claim: Claim,
  namesReferrer: boolean,
  sender: string,
): Promise<Problem | undefined> {
  const { leaf, account, signature } = claim;
  const again = "Ask for a new one: npx hardhat drop claim <link> --out <file>.";
  if (!leaf.byKey) {
    if (account !== leaf.claimant) {
      return { message: `It belongs to ${leaf.claimant}, and ${account} can't have it`, remedy: again };
    }
    if (!namesReferrer || sender === account) return undefined;
    const hash = claimHash(await domainOf(live, "drop"), claim);
    if ((await checkSignature(live.provider, account, hash, signature)).valid) return undefined;
    return {
      message: `It isn't signed by ${account}: as a referrer can be named, it has to sign or to claim itself`,
      remedy: again,
    };
  }
  const hash = claimHash(await domainOf(live, "drop"), claim);
  if (signerOf(hash, signature) === leaf.claimant) return undefined;
  return { message: "It isn't signed with its claim key, or was changed after that", remedy: again };
}

function limitProblem({ number, name, supply, today, points }: BadgeKind, now: number): Problem | undefined {
  const place = `kind ${number} "${name}"`;
  if (supply?.left === 0) {
    return {
      place,
      message: `All ${supply.limit.toLocaleString("en")} badges of it are awarded`,
      remedy: "Nothing more can be claimed with it.",
    };
  }
  if (today !== null && today.left < points) {
    return {
      place,
      message: `All that can be awarded of it in a day has been: ${today.limit.toLocaleString("en")} points`,
      remedy: `Try again from ${formatMoment(endOfDay(now), now)} on.`,
    };
  }
  return undefined;
}

function rotated(place: string | undefined): Problem {
  return {
    ...(place === undefined ? {} : { place }),
    message: "The DAO's issuers were replaced since it was opened: it gives no badges any more",
    remedy: "Ask whoever made the campaign for another one.",
  };
}
