import { INTERFACES } from "../calls/known.js";
import type { Season } from "../badges/reads.js";
import { badgeRead, seasonAt } from "../badges/reads.js";
import type { Read } from "../chain/reads.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { quote } from "../units.js";
import type { Budget, WhichTokens } from "./logs.js";
import { readRewardLogs, SEASONS_AHEAD } from "./logs.js";
import type { RewardToken } from "./token.js";
import { readRewardToken } from "./token.js";

/**
 * Where a season stands: it hasn't begun, it runs, what was awarded in it can be disputed, its reward can be claimed, or
 * its claims are over.
 */
export type SeasonState = "ahead" | "running" | "disputed" | "claimable" | "over";

/** What a season has to share in a token, in its smallest unit. */
export interface SeasonBudget {
  readonly token: RewardToken;
  readonly budget: bigint;
  /** What was claimed of it. */
  readonly paid: bigint;
}

/** A season and its reward. Times are timestamps. */
export interface RewardSeason extends Season {
  readonly state: SeasonState;
  /** From when on its reward can be claimed, and until when. */
  readonly opens: number;
  readonly closes: number;
  /** What it is shared by: the points awarded in it, but those that a proposal left out. */
  readonly points: number;
  /** Of these, those of badges that were taken: their part of the reward goes to the treasury. */
  readonly taken: number;
  /** How many points can be awarded in it at most; null where it has ended. */
  readonly pointsLimit: number | null;
  /** In each token that it was funded with. */
  readonly budgets: readonly SeasonBudget[];
}

/**
 * All seasons until now, and those ahead that were funded already; the first one first.
 *
 * @param only The tokens of whose budgets they are, as for {@link readRewardLogs}; without it, all.
 */
export async function readRewardSeasons(live: LiveDao, only?: WhichTokens): Promise<RewardSeason[]> {
  const { budgets } = await readRewardLogs(live, only);
  const last = budgets.reduce((most, { season }) => Math.max(most, season), seasonAt(live).number);
  const numbers = Array.from({ length: last }, (_, i) => i + 1);
  const [totals, shown] = await Promise.all([readTotals(live, numbers), readBudgets(live, numbers, budgets)]);
  return seasonsOf(live, numbers, totals, shown);
}

/**
 * One season, also one ahead.
 *
 * @param number Undefined for the one that runs.
 * @param only As for {@link readRewardSeasons}.
 */
export async function readRewardSeason(
  live: LiveDao,
  number: number | undefined,
  only?: WhichTokens,
): Promise<RewardSeason> {
  const numbers = [number ?? seasonAt(live).number];
  // In the same request as what its logs are compared with.
  const reading = live.logsOf("rewards").then(() => readTotals(live, numbers));
  const [totals, { budgets }] = await Promise.all([reading, readRewardLogs(live, only)]);
  const [season] = seasonsOf(live, numbers, totals, await readBudgets(live, numbers, budgets));
  if (season === undefined) throw new RangeError(`There is no season ${number}`);
  return season;
}

/** What the badge contract says of all seasons, and of some of them in their order. */
interface Totals {
  readonly window: number;
  readonly limit: number;
  readonly points: readonly number[];
  readonly taken: readonly number[];
}

async function readTotals(live: LiveDao, numbers: readonly number[]): Promise<Totals> {
  const ofEach = (name: string) => numbers.map((number) => badgeRead(live, name, [number]));
  const read = await live.readMany<bigint | number>([
    badgeRead(live, "disputeWindow", []),
    badgeRead(live, "seasonPointsLimit", []),
    ...ofEach("totalSeasonPoints"),
    ...ofEach("takenSeasonPoints"),
  ]);
  const [window = 0, limit = 0, ...both] = read.map(Number);
  return { window, limit, points: both.slice(0, numbers.length), taken: both.slice(numbers.length) };
}

function seasonsOf(
  live: LiveDao,
  numbers: readonly number[],
  { window, limit, points, taken }: Totals,
  budgets: ReadonlyMap<number, SeasonBudget[]>,
): RewardSeason[] {
  const { length } = live.seasons;
  return numbers.map((number, i) => {
    const { start, end } = seasonAt(live, number);
    const dates = { start, end, opens: end + window, closes: end + length };
    return {
      number,
      ...dates,
      state: stateAt(live.now, dates),
      points: points[i] ?? 0,
      taken: taken[i] ?? 0,
      pointsLimit: live.now < end ? limit : null,
      budgets: budgets.get(number) ?? [],
    };
  });
}

type Dates = Pick<RewardSeason, "start" | "end" | "opens" | "closes">;

function stateAt(now: number, { start, end, opens, closes }: Dates): SeasonState {
  if (now < start) return "ahead";
  if (now < end) return "running";
  if (now < opens) return "disputed";
  return now < closes ? "claimable" : "over";
}

/** The budgets of seasons, each in the order in which its tokens came. */
async function readBudgets(
  live: LiveDao,
  numbers: readonly number[],
  all: readonly Budget[],
): Promise<Map<number, SeasonBudget[]>> {
  const wanted = all.filter(({ season }) => numbers.includes(season));
  const addresses = [...new Set(wanted.map(({ token }) => token))];
  const read = await Promise.all(addresses.map((address) => readRewardToken(live, address)));
  const tokens = new Map<string, RewardToken>(read.map((token) => [token.address, token]));
  const budgets = new Map<number, SeasonBudget[]>();
  for (const { season, token: address, budget, paid } of wanted) {
    const token = tokens.get(address);
    if (token !== undefined) budgets.set(season, [...(budgets.get(season) ?? []), { token, budget, paid }]);
  }
  return budgets;
}

/** A view function of the rewards contract. */
export function rewardsRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: live.record.contracts.rewards, interface: INTERFACES.rewards, name, args };
}

/**
 * The season that is meant, by its number or as "current". One that is too far ahead is refused here already.
 *
 * @throws KyosoError for what is neither.
 */
export async function parseRewardSeason(live: LiveDao, text: string): Promise<RewardSeason> {
  const current = seasonAt(live);
  if (text.trim().toLowerCase() === "current") return readRewardSeason(live, current.number);
  const number = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  const last = current.number + SEASONS_AHEAD;
  if (number >= 1 && number <= last) return readRewardSeason(live, number);
  throw KyosoError.of("season.unknown", {
    data: { text, current: current.number, last },
    place: "season",
    message:
      number > 0
        ? `Season ${number} is too far ahead: season ${current.number} is running`
        : `${quote(text)} isn't the number of a season`,
    remedy: `Write 1 to ${last}, or "current" for season ${current.number}.`,
  });
}
