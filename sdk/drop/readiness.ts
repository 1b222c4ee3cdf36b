import { getBytes } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { endOfDay, readKinds } from "../badges/kinds/kinds.js";
import { readPointsLeft } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import { simulate } from "../calls/simulate.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { foreignTo } from "../signed/foreign.js";
import { formatMoment, formatTime } from "../time.js";
import { formatAmount } from "../units.js";
import type { Campaign } from "./campaigns.js";
import { findCampaign } from "./campaigns.js";
import { campaignName } from "./campaign.js";
import type { Claim } from "./claims.js";
import type { BadgeRules } from "./claimProblems.js";
import { referralProblem, rotated, signatureProblem } from "./claimProblems.js";
import { claimCall, leafOfClaim } from "./claims.js";
import type { Leaf } from "./leaf.js";
import { hashLeaf } from "./leaf.js";
import type { Claimable } from "./link.js";
import { claimableProblems } from "./preflight.js";
import { rootOf } from "./tree.js";

export type { BadgeRules } from "./claimProblems.js";

/** Who sends what isn't sent yet: nobody in particular. */
export const ANYBODY = "0x00000000000000000000000000000000000000ff";

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

/** What the chain says of a leaf, where it was asked of many at once. */
export interface Seen {
  readonly campaign: Campaign | undefined;
  readonly claimed: boolean;
}

/** Options of {@link checkClaim}. */
export interface ClaimCheckOptions {
  /** Whether it was signed before, by somebody who can't leave the referrer out any more. */
  readonly relayed?: boolean;
  readonly seen?: Seen;
  /** Whether it is tried too: what nothing of what is known keeps from being claimed, the contract has the last word on. */
  readonly trial?: boolean;
}

/** Asks for each of many claims what the chain says of its leaf, in few requests, as of the block that the DAO was opened at. */
export async function seeLeaves(
  live: LiveDao,
  claims: readonly Pick<Claim, "campaign" | "leaf">[],
): Promise<Seen[]> {
  const ids = [...new Set(claims.map(({ campaign }) => campaign))];
  const found = await Promise.all(ids.map((id) => findCampaign(live, id)));
  const campaigns = new Map(ids.map((id, i) => [id, found[i]]));
  const claimed = await live.readMany<boolean>(
    claims.map(({ campaign, leaf }) => ({
      address: live.record.contracts.drop,
      interface: INTERFACES.drop,
      name: "isClaimed",
      args: [campaign, leaf.index],
    })),
  );
  return claims.map(({ campaign }, i) => ({
    campaign: campaigns.get(campaign),
    claimed: claimed[i] === true,
  }));
}

/** Reads what the badge contract lets through. */
export async function readRules(live: LiveDao): Promise<BadgeRules> {
  const { badge } = live.contracts;
  const [halted, issuerRole, kinds, points] = await Promise.all([
    badge.halted(),
    badge.issuerRole(),
    readKinds(live),
    readPointsLeft(live),
  ]);
  return { halted, issuerRole, kinds, points };
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
    return problem("campaign.stopped", {
      data: { campaign: name },
      place,
      message: "It was stopped",
      remedy: "Nothing can be claimed any more.",
    });
  }
  if (now >= campaign.deadline) {
    return problem("campaign.ended", {
      data: { campaign: name, deadline: campaign.deadline },
      place,
      message: `It ended at ${formatTime(campaign.deadline)}`,
      remedy: "Nothing can be claimed any more.",
    });
  }
  if (rules.halted) {
    return problem("awards.halted", {
      data: {},
      place: "claims",
      message: "They are halted: one of the Safe's owners has stopped all of them",
      remedy: "Try again once a steward has resumed them.",
    });
  }
  if (leaf === undefined) return undefined;
  if (leaf.amount > campaign.tokens) {
    return problem("campaign.tokens-short", {
      data: { campaign: name, left: campaign.tokens, amount: leaf.amount, symbol },
      place,
      message: `It has only ${formatAmount(campaign.tokens, symbol)} left, and this claim is of ${formatAmount(leaf.amount, symbol)}`,
      remedy: "Try again once it was given more: npx hardhat drop create makes up what is missing.",
    });
  }
  if (leaf.kind === 0) return undefined;
  // Its tokens come all the same.
  if (campaign.issuerRole !== rules.issuerRole) return leaf.amount === 0n ? rotated(place) : undefined;
  const kind = rules.kinds.find(({ number }) => number === leaf.kind);
  if (kind === undefined) {
    return problem("claim.kind-unknown", {
      data: { campaign: name, kind: leaf.kind },
      place,
      message: `There is no kind ${leaf.kind} of badges`,
      remedy: "Ask whoever made the campaign.",
    });
  }
  const { deadline } = campaign;
  return (
    claimableProblems(kind)[0] ??
    limitProblem(kind, now, deadline) ??
    seasonProblem(kind, rules.points, now, deadline)
  );
}

/** When to try again; nobody waits for a moment that comes after the campaign. */
function again(from: number, now: number, deadline: number): string {
  return from < deadline
    ? `Try again from ${formatMoment(from, now)} on`
    : `The campaign ends before that changes, ${formatMoment(deadline, now)}`;
}

