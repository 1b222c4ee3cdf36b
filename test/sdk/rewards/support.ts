import type { NetworkConnection } from "hardhat/types/network";
import { concat, ZeroHash } from "ethers";
import type { Plan } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import type { LiveDao } from "../../../sdk/live.js";
import { planFunding } from "../../../sdk/rewards/plans.js";
import { parseRewardSeason } from "../../../sdk/rewards/seasons.js";
import { requireRewardToken } from "../../../sdk/rewards/token.js";
import { BrandToken__factory } from "../../../typechain-types/index.js";
import type { Signer } from "../../helpers/chain.js";
import { badgeWorld, KIND, openAs } from "../badges/support.js";
import { load } from "../support.js";

export const DAY = 86_400;

/** Where a token is that takes a fee. */
export const FEE_TOKEN = "0x00000000000000000000000000000000000Fee01";

/**
 * A live DAO in whose first season one holder earned 30 points and another one 10, and a token that has nothing to do with
 * it, of which the holders have some.
 */
export async function rewardsWorld(connection: NetworkConnection) {
  const world = await badgeWorld(connection);
  const { badge, holders } = world;
  for (const account of [holders[0], holders[0], holders[0], holders[1]]) {
    await badge.award(KIND.REVIEW, account, ZeroHash);
  }
  const addresses = holders.map(({ address }) => address);
  const deployed = await connection.ethers.deployContract("PlainToken", [addresses, 10n ** 24n]);
  await connection.networkHelpers.setCode(FEE_TOKEN, takesAll());
  return { ...world, plain: BrandToken__factory.connect(await deployed.getAddress(), world.launcher) };
}

/**
 * A token that calls itself FEE, of which everybody has 1 whatever is sent: all of it is the fee. To every question but its
 * symbol it answers with 1.
 */
function takesAll(): string {
  return concat([
    "0x5f3560e01c6395d89b4114601657", // symbol() goes on below
    "0x60015f5260205ff3",
    "0x5b60205f526003602052",
    "0x7f4645450000000000000000000000000000000000000000000000000000000000",
    "0x60405260605ff3",
  ]);
}

export async function opened() {
  const world = await load(rewardsWorld);
  const { time } = world.connection.networkHelpers;
  return {
    ...world,
    live: await openAs(world),
    open: () => openAs(world),
    /** Moves to a moment of a season, in seconds after its end. */
    afterEnd: async (season: number, seconds: number) => {
      const { end } = await world.dao.badge.seasonBounds(season);
      await time.increaseTo(Number(end) + seconds);
    },
  };
}

export type RewardsWorld = Awaited<ReturnType<typeof opened>>;

/** Funds a season as somebody. */
export async function fund(
  live: LiveDao,
  funder: Signer,
  amount: bigint,
  { season = "current", token }: { season?: string; token?: string } = {},
): Promise<Plan> {
  const plan = await planFunding(
    live,
    await parseRewardSeason(live, season),
    { token: await requireRewardToken(live, token), amount },
    funder.address,
  );
  await executeAsSigner(plan, funder);
  return plan;
}
