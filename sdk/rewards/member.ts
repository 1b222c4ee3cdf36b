import { badgeRead, seasonAt } from "../badges/reads.js";
import type { Problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { Claim, WhichTokens } from "./logs.js";
import { readRewardLogs } from "./logs.js";
import { claimReadiness } from "./readiness.js";
import type { RewardSeason, SeasonBudget } from "./seasons.js";
import { readRewardSeason } from "./seasons.js";

/** What an account gets of a season's budget in a token, in its smallest unit. */
export interface MemberReward extends SeasonBudget {
  /** Its share by its points: of a season that runs, as it is now. */
  readonly share: bigint;
  /** What it was paid. */
  readonly claimed: bigint;
  /** What it can claim now; 0 where it can't. */
  readonly claimable: bigint;
  /** Why it can't. */
  readonly problem: Problem | null;
}

/** A season as a member sees it. */
export interface MemberSeason extends Omit<RewardSeason, "budgets" | "points"> {
  /** Of the badges that the account holds from it, and all that it is shared by. */
  readonly points: number;
  readonly totalPoints: number;
  readonly rewards: readonly MemberReward[];
}

/** What an account earns by its seasons. */
export interface MemberRewards {
  readonly account: string;
  /** The season that runs, and before it the one whose reward can be claimed now or next; the newest first. */
  readonly seasons: readonly MemberSeason[];
  /** All that it was ever paid, the newest first. */
  readonly claims: readonly Claim[];
}

/**
 * Reads what an account earns by its seasons.
 *
 * @param caller Who would claim for it.
 * @param only The tokens that matter, as for {@link readRewardLogs}; without it, all.
 */
export async function readMemberRewards(
  live: LiveDao,
  account: string,
  caller = account,
  only?: WhichTokens,
): Promise<MemberRewards> {
  const current = seasonAt(live);
  const logs = await readRewardLogs(live, only);
  const claims = logs.claims.filter((claim) => claim.account === account).reverse();
  const numbers = [current.number, current.number - 1].filter((number) => number > 0);
  const [points, ...read] = await Promise.all([
    live.readMany<bigint>(numbers.map((number) => badgeRead(live, "seasonPointsOf", [account, number]))),
    ...numbers.map((number) => readRewardSeason(live, number, only)),
  ]);
  const seasons: MemberSeason[] = [];
  for (const [i, { budgets, points: totalPoints, ...season }] of read.entries()) {
    const { number } = season;
    const own = Number(points[i] ?? 0n);
    const rewards: MemberReward[] = [];
    for (const budget of budgets) {
      const whole = { ...season, budgets, points: totalPoints };
      const { amount, problem } = await claimReadiness(live, whole, budget, account, caller);
      rewards.push({
        ...budget,
        share: totalPoints === 0 ? 0n : (budget.budget * BigInt(own)) / BigInt(totalPoints),
        claimed: paidIn(claims, number, budget),
        claimable: amount,
        problem,
      });
    }
    seasons.push({ ...season, points: own, totalPoints, rewards });
  }
  return { account, seasons, claims };
}

function paidIn(claims: readonly Claim[], season: number, { token }: SeasonBudget): bigint {
  return claims
    .filter((claim) => claim.season === season && claim.token === token.address)
    .reduce((sum, { amount }) => sum + amount, 0n);
}
