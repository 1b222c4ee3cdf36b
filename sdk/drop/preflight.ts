import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readPointsLeft } from "../badges/reads.js";
import { roleName, askHolders, holdersOf } from "../badges/powers.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";
import { formatAmount, formatDuration } from "../units.js";

/** What a campaign is going to give. */
export interface Gifts {
  /** All tokens together, in the smallest unit. */
  readonly tokens: bigint;
  /** Badges of each kind, by its number. */
  readonly kinds: ReadonlyMap<number, number>;
}

/**
 * That a campaign can be opened and its claims carried out: its kinds can be claimed, whoever acts may open it and has the
 * tokens that are missing.
 *
 * @param terms What members earn who bring newcomers; 0 for nothing.
 * @param missing Tokens that it still has to be given, in the smallest unit.
 * @param opens Whether it still has to be opened.
 * @returns Warnings: limits that let only some of the claims through.
 * @throws KyosoError with everything that stands in the way.
 */
export async function checkCampaign(
  live: LiveDao,
  kinds: readonly BadgeKind[],
  gifts: Gifts,
  {
    referralKind,
    actor,
    missing,
    opens,
  }: { referralKind: number; actor: string; missing: bigint; opens: boolean },
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const kind of kinds) {
    const badges = gifts.kinds.get(kind.number) ?? 0;
    if (badges > 0) {
      problems.push(...claimableProblems(kind));
      warnings.push(...limitWarnings(kind, badges));
    }
    if (kind.number === referralKind) problems.push(...referralProblems(kind));
  }
  warnings.push(...(await voteWarnings(live, kinds, gifts)));
  warnings.push(...(await seasonWarnings(live, kinds, gifts)));
  if (referralKind !== 0) warnings.push(...(await referralWarnings(live)));
  if (await live.contracts.badge.halted()) {
    warnings.push(
      problem("awards.halted", {
        data: {},
        place: "claims",
        message: "They are halted: nothing can be claimed until a steward resumes them",
        remedy: "Find out why before links are sent.",
      }),
    );
  }
  if (opens) problems.push(...(await problemsOf(requireSteward(live, actor, "open"))));
  const balance = await live.contracts.token.balanceOf(actor);
  if (balance < missing) {
    problems.push(
      problem("account.too-few-tokens", {
        data: { account: actor, balance, needed: missing, symbol: live.symbol },
        place: `account ${live.book.show(actor)}`,
        message: `It has ${formatAmount(balance, live.symbol)}, and the campaign needs ${formatAmount(missing, live.symbol)}`,
        remedy:
          actor === live.record.contracts.timelock
            ? "Give less, or send the treasury what is missing first: a proposal can't pay what isn't there."
            : "Send it what is missing, or have the treasury fund the campaign with --via proposal.",
      }),
    );
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return warnings;
}

/**
 * Refuses an account that may not call a function of the drop.
 *
 * @throws KyosoError naming the role that is missing, and who has it.
 */
export async function requireSteward(live: LiveDao, account: string, name: "open" | "stop"): Promise<void> {
  const { isMember } = await live.contracts.manager.hasRole(ROLES.STEWARD, account);
  if (isMember) return;
  const holders = await holdersOf(live, ROLES.STEWARD);
  throw KyosoError.of("role.may-not-call", {
    data: { account, role: ROLES.STEWARD, contract: "drop", function: name, holders },
    place: `account ${live.book.show(account)}`,
    message: `It may not call drop.${name}: it lacks the role ${roleName(ROLES.STEWARD)}`,
    remedy: askHolders(live, holders),
  });
}

/** What keeps badges of a kind from being claimed at all. */
export function claimableProblems({ number, name, closed, issuerRole }: BadgeKind): Problem[] {
  const place = `kind ${number} "${name}"`;
  if (closed)
    return [
      problem("kind.closed", {
        data: { kind: number, name, count: undefined },
        place,
        message: "It is closed",
        remedy: "Use another kind.",
      }),
    ];
  if (issuerRole === ROLES.ISSUER) return [];
  return [
    problem("kind.not-claimable", {
      data: { kind: number, name, role: issuerRole },
      place,
      message: `Its badges are awarded by the members of role no. ${issuerRole}, and can't be claimed`,
      remedy: "Use a kind that the DAO's issuers award.",
    }),
  ];
}

