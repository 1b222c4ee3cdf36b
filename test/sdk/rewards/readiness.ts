import { expect } from "chai";
import { parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { claimReadiness } from "../../../sdk/rewards/readiness.js";
import { readMemberRewards } from "../../../sdk/rewards/member.js";
import { planClaims } from "../../../sdk/rewards/plans.js";
import { readRewardSeason } from "../../../sdk/rewards/seasons.js";
import { asSafe, SEASON } from "../badges/support.js";
import { DAY, fund, opened, type RewardsWorld } from "./support.js";

/** Whether a claim of the first season can be made as of now. */
async function readiness(world: RewardsWorld, account: string, caller = account) {
  const live = await world.open();
  const season = await readRewardSeason(live, 1);
  const [budget] = season.budgets;
  if (budget === undefined) throw new Error("the season isn't funded");
  return claimReadiness(live, season, budget, account, caller);
}

async function funded() {
  const world = await opened();
  await fund(world.live, world.holders[2], parseEther("100"));
  return world;
}

describe("claimReadiness", () => {
  it("is there from the end of the dispute window until the next season ends", async () => {
    const world = await funded();
    const { holders, afterEnd } = world;
    const { address } = holders[0];
    const at = async (seconds: number) => {
      await afterEnd(1, seconds);
      return readiness(world, address);
    };
    expect((await readiness(world, address)).problem?.message).to.include("Season 1 runs until");
    const disputed = await at(14 * DAY - 10);
    expect(disputed.problem?.message).to.include("can still be disputed");
    expect(disputed.problem?.remedy).to.match(/^Claim from \d{4}-/u);
    expect(await at(14 * DAY)).to.deep.equal({ ready: true, amount: parseEther("75"), problem: null });
    expect((await at(SEASON - 2)).ready).to.equal(true);
    const over = await at(SEASON);
    expect(disputed.problem?.code).to.equal("season.disputed");
    expect(over.problem?.code).to.equal("season.claims-closed");
    expect(over.problem?.data).to.include({ season: 1 }).and.to.have.property("closes").that.is.a("number");
    expect(over.problem?.message).to.include("Claims of season 1 closed");
    expect(over.problem?.remedy).to.include("season return");
  });

  it("says when claims are halted", async () => {
    const world = await funded();
    await world.dao.handover.connect(world.owners[0]).haltAwards();
    await world.afterEnd(1, 14 * DAY);
    const { ready, problem } = await readiness(world, world.holders[0].address);
    expect(ready).to.equal(false);
    expect(problem?.message).to.include("Claims are halted");
    expect(problem?.code).to.equal("awards.halted");
  });

  it("says what the contract answers to what nothing else has found", async () => {
    const { open, holders } = await funded();
    const { address } = holders[0];
    const live = await open();
    // As a node would have it that is ahead of the block that the season was read at.
    const season = { ...(await readRewardSeason(live, 1)), state: "claimable" } as const;
    const [budget] = season.budgets;
    if (budget === undefined) return expect.fail("the season isn't funded");
    const { problem } = await claimReadiness(live, season, budget, address, address);
    expect(problem?.message).to.match(/^The claim would fail: ContributionBadge\w+\(season: 1/u);
    expect(problem?.remedy).to.include("npx hardhat season list").and.to.include("npx hardhat dao status");
  });

  it("is the account's own while its badges are being moved to another one", async () => {
    const world = await funded();
    const { holders, dao, stranger, afterEnd } = world;
    const badge = await named("badge", dao.badge);
    const [alice] = holders;
    await afterEnd(1, 14 * DAY);
    await asSafe(world, [call(badge, "requestRecovery", [alice.address, stranger.address], "Recover")]);
    const others = await readiness(world, alice.address, holders[1].address);
    expect(others.problem?.message)
      .to.include(alice.address)
      .and.to.include("being moved to another account");
    expect((await readiness(world, alice.address)).ready).to.equal(true);
  });

  it("tells having no points from having been paid", async () => {
    const world = await funded();
    const { holders, afterEnd, open } = world;
    await afterEnd(1, 14 * DAY);
    const live = await open();
    const { address } = holders[1];
    const season = await readRewardSeason(live, 1);
    await executeAsSigner((await planClaims(live, season, address, address)).plan, holders[1]);
    expect((await readiness(world, address)).problem?.message).to.include(
      "nothing left to claim of the 100 BLUE",
    );
    const none = (await readiness(world, holders[2].address)).problem?.message;
    expect(none).to.equal(`${holders[2].address} has no points of season 1`);
  });
});

describe("readMemberRewards", () => {
  it("shows the share of a season that runs, as it is now", async () => {
    const world = await funded();
    const { address } = world.holders[0];
    const { seasons, claims } = await readMemberRewards(await world.open(), address);
    expect(claims).to.deep.equal([]);
    expect(seasons).to.have.length(1);
    expect(seasons[0]).to.deep.include({ number: 1, state: "running", points: 30, totalPoints: 40 });
    const [reward] = seasons[0]?.rewards ?? [];
    expect(reward).to.deep.include({ share: parseEther("75"), claimed: 0n, claimable: 0n });
    expect(reward?.problem?.message).to.include("Season 1 runs until");
  });

  it("shows what can be claimed, then what was, and later the claims", async () => {
    const world = await funded();
    const { holders, afterEnd, open, record } = world;
    const { address } = holders[0];
    await afterEnd(1, 14 * DAY);
    const live = await open();
    const before = await readMemberRewards(live, address);
    expect(before.seasons.map(({ number, state }) => [number, state])).to.deep.equal([
      [2, "running"],
      [1, "claimable"],
    ]);
    expect(before.seasons[1]?.rewards[0]).to.deep.include({ claimable: parseEther("75"), problem: null });

    const { plan } = await planClaims(live, await readRewardSeason(live, 1), address, address);
    const [receipt] = await executeAsSigner(plan, holders[0]);
    const after = await readMemberRewards(await open(), address);
    expect(after.seasons[1]?.rewards[0]).to.deep.include({ claimed: parseEther("75"), claimable: 0n });
    await afterEnd(2, 0);
    const later = await readMemberRewards(await open(), address);
    expect(later.seasons.map(({ number }) => number)).to.deep.equal([3, 2]);
    expect(later.claims).to.deep.equal([
      {
        season: 1,
        token: record.contracts.token,
        account: address,
        points: 30,
        amount: parseEther("75"),
        transaction: receipt?.hash,
      },
    ]);
    expect((await readMemberRewards(await open(), holders[1].address)).claims).to.deep.equal([]);
  });

  it("is empty for who has done nothing, and where nobody has", async () => {
    const world = await opened();
    const { seasons } = await readMemberRewards(world.live, world.stranger.address);
    expect(seasons[0]).to.deep.include({ points: 0, totalPoints: 40, rewards: [] });
    await world.afterEnd(1, 0);
    const later = await readMemberRewards(await world.open(), world.stranger.address);
    expect(later.seasons[0]).to.deep.include({ number: 2, points: 0, totalPoints: 0 });
  });
});
