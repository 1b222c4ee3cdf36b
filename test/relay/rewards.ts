import { expect } from "chai";
import { BrowserProvider, parseEther } from "ethers";
import { call, named } from "../../sdk/calls/plan.js";
import { openDao } from "../../sdk/live.js";
import type { Reward } from "../../sdk/rewards/reward.js";
import { makeReward } from "../../sdk/rewards/reward.js";
import { readRewardSeason } from "../../sdk/rewards/seasons.js";
import { rewardsOf } from "../../relay/kinds/reward.js";
import { BrandToken__factory } from "../../typechain-types/index.js";
import { asSafe } from "../sdk/badges/support.js";
import type { RewardsWorld } from "../sdk/rewards/support.js";
import { DAY, fund, opened } from "../sdk/rewards/support.js";
import { payer } from "./support.js";

describe("what a relay asks of rewards", function () {
  this.timeout(240_000);
  let world: RewardsWorld;
  const rewards = rewardsOf([]);

  beforeEach(async () => {
    world = await opened();
    await fund(world.live, world.holders[0], parseEther("100"));
  });

  /** What becomes of payments, by how many there were before each. */
  async function verdicts(...values: Reward[]) {
    const found = await rewards.check(await world.open(), values, payer.address, true);
    return found.map((verdict) => ("problem" in verdict ? verdict.problem.code : verdict.status));
  }

  it("tells a payment from the next one: badges come to who was paid, by a recovery", async () => {
    const { holders, dao, live, afterEnd, connection, stranger, record, open } = world;
    const [alice, bob] = holders;
    const [first, second, third] = [0, 1, 2].map((earlier) =>
      makeReward(live, { season: 1, token: record.contracts.token, account: bob.address }, earlier),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error("none");
    await afterEnd(1, 14 * DAY);
    expect(await verdicts(first, second)).to.deep.equal(["valid", "season.payment-ahead"]);
    await dao.rewards.claim(1, record.contracts.token, bob.address);
    expect(await verdicts(first, second)).to.deep.equal(["done", "season.nothing-left"]);
    expect(await rewards.isDone(await open(), [first, second])).to.deep.equal([true, false]);
    const badge = await named("badge", dao.badge);
    await asSafe(world, [call(badge, "requestRecovery", [alice.address, bob.address], "Recover")]);
    await connection.networkHelpers.time.increaseTo((await dao.badge.recoveryOf(alice.address)).eta);
    await dao.badge.connect(stranger).recover(alice.address, [1, 2, 3]);
    expect(await verdicts(first, second, third)).to.deep.equal(["done", "valid", "season.payment-ahead"]);
    expect(rewards.identity(first)).not.to.deep.equal(rewards.identity(second));
    expect(rewards.subject(first)).not.to.equal(rewards.subject(second));
    const sent = await dao.rewards.claim(1, record.contracts.token, bob.address);
    const receipt = await sent.wait();
    expect([...rewards.doneIn(await open(), receipt?.logs ?? [], [second])]).to.deep.equal([0]);
    expect(await verdicts(first, second, third)).to.deep.equal(["done", "done", "season.nothing-left"]);
    expect(await rewards.isDone(await open(), [first, second, third])).to.deep.equal([true, true, false]);
  });

  it("asks the node no more for all the tokens that strangers fund a season with", async () => {
    const { holders, dao, connection, afterEnd, record, context } = world;
    const [alice, bob] = holders;
    const asked = async (use: (live: Awaited<ReturnType<typeof openDao>>) => Promise<unknown>) => {
      let requests = 0;
      const eip1193 = {
        request: (request: { method: string; params?: unknown[] }) => {
          // The others are ethers' own, as many as it likes.
          if (request.method === "eth_call" || request.method === "eth_getLogs") requests++;
          return context.eip1193.request(request);
        },
      };
      const live = await openDao(record, new BrowserProvider(eip1193), eip1193);
      const before = requests;
      await use(live);
      return requests - before;
    };
    const reward = makeReward(
      world.live,
      { season: 1, token: record.contracts.token, account: bob.address },
      0,
    );
    const check = () =>
      asked((live) =>
        rewards.check(live, [reward, { ...reward, token: record.contracts.drop }], payer.address, true),
      );
    const running = await connection.networkHelpers.takeSnapshot();
    await afterEnd(1, 14 * DAY);
    const before = await check();
    await running.restore();
    for (let i = 0; i < 12; i++) {
      const junk = await connection.ethers.deployContract("PlainToken", [[alice.address], 10n]);
      const token = BrandToken__factory.connect(await junk.getAddress(), alice);
      await token.approve(record.contracts.rewards, 10n);
      await dao.rewards.connect(alice).fund(1, token, 10n);
    }
    await afterEnd(1, 14 * DAY);
    expect(await check()).to.equal(before);
    expect(await asked((live) => readRewardSeason(live, 1))).to.be.above(before);
  });
});