function seasonProblem(
  { points }: BadgeKind,
  { limit, left, season }: BadgeRules["points"],
  now: number,
  deadline: number,
): Problem | undefined {
  if (points <= left) return undefined;
  return problem("season.points-exhausted", {
    data: { season: season.number, left, limit, points, from: season.end },
    place: `season ${season.number}`,
    message: `Of the ${limit.toLocaleString("en")} points that can be awarded in it, ${left.toLocaleString("en")} are left, less than those of the badge`,
    remedy: `${again(season.end, now, deadline)}; a proposal can allow more before.`,
  });
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
  return foreignTo(live, place, {
    chainId: chainId.toString(),
    contract: "drop",
    address: drop,
    dao: undefined,
  });
}

/** That a campaign isn't on the chain. */
export function notOpened(id: string, place: string): Problem {
  return problem("campaign.not-opened", {
    data: { campaign: campaignName(id) },
    place,
    message: `There is no campaign "${campaignName(id)}" on the chain`,
    remedy: "Try again once it was opened.",
  });
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
  seen?: Seen,
): Promise<ClaimableCheck> {
  const { chainId, drop, campaign: id, leaf, proof } = claimable;
  const foreign = foreignProblem(live, place, claimable);
  if (foreign !== undefined) return { status: "refused", problem: foreign, campaign: undefined };
  const campaign = seen === undefined ? await findCampaign(live, id) : seen.campaign;
  if (campaign === undefined) {
    return { status: "refused", problem: notOpened(id, place), campaign };
  }
  const nodes = proof.map((node) => getBytes(node));
  const node = getBytes(hashLeaf({ chainId, drop, campaign: id }, leaf));
  if (rootOf(node, nodes) !== campaign.root) {
    const foreignLeaf = problem("claim.not-of-campaign", {
      data: { campaign: campaignName(id) },
      place,
      message: "It isn't one of the campaign's claims, or was changed",
      remedy: "Use the link as it was sent.",
    });
    return { status: "refused", problem: foreignLeaf, campaign };
  }
  if (seen?.claimed ?? (await live.contracts.drop.isClaimed(id, leaf.index)))
    return { status: "claimed before", campaign };
  const found = campaignProblem(live, rules, campaign, leaf);
  return found === undefined
    ? { status: "valid", campaign }
    : { status: "refused", problem: found, campaign };
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
  { relayed = false, seen, trial = true }: ClaimCheckOptions = {},
): Promise<ClaimCheck> {
  const { drop, campaign: id, proof } = claim;
  const claimable = { chainId: BigInt(claim.chainId), drop, campaign: id, leaf: leafOfClaim(claim), proof };
  const checked = await checkClaimable(live, rules, claimable, place, seen);
  if (checked.status === "claimed before") return { status: "claimed before" };
  if (checked.status === "refused") return { status: "refused", problem: { ...checked.problem, place } };
  const { campaign } = checked;
  const found = await claimantProblem(live, rules, campaign, claim, sender, relayed);
  if (found !== undefined) return { status: "refused", problem: { ...found, place } };
  if (!trial) return { status: "valid" };
  // What none of these has found: the contract has the last word.
  const outcome = await simulate(claimCall(live, claim), sender, live.provider);
  if (outcome.ok) return { status: "valid" };
  const message = `It would fail: ${outcome.reason}`;
  const remedy = `Nothing was sent. See how the campaign stands with \`npx hardhat drop status ${campaignName(id)}\`, and whether awards are halted with \`npx hardhat dao status\`.`;
  return {
    status: "refused",
    problem: problem("claim.would-fail", {
      data: { campaign: campaignName(id), reason: outcome.reason },
      place,
      message,
      remedy,
    }),
  };
}

/** What of a claim isn't as its claimant may have it: for whom, who brought that one, and the signature. See {@link checkClaim}. */
export async function claimantProblem(
  live: LiveDao,
  rules: BadgeRules,
  campaign: Campaign,
  claim: Claim,
  sender: string,
  relayed = false,
): Promise<Problem | undefined> {
  const { account, referrer } = claim;
  return (
    (await referralProblem(live, rules, campaign, account, referrer, relayed)) ??
    (await signatureProblem(live, claim, campaign.referralKind !== 0, sender))
  );
}

/** Whether the claimant itself has to sign, unless it is the one who sends the claim. */
export function needsSignature(leaf: Pick<Leaf, "byKey">, campaign: Pick<Campaign, "referralKind">): boolean {
  return leaf.byKey || campaign.referralKind !== 0;
}

function limitProblem(
  { number, name, supply, today, points }: BadgeKind,
  now: number,
  deadline: number,
): Problem | undefined {
  const place = `kind ${number} "${name}"`;
  if (supply?.left === 0) {
    return problem("kind.all-awarded", {
      data: { kind: number, name, limit: supply.limit },
      place,
      message: `All ${supply.limit.toLocaleString("en")} badges of it are awarded`,
      remedy: "Nothing more can be claimed with it.",
    });
  }
  if (today !== null && today.left < points) {
    return problem("kind.day-exhausted", {
      data: { kind: number, name, limit: today.limit, from: endOfDay(now) },
      place,
      message: `All that can be awarded of it in a day has been: ${today.limit.toLocaleString("en")} points`,
      remedy: `${again(endOfDay(now), now, deadline)}.`,
    });
  }
  return undefined;
}
