import type { LiveDao } from "../../sdk/live.js";
import type { RewardSeason } from "../../sdk/rewards/seasons.js";
import type { RewardToken } from "../../sdk/rewards/token.js";
import { formatTokens } from "../../sdk/rewards/token.js";
import { formatMoment } from "../../sdk/time.js";

/** When a season's reward can be claimed, in words. */
export function showClaims({ now }: LiveDao, { state, opens, closes }: ClaimDates): string {
  switch (state) {
    case "ahead":
    case "running":
    case "disputed":
      return `from ${formatMoment(opens, now)}`;
    case "claimable":
      return `until ${formatMoment(closes, now)}`;
    case "over":
      return `closed ${formatMoment(closes, now)}`;
  }
}

type ClaimDates = Pick<RewardSeason, "state" | "opens" | "closes">;

/** Amounts below each other; "none" where there are none. */
export function showAmounts(
  live: LiveDao,
  amounts: readonly { readonly token: RewardToken; readonly amount: bigint }[],
): string {
  return amounts.length === 0
    ? "none"
    : amounts.map(({ token, amount }) => formatTokens(live, amount, token)).join("\n");
}