function referralProblems(kind: BadgeKind): Problem[] {
  const problems = claimableProblems(kind);
  if (kind.votes !== 0n) {
    problems.push(
      problem("kind.carries-votes", {
        data: { kind: kind.number, name: kind.name },
        place: `kind ${kind.number} "${kind.name}"`,
        message: "It carries votes, and those can't be earned by bringing newcomers",
        remedy: "Choose a kind without votes with --referral.",
      }),
    );
  }
  return problems;
}

function limitWarnings({ number, name, supply, today, points }: BadgeKind, badges: number): Problem[] {
  const place = `kind ${number} "${name}"`;
  const warnings: Problem[] = [];
  if (supply !== null && supply.left < badges) {
    warnings.push(
      problem("campaign.supply-short", {
        data: { kind: number, name, left: supply.left, count: badges },
        place,
        message: `Only ${count(supply.left)} of it are left, and the campaign has ${count(badges)}`,
        remedy: "Whoever comes later can't claim, not even the tokens of the same line. Use another kind.",
      }),
    );
  }
  if (today !== null && today.limit < points * badges) {
    const most = points === 0 ? badges : Math.floor(today.limit / points);
    warnings.push(
      problem("campaign.day-short", {
        data: { kind: number, name, most, count: badges },
        place,
        message: `At most ${count(most)} of it can be claimed a day, and the campaign has ${count(badges)}`,
        remedy: `Claims of all of them take at least ${Math.ceil(badges / Math.max(1, most)).toLocaleString("en")} days: choose the deadline and send the links accordingly.`,
      }),
    );
  }
  return warnings;
}

/** Badges that are claimed while the bucket is empty come without their votes. */
async function voteWarnings(live: LiveDao, kinds: readonly BadgeKind[], gifts: Gifts): Promise<Problem[]> {
  const votes = kinds.reduce(
    (sum, { number, votes: each }) => sum + each * BigInt(gifts.kinds.get(number) ?? 0),
    0n,
  );
  if (votes === 0n) return [];
  const { available, limit } = await live.contracts.token.contributionLimit();
  if (votes <= available) return [];
  const [window, { symbol }] = [Number(limit.window), live];
  return [
    problem("campaign.votes-short", {
      data: { votes, available, limit: limit.amount, window, symbol },
      place: "votes",
      message: `${formatAmount(votes, symbol)} come with its badges, and the limits of earned votes let ${formatAmount(available, symbol)} through at present`,
      remedy: `Whoever claims once they are used up gets the badge without its votes, and anybody can give them later: npx hardhat badge grant-votes. A bucket of ${formatAmount(limit.amount, symbol)} fills up in ${formatDuration(window)}: send the links in parts, or have a proposal raise the limits (token.setContributionLimit).`,
    }),
  ];
}

/** What is awarded elsewhere counts towards the same limit. */
async function seasonWarnings(live: LiveDao, kinds: readonly BadgeKind[], gifts: Gifts): Promise<Problem[]> {
  const points = kinds.reduce((sum, kind) => sum + kind.points * (gifts.kinds.get(kind.number) ?? 0), 0);
  const { limit, left, season } = await readPointsLeft(live);
  if (points <= left) return [];
  const shown = (value: number) => value.toLocaleString("en");
  return [
    problem("campaign.season-short", {
      data: { season: season.number, left, limit, points },
      place: `season ${season.number}`,
      message: `Its badges are ${shown(points)} points, and ${shown(left)} of ${shown(limit)} can still be awarded in it`,
      remedy:
        "Whoever comes later can't claim before the next season, not even the tokens of the same line. A proposal can allow more (badge.setLimits).",
    }),
  ];
}

async function referralWarnings(live: LiveDao): Promise<Problem[]> {
  const { limit } = await live.contracts.badge.referralsOf(live.safe);
  if (limit !== 0n) return [];
  return [
    problem("referral.limit-zero", {
      data: {},
      place: "--referral",
      message: "Members earn nothing for whom they bring: the DAO's limit of referrals a season is 0",
      remedy: "A proposal can raise it (badge.setLimits).",
    }),
  ];
}

async function problemsOf(check: Promise<void>): Promise<readonly Problem[]> {
  try {
    await check;
    return [];
  } catch (error) {
    if (error instanceof KyosoError) return error.problems;
    throw error;
  }
}

function count(badges: number): string {
  return `${badges.toLocaleString("en")} badge${badges === 1 ? "" : "s"}`;
}
