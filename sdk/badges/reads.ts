import { INTERFACES } from "../calls/known.js";
import type { Read } from "../chain/reads.js";
import type { LiveDao } from "../live.js";

/** As `memberOf` returns it. */
export interface RawMember {
  readonly badges: number;
  readonly points: bigint;
  readonly season: number;
  readonly seasonPoints: bigint;
  readonly previousSeason: number;
  readonly previousSeasonPoints: bigint;
}

/** As `badgeOf` returns it. */
export interface RawBadge {
  readonly account: string;
  readonly kind: number;
  readonly awardedAt: number;
  readonly season: number;
  readonly points: number;
  readonly votes: bigint;
}

/** Number and dates of a season, as timestamps. */
export interface Season {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A season; the current one without a number. All are of the same length. */
export async function readSeason(live: LiveDao, number?: number): Promise<Season> {
  const [current, [first, second]] = (await live.readMany<unknown>([
    badgeRead(live, "currentSeason", []),
    badgeRead(live, "seasonBounds", [1]),
  ])) as [number, [number, number]];
  const chosen = number ?? current;
  const start = first + (chosen - 1) * (second - first);
  return { number: chosen, start, end: start + (second - first) };
}

/** How many points can be awarded in a season, by everybody together. */
export async function readPointsLimit(live: LiveDao): Promise<number> {
  const [limit = 0] = await live.readMany<number>([badgeRead(live, "seasonPointsLimit", [])]);
  return limit;
}

/** How many points can be awarded in the running season, and how many of them are left. */
export interface PointsLeft {
  readonly season: Season;
  readonly limit: number;
  readonly left: number;
}

/** What can still be awarded in the running season. */
export async function readPointsLeft(live: LiveDao): Promise<PointsLeft> {
  const [season, limit] = await Promise.all([readSeason(live), readPointsLimit(live)]);
  const [awarded = 0n] = await live.readMany<bigint>([badgeRead(live, "totalSeasonPoints", [season.number])]);
  return { limit, left: Math.max(0, limit - Number(awarded)), season };
}

/** A view function of the badge contract. */
export function badgeRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: live.record.contracts.badge, interface: INTERFACES.badge, name, args };
}
