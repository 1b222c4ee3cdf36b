import { INTERFACES } from "../calls/known.js";
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
  return (await eventsOf(live, "RewardClaimed")).map(({ args, transaction }) => {
    const [season, token, account, points, amount] = args as unknown as [
      bigint,
      string,
      string,
      bigint,
      bigint,
    ];
    return { season: Number(season), token, account, points: Number(points), amount, transaction };
  });
}

async function eventsOf(live: LiveDao, name: "SeasonFunded" | "RewardClaimed") {
  const { topicHash } = INTERFACES.rewards.getEvent(name) ?? {};
  return (await live.logsOf("rewards")).flatMap((log) => {
    if (log.topics[0] !== topicHash) return [];
    const parsed = INTERFACES.rewards.parseLog({ topics: [...log.topics], data: log.data });
    return parsed === null ? [] : [{ args: parsed.args, transaction: log.transactionHash }];
  });
}
