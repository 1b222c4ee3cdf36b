import { twice } from "../../chain/whole.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { quote } from "../../units.js";
import type { BadgeLedger } from "../ledger.js";
import { disagree, incomplete, readLedger } from "../ledger.js";
import type { RawBadge, RawMember, Season } from "../reads.js";
import { badgeRead, seasonAt } from "../reads.js";
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
export function parseSeason(live: LiveDao, text: string | undefined): Season | null {
  if (text?.trim().toLowerCase() === "all") return null;
  const current = seasonAt(live);
  if (text === undefined) return current;
  const number = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  if (number >= 1 && number <= current.number) return seasonAt(live, number);
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
  const [members, { points, taken, limit }] = await Promise.all([
    live.readMany<RawMember>(accounts.map((account) => badgeRead(live, "memberOf", [account]))),
    readTotals(live, season),
  ]);
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
  if (found.reduce((sum, entry) => sum + entry.points, 0) !== points) {
    throw incomplete("The points of those who hold badges don't add up to the points of all badges");
  }
  const pointsLimit = season !== null && live.now < season.end ? limit : null;
  return { season, points, taken, pointsLimit, entries: rank(found) };
}

async function readTotals(live: LiveDao, season: Season | null): Promise<Totals> {
  const names = season === null ? ["totalPoints"] : ["totalSeasonPoints", "takenSeasonPoints"];
  const args = season === null ? [] : [season.number];
  const read = await live.readMany<bigint | number>([
    badgeRead(live, "seasonPointsLimit", []),
    ...names.map((name) => badgeRead(live, name, args)),
  ]);
  const [most = 0, total = 0, taken = 0] = read.map(Number);
  return { limit: most, points: total - taken, taken };
}

/** The points of all badges that are held, of a season those that were taken, and how many it can have at most. */
interface Totals {
  readonly points: number;
  readonly taken: number;
  readonly limit: number;
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
  if (number >= seasonAt(live).number - 1) {
    // The contract keeps the last two seasons of each member, and these two can't be older.
    for (const [i, account] of accounts.entries()) {
      const member = members[i];
      if (member?.season === number) points.set(account, Number(member.seasonPoints));
      else if (member?.previousSeason === number) points.set(account, Number(member.previousSeasonPoints));
    }
    return points;
  }
  const { ids } = ledger;
  const badges = await live.readMany<RawBadge>(ids.map((id) => badgeRead(live, "badgeOf", [id])));
  for (const [i, id] of ids.entries()) {
    const badge = badges[i];
    const account = ledger.holderOf(id);
    if (account === undefined || badge?.season !== number) continue;
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
