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
export async function readSeason(live: LiveDao, number?: number): Promise<Season> {
  const chosen = number ?? Number(await live.contracts.badge.currentSeason({ blockTag: live.block }));
  const { start, end } = await live.contracts.badge.seasonBounds(chosen);
  return { number: chosen, start: Number(start), end: Number(end) };
}

/** How many points can be awarded in a season, by everybody together. */
export async function readPointsLimit(live: LiveDao): Promise<number> {
  return Number(await live.contracts.badge.seasonPointsLimit({ blockTag: live.block }));
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
  const awarded = await live.contracts.badge.totalSeasonPoints(season.number, { blockTag: live.block });
  return { limit, left: Math.max(0, limit - Number(awarded)), season };
}

/** A view function of the badge contract. */
export function badgeRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: live.record.contracts.badge, interface: INTERFACES.badge, name, args };
}
