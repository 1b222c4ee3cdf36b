import type { LiveDao } from "../live.js";
import type { RewardToken } from "./token.js";
import type { RewardSeason } from "./seasons.js";
import type { MemberRewards } from "./member.js";

/** A token as JSON names it. */
export function tokenAsJson({ address, symbol, decimals, known }: RewardToken) {
  return known ? { token: address, symbol, decimals } : { token: address, symbol: null, decimals: null };
}

/** A season and its budgets, as JSON. */
export function seasonAsJson({ budgets, ...season }: RewardSeason) {
  return {
    ...season,
    budgets: budgets.map(({ token, budget, paid }) => ({ ...tokenAsJson(token), budget, paid })),
  };
}

/**
 * What a member gets of seasons, as JSON.
 *
 * @param nickname What the member wants to be called; null for nothing.
 */
export function memberRewardsAsJson(
  live: LiveDao,
  { account, seasons, claims }: MemberRewards,
  nickname: string | null,
) {
  return {
    dao: live.record.slug,
    account,
    nickname,
    seasons: seasons.map(({ rewards, ...season }) => ({
      ...season,
      rewards: rewards.map(({ token, ...reward }) => ({ ...tokenAsJson(token), ...reward })),
    })),
    claims,
  };
}
