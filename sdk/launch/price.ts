import { capUnits } from "../config/derived.js";
import type { BrandConfig } from "../config/schema.js";

/** What it takes to decide over a DAO without its members, and what there is to take: in the token's smallest unit. */
export interface TreasuryPrice {
  /** The quorum, once all that can be earned is. */
  readonly quorum: bigint;
  /** Votes that can be earned, for nothing: by friends of whoever awards badges. */
  readonly earned: bigint;
  /** What has to be bought: the quorum, less what can be earned. */
  readonly price: bigint;
  /** What the treasury is allocated. */
  readonly treasury: bigint;
  /** What a proposal can mint at once. */
  readonly mintable: bigint;
}

/**
 * What a treasury costs, at the launch. Earned votes count towards the quorum and its floor as bought ones do, so that only
 * the rest has to be bought; and who decides can mint, too.
 */
export function treasuryPrice({ token, governance, contributionVotes }: BrandConfig): TreasuryPrice {
  let [treasury, held] = [0n, 0n];
  for (const { to, amount } of token.allocations) {
    if (to === "treasury") treasury += amount;
    else held += amount;
  }
  const earned = (held * BigInt(contributionVotes.shareBps)) / 10_000n;
  const fraction = ((held + earned) * BigInt(governance.quorumBps) + 9_999n) / 10_000n;
  const quorum = fraction > governance.quorumFloor ? fraction : governance.quorumFloor;
  const room = capUnits(token.capTokens) - treasury - held;
  const mintable = token.minting.amount < room ? token.minting.amount : room;
  return { quorum, earned, price: quorum > earned ? quorum - earned : 0n, treasury, mintable };
}
