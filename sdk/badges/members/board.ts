import { twice } from "../../chain/whole.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { quote } from "../../units.js";
import type { BadgeLedger } from "../ledger.js";
import { disagree, incomplete, readLedger } from "../ledger.js";
import type { RawBadge, RawMember, Season } from "../reads.js";
import { badgeRead, readPointsLimit, readSeason } from "../reads.js";
import type { OwnTitle } from "../titles/titles.js";
import { readTitles, titleAt } from "../titles/titles.js";

/** A line of the board. */
export interface BoardEntry {
  /** From 1; members with the same points share one. */
  readonly rank: number;
  readonly account: string;
  /** In the season, or of all time. */
  readonly points: number;
  /** Of all time. */
  readonly totalPoints: number;
  /** Badges held, from all seasons. */
  readonly badges: number;
  /** Null where there are no titles. */
  readonly title: OwnTitle | null;
}

/** Who contributed most. */
export interface Board {
  /** Null for all time. */
  readonly season: Season | null;
  /** Of everybody together. */
  readonly points: number;
  /** Points of the season whose badges were taken, by which its reward is shared nevertheless; 0 for all time. */
  readonly taken: number;
  /** How many points can be awarded in the season at most; null where it has ended, and for all time. */
  readonly pointsLimit: number | null;
  /** All who have points, those with the most first. */
  readonly entries: readonly BoardEntry[];
}

/**
 * Reads the number of a season, or "all".
 *
 * @returns Null for all time.
 * @throws KyosoError for one that hasn't begun, and anything else.
 */
export async function parseSeason(live: LiveDao, text: string | undefined): Promise<Season | null> {
  if (text?.trim().toLowerCase() === "all") return null;
  const current = await readSeason(live);
  if (text === undefined) return current;
  const number = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  if (number >= 1 && number <= current.number) return readSeason(live, number);
  throw KyosoError.of("season.not-begun-or-none", {
    data: { text, current: current.number },
    place: "--season",
    message:
      number > 0 ? `Season ${number} has not begun yet` : `${quote(text)} isn't the number of a season`,
    remedy: `Write ${current.number === 1 ? "1" : `1 to ${current.number}`}, the current one, or "all".`,
  });
}

/** Reads the board of a season, or of all time. Whoever has no points in it isn't on it. */
export async function readBoard(live: LiveDao, season: Season | null): Promise<Board> {
  return twice(
    () => readOnce(live, season),
    () => live.forgetLogs("badge"),
  );
}

async function readOnce(live: LiveDao, season: Season | null): Promise<Board> {
  const [ledger, titles] = await Promise.all([readLedger(live), readTitles(live)]);
  const accounts = ledger.holders;
  const members = await live.readMany<RawMember>(
    accounts.map((account) => badgeRead(live, "memberOf", [account])),
  );
  const held = ledger.counts();
  const pointsOf = season === null ? undefined : await seasonPoints(live, season, ledger, accounts, members);
  const found: Omit<BoardEntry, "rank">[] = [];
  for (const [i, account] of accounts.entries()) {
    const member = members[i];
    if (member === undefined) continue;
    if (member.badges !== held.get(account)) throw disagree(account);
    const totalPoints = Number(member.points);
    const points = pointsOf === undefined ? totalPoints : (pointsOf.get(account) ?? 0);
    if (points === 0) continue;
    found.push({ account, points, totalPoints, badges: member.badges, title: titleAt(titles, totalPoints) });
  }
  const { points, taken } = await readTotals(live, season);
  if (found.reduce((sum, entry) => sum + entry.points, 0) !== points) {
    throw incomplete("The points of those who hold badges don't add up to the points of all badges");
  }
  const pointsLimit = season !== null && live.now < season.end ? await readPointsLimit(live) : null;
  return { season, points, taken, pointsLimit, entries: rank(found) };
}

/** Points of all badges that are held, and of a season those that were taken. */
async function readTotals(live: LiveDao, season: Season | null): Promise<{ points: number; taken: number }> {
  const { badge } = live.contracts;
  const at = { blockTag: live.block };
  if (season === null) return { points: Number(await badge.totalPoints(at)), taken: 0 };
  const [total, taken] = await Promise.all([
    badge.totalSeasonPoints(season.number, at),
    badge.takenSeasonPoints(season.number, at),
  ]);
  return { points: Number(total - taken), taken: Number(taken) };
}

/** Points of a season by account. */
async function seasonPoints(
  live: LiveDao,
  { number }: Season,
  ledger: BadgeLedger,
  accounts: readonly string[],
  members: readonly RawMember[],
): Promise<Map<string, number>> {
  const points = new Map<string, number>();
  const current = Number(await live.contracts.badge.currentSeason({ blockTag: live.block }));
  if (number >= current - 1) {
    // The contract keeps the last two seasons of each member, and these two can't be older.
    for (const [i, account] of accounts.entries()) {
      const member = members[i];
      if (member?.season === number) points.set(account, Number(member.seasonPoints));
      else if (member?.previousSeason === number) points.set(account, Number(member.previousSeasonPoints));
    }
    return points;
  }
  const held = [...ledger.held];
  const badges = await live.readMany<RawBadge>(held.map(([id]) => badgeRead(live, "badgeOf", [id])));
  for (const [i, [, account]] of held.entries()) {
    const badge = badges[i];
    if (badge?.season !== number) continue;
    points.set(account, (points.get(account) ?? 0) + badge.points);
  }
  return points;
}

function rank(members: readonly Omit<BoardEntry, "rank">[]): BoardEntry[] {
  const sorted = [...members].sort((a, b) => b.points - a.points || (a.account < b.account ? -1 : 1));
  const entries: BoardEntry[] = [];
  for (const [i, member] of sorted.entries()) {
    const before = entries.at(-1);
    entries.push({ rank: before?.points === member.points ? before.rank : i + 1, ...member });
  }
  return entries;
}
