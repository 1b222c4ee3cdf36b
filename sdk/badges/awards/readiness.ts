import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { formatMoment } from "../../time.js";
import { formatAmount } from "../../units.js";
import type { Contribution } from "./contribution.js";
import { linesOf } from "./contribution.js";
import type { BadgeKind } from "../kinds/kinds.js";
import { endOfDay } from "../kinds/kinds.js";
import { requireIssuer } from "../powers.js";
import { readPointsLeft } from "../reads.js";

/** Awards that are meant to be made, and what counts against the same limits. */
export interface IntendedAwards {
  /** Those to be made now. */
  readonly awards: readonly Contribution[];
  /** Those that others can still carry out: the files of the Safe. */
  readonly underWay: readonly Contribution[];
  /** Who makes them. */
  readonly actor: string;
}

/**
 * That awards can be made: they aren't halted, each kind is open, its limits let all of them through, and `actor` may award
 * it.
 *
 * @returns Warnings: votes that the token's bounds would withhold.
 * @throws KyosoError with everything that stands in the way.
 */
export async function checkAwards(
  live: LiveDao,
  kinds: readonly BadgeKind[],
  { awards, underWay, actor }: IntendedAwards,
): Promise<Problem[]> {
  if (awards.length === 0) return [];
  const problems: Problem[] = [];
  if (await live.contracts.badge.halted()) {
    problems.push(
      problem("awards.halted", {
        data: {},
        place: "awards",
        message: "They are halted: one of the Safe's owners has stopped all of them",
        remedy: "Find out why. A steward can resume them, or a proposal.",
      }),
    );
  }
  problems.push(...(await seasonProblems(live, kinds, awards)));
  let votes = 0n;
  const wanted = kinds.filter((kind) => awards.some(({ kind: number }) => number === kind.number));
  problems.push(...(await problemsOf(requireIssuer(live, actor, wanted))));
  for (const kind of wanted) {
    const now = awards.filter(({ kind: number }) => number === kind.number);
    const waiting = underWay.filter(({ kind: number }) => number === kind.number).length;
    votes += kind.votes * BigInt(now.length);
    problems.push(...limitProblems(live, kind, now, waiting));
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return votes === 0n ? [] : voteWarnings(live, votes);
}

/** That the running season has room for the points of all of them. */
async function seasonProblems(
  live: LiveDao,
  kinds: readonly BadgeKind[],
  awards: readonly Contribution[],
): Promise<Problem[]> {
  const { limit, left, season } = await readPointsLeft(live);
  const pointsOf = new Map(kinds.map(({ number, points }) => [number, points]));
  const points = awards.reduce((sum, { kind }) => sum + (pointsOf.get(kind) ?? 0), 0);
  if (points <= left) return [];
  const shown = (value: number) => value.toLocaleString("en");
  return [
    problem("season.points-short", {
      data: { season: season.number, left, limit, points, from: season.end },
      place: `season ${season.number}`,
      message: `Only ${shown(left)} of ${shown(limit)} points that can be awarded in it are left, and ${shown(points)} would be`,
      remedy: `Leave some out, or award them from ${formatMoment(season.end, live.now)} on; a proposal can allow more (badge.setLimits).`,
    }),
  ];
}

function limitProblems(
  live: LiveDao,
  { number, name, closed, points, supply, today }: BadgeKind,
  awards: readonly Contribution[],
  waiting: number,
): Problem[] {
  const place = `kind ${number} "${name}"`;
  if (closed) {
    return [
      problem("kind.closed", {
        data: { kind: number, name, count: awards.length },
        place,
        message: `It is closed, and ${badges(awards.length)} of it would be awarded${where(awards)}`,
        remedy: "Leave them out, or use another kind.",
      }),
    ];
  }
  const problems: Problem[] = [];
  const more = waiting === 0 ? "" : `, beside ${badges(waiting)} under way`;
  if (supply !== null && supply.left < awards.length + waiting) {
    problems.push(
      problem("kind.supply-short", {
        data: { kind: number, name, left: supply.left, limit: supply.limit, count: awards.length, waiting },
        place,
        message: `Only ${supply.left} of ${badges(supply.limit)} are left, and ${awards.length} would be awarded${more}${where(awards)}`,
        remedy: "Leave some out, or add another kind: a limit never changes.",
      }),
    );
  }
  if (today !== null && today.left < points * awards.length) {
    const most = Math.floor(today.left / points);
    problems.push(
      problem("kind.points-short", {
        data: {
          kind: number,
          name,
          left: today.left,
          limit: today.limit,
          points: points * awards.length,
          most,
          from: endOfDay(live.now),
        },
        place,
        message: `Only ${today.left.toLocaleString("en")} of ${today.limit.toLocaleString("en")} points a day are left, and ${(points * awards.length).toLocaleString("en")} would be awarded${where(awards)}`,
        remedy: `Award at most ${most} today, and the rest from ${formatMoment(endOfDay(live.now), live.now)} on; what is awarded is skipped when the same file is run again.`,
      }),
    );
  }
  return problems;
}

async function voteWarnings(live: LiveDao, votes: bigint): Promise<Problem[]> {
  const { available } = await live.contracts.token.contributionLimit();
  if (votes <= available) return [];
  return [
    problem("votes.limit-short", {
      data: { votes, available, symbol: live.symbol },
      place: "votes",
      message: `${formatAmount(votes, live.symbol)} come with these badges, and the limits of earned votes let only ${formatAmount(available, live.symbol)} through at present`,
      remedy:
        "The badges that come last would be awarded without their votes. Wait, or award fewer at once; or give them later: npx hardhat badge grant-votes.",
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

function badges(count: number): string {
  return `${count.toLocaleString("en")} badge${count === 1 ? "" : "s"}`;
}

/** ` (lines 3, 5 and 9 of blue.csv)` */
function where(awards: readonly Contribution[]): string {
  const lines = linesOf(awards);
  return lines === undefined ? "" : ` (${lines})`;
}
