import type { Result, TransactionReceipt } from "ethers";
import { seasonAt } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/logCache.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import type { LiveDao } from "../live.js";

/** That somebody added to what a season shares. Amounts are in the token's smallest unit. */
export interface Funding {
  readonly season: number;
  readonly token: string;
  readonly funder: string;
  readonly amount: bigint;
  readonly transaction: string;
}

/** That an account was paid. */
export interface Claim {
  readonly season: number;
  readonly token: string;
  readonly account: string;
  /** For how many points. */
  readonly points: number;
  readonly amount: bigint;
  readonly transaction: string;
}

/** What a season has to share in a token, and what was claimed of it. */
export interface Budget {
  readonly season: number;
  readonly token: string;
  readonly budget: bigint;
  readonly paid: bigint;
}

/** All that seasons were funded with and what was claimed, the oldest first; and what came of it, in the order of its begin. */
export interface RewardLogs {
  readonly funded: readonly Funding[];
  readonly claims: readonly Claim[];
  readonly budgets: readonly Budget[];
}

/** How many seasons ahead of the running one can be funded: contracts/rewards/ContributionRewards.sol. */
export const SEASONS_AHEAD = 4;

/** Beside the brand's, at most so many tokens are {@link shownTokens shown}. */
const MOST_SHOWN = 10;

/**
 * Which tokens matter: these; or those that everybody is shown, which are the brand's, and the last few that the treasury or the
 * Safe funded seasons in. Anybody can fund seasons in any number of others, each of which would be asked for.
 */
export type WhichTokens = readonly string[] | "shown";

/**
 * Reads what seasons were funded with and what was claimed, as of the block that the DAO was opened at.
 *
 * @param only The tokens that matter; without it, all.
 */
export async function readRewardLogs(live: LiveDao, only?: WhichTokens): Promise<RewardLogs> {
  return fromLogs(live, "rewards", async (all) => {
    const logs = logsUntil(all, live.block);
    const everything = parseEvents(logs, "SeasonFunded").map(toFunding);
    const tokens = only === "shown" ? shownTokens(live, everything) : only;
    const matters = ({ token }: { readonly token: string }) => tokens?.includes(token) ?? true;
    const funded = everything.filter(matters);
    const claims = parseEvents(logs, "RewardClaimed").map(toClaim).filter(matters);
    const brands = live.record.contracts.token;
    const expected = matters({ token: brands }) ? [brands] : [];
    return { funded, claims, budgets: await budgetsOf(live, funded, claims, expected) };
  });
}

function shownTokens({ record, safe }: LiveDao, funded: readonly Funding[]): string[] {
  const chosen = funded.filter(({ funder }) => funder === record.contracts.timelock || funder === safe);
  const newest = new Set(chosen.map(({ token }) => token).reverse());
  newest.delete(record.contracts.token);
  return [record.contracts.token, ...[...newest].slice(0, MOST_SHOWN)];
}

/**
 * @param expected Tokens of which the contract is asked for each season, whether logs speak of it or not. Which others there are,
 * nothing but logs can say.
 * @throws KyosoError where the contract says that there was more, or less.
 */
async function budgetsOf(
  live: LiveDao,
  funded: readonly Funding[],
  claims: readonly Claim[],
  expected: readonly string[],
): Promise<Budget[]> {
  const sums = new Map<string, { season: number; token: string; budget: bigint; paid: bigint }>();
  const sumOf = ({ season, token }: Pick<Funding, "season" | "token">) => {
    const key = `${season} ${token}`;
    const known = sums.get(key) ?? { season, token, budget: 0n, paid: 0n };
    sums.set(key, known);
    return known;
  };
  for (const each of funded) sumOf(each).budget += each.amount;
  for (const each of claims) sumOf(each).paid += each.amount;
  const last = seasonAt(live).number + SEASONS_AHEAD;
  for (const token of expected) for (let season = 1; season <= last; season++) sumOf({ season, token });
  const budgets = [...sums.values()];
  const { rewards: address } = live.record.contracts;
  const told = await live.readMany<Pick<Budget, "budget" | "paid">>(
    budgets.map(({ season, token }) => ({
      address,
      interface: INTERFACES.rewards,
      name: "budgetOf",
      args: [season, token],
    })),
  );
  for (const [i, { season, token, budget, paid }] of budgets.entries()) {
    if (told[i]?.budget !== budget || told[i].paid !== paid) {
      throw incompleteLogs(
        "rewards",
        `They don't agree with what the contract says of season ${season} and the token ${token}`,
      );
    }
  }
  return budgets.filter(({ budget }) => budget !== 0n);
}

/** What transactions have paid: a share may have changed since it was planned. */
export function claimsPaidBy(
  live: LiveDao,
  receipts: readonly (Pick<TransactionReceipt, "logs"> | null)[],
): Claim[] {
  const logs = receipts.flatMap((receipt) => receipt?.logs ?? []);
  const own = logs.filter(({ address }) => address === live.record.contracts.rewards);
  return parseEvents(own, "RewardClaimed").map(toClaim);
}

type EventName = "SeasonFunded" | "RewardClaimed";

interface RewardsEvent {
  readonly args: Result;
  readonly transaction: string;
}

function parseEvents(
  logs: readonly Pick<ChainLog, "topics" | "data" | "transactionHash">[],
  name: EventName,
): RewardsEvent[] {
  const { topicHash } = INTERFACES.rewards.getEvent(name) ?? {};
  return logs.flatMap((log) => {
    if (log.topics[0] !== topicHash) return [];
    const parsed = INTERFACES.rewards.parseLog({ topics: [...log.topics], data: log.data });
    return parsed === null ? [] : [{ args: parsed.args, transaction: log.transactionHash }];
  });
}

function toFunding({ args, transaction }: RewardsEvent): Funding {
  const [season, token, funder, amount] = args as unknown as [bigint, string, string, bigint];
  return { season: Number(season), token, funder, amount, transaction };
}

function toClaim({ args, transaction }: RewardsEvent): Claim {
  const [season, token, account, points, amount] = args as unknown as [
    bigint,
    string,
    string,
    bigint,
    bigint,
  ];
  return { season: Number(season), token, account, points: Number(points), amount, transaction };
}
