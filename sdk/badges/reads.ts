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

/** A season; the current one without a number. */
export function seasonAt({ seasons: { start, length }, now }: LiveDao, number?: number): Season {
  const chosen = number ?? Math.floor((now - start) / length) + 1;
  return { number: chosen, start: start + (chosen - 1) * length, end: start + chosen * length };
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
  const season = seasonAt(live);
  const [limit, [awarded = 0n]] = await Promise.all([
    readPointsLimit(live),
    live.readMany<bigint>([badgeRead(live, "totalSeasonPoints", [season.number])]),
  ]);
  return { limit, left: Math.max(0, limit - Number(awarded)), season };
}

/** A view function of the badge contract. */
export function badgeRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: live.record.contracts.badge, interface: INTERFACES.badge, name, args };
}
