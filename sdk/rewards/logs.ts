import type { Result } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/logCache.js";
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

/** All that seasons were funded with, the oldest first. */
export async function readFundingLogs(live: LiveDao): Promise<Funding[]> {
  return (await eventsOf(live, "SeasonFunded")).map(({ args, transaction }) => {
    const [season, token, funder, amount] = args as unknown as [bigint, string, string, bigint];
    return { season: Number(season), token, funder, amount, transaction };
  });
}

/** All that was claimed, the oldest first. */
export async function readClaims(live: LiveDao): Promise<Claim[]> {
  return (await eventsOf(live, "RewardClaimed")).map(toClaim);
}

/** What transactions have paid: a share may have changed since it was planned. */
export async function claimsPaidBy(live: LiveDao, hashes: readonly string[]): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const hash of hashes) {
    const receipt = await live.provider.getTransactionReceipt(hash);
    const logs = receipt?.logs.filter(({ address }) => address === live.record.contracts.rewards);
    claims.push(...parseEvents(logs ?? [], "RewardClaimed").map(toClaim));
  }
  return claims;
}

type EventName = "SeasonFunded" | "RewardClaimed";

interface RewardsEvent {
  readonly args: Result;
  readonly transaction: string;
}

async function eventsOf(live: LiveDao, name: EventName): Promise<RewardsEvent[]> {
  return parseEvents(await live.logsOf("rewards"), name);
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
