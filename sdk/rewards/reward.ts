import type { LiveDao } from "../live.js";
import type { Claim } from "./logs.js";
import type { Reward } from "./rewardFile.js";

export { REWARD_FILE, type Reward } from "./rewardFile.js";

/** Who is paid of which season, and in what. */
export type Share = Pick<Reward, "season" | "token" | "account">;

/**
 * What a relay is handed for a member to be paid its share of a season, in one token.
 *
 * @param earlier How often it was paid of that before: see {@link paymentsOf}. Badges can come to it after that, by a recovery.
 */
export function makeReward({ record }: LiveDao, share: Share, earlier: number): Reward {
  const { slug: dao, chainId, contracts } = record;
  const { season, token, account } = share;
  const common = { kind: "reward", version: 1, dao, chainId, rewards: contracts.rewards } as const;
  return { ...common, season, token, account, earlier };
}

/** What somebody was paid of a season in a token, the oldest payment first. */
export function paymentsOf(claims: readonly Claim[], { season, token, account }: Share): Claim[] {
  return claims.filter(
    (claim) => claim.season === season && claim.token === token && claim.account === account,
  );
}
