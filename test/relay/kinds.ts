import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import type { Reward } from "../../sdk/rewards/reward.js";
import { signDelegation } from "../../sdk/token/delegations.js";
import { KIND, SEASON } from "../sdk/badges/support.js";
import { useFolder } from "../sdk/signed/support.js";
import { load } from "../sdk/support.js";
import { redemptionOf } from "./signed.js";
import type { RelayedWorld } from "./support.js";
import { Bridge, customers, payer, relayedWorld, startRelay, voters, writeSettings } from "./support.js";

describe("what a relay carries out", function () {
  this.timeout(180_000);
  const folder = useFolder();
  let world: RelayedWorld;
  let bridge: Bridge;
  let relay: Awaited<ReturnType<typeof startRelay>>;

  beforeEach(async () => {
    world = await load(relayedWorld);
    bridge = await Bridge.before(world.connection);
    const { config } = await writeSettings(folder(), world);
    relay = await startRelay(config, bridge.url);
  });

  afterEach(async () => {
    await relay.service.stop();
    await bridge.stop();
  });

  const transactions = () => world.context.provider.getTransactionCount(payer.address);

  it("are vouchers: each once, together, and not those that are over", async () => {
    const { now } = await world.open();
    const accounts = customers.slice(0, 3).map(({ address }) => address);
    const redemptions = await Promise.all(
      accounts.map((account, i) => redemptionOf(world, i + 1, account, now + 1_000)),
    );
    const handed = await Promise.all(redemptions.map((each) => relay.api.post("/vouchers", each)));
    expect(handed.map(({ status, problem }) => [status, problem])).to.deep.equal(
      handed.map(() => [202, null]),
    );
    const jobs = await relay.api.until(
      handed.map(({ id }) => id),
      "final",
    );
    expect(new Set(jobs.map(({ transaction }) => transaction)).size).to.be.below(3);
    for (const account of accounts) expect(await world.dao.badge.balanceOf(account)).to.equal(1n);
    const late = await relay.api.post("/vouchers", await redemptionOf(world, 9, accounts[0] ?? "", now));
    expect([late.status, late.problem?.code]).to.deep.equal([422, "voucher.expired"]);
    const [used] = redemptions;
    const other = await relay.api.post("/vouchers", { ...used, account: accounts[1] });
    expect([other.status, other.problem?.code]).to.deep.equal([422, "voucher.redeemed-already"]);
  });

  it("are delegations, of those who have votes", async () => {
    const live = await world.open();
    const sign = (voter: (typeof voters)[number]) =>
      signDelegation(live, voter.connect(world.context.provider), payer.address, live.now + 10_000);
    const handed = [];
    for (const voter of voters.slice(0, 3))
      handed.push(await relay.api.post("/delegations", await sign(voter)));
    await relay.api.until(
      handed.map(({ id }) => id),
      "final",
    );
    expect(await world.dao.token.getVotes(payer.address)).to.equal(parseEther("3"));
    const [nobody] = customers;
    if (nobody === undefined) throw new Error("there is nobody");
    const poor = await relay.api.post("/delegations", await sign(nobody));
    expect([poor.status, poor.problem?.code]).to.deep.equal([422, "relay.votes-few"]);
  });

  it("are rewards of seasons, paid to whom they are due", async () => {
    const { record, dao, holders, badge, connection } = world;
    const [alice, bob] = holders;
    const season = Number(await dao.badge.currentSeason());
    await badge.award(KIND.REVIEW, bob, ZeroHash);
    await dao.token.connect(alice).approve(record.contracts.rewards, parseEther("10"));
    await dao.rewards.connect(alice).fund(season, record.contracts.token, parseEther("10"));
    const before = await dao.token.balanceOf(bob);
    const reward: Reward = {
      kind: "reward",
      version: 1,
      dao: record.slug,
      chainId: record.chainId,
      rewards: record.contracts.rewards,
      season,
      token: record.contracts.token,
      account: bob.address,
      earlier: 0,
    };
    const early = await relay.api.post("/rewards", reward);
    expect([early.status, early.problem?.code]).to.deep.equal([422, "season.running"]);
    await connection.networkHelpers.time.increase(SEASON + Number(await dao.badge.disputeWindow()) + 60);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const { id } = await relay.api.post("/rewards", reward);
    await relay.api.until([id], "final");
    expect(await dao.token.balanceOf(bob)).to.equal(before + parseEther("10"));
    const nothing = await relay.api.post("/rewards", { ...reward, account: alice.address });
    expect([nothing.status, nothing.problem?.code]).to.deep.equal([422, "season.no-points"]);
    expect(await transactions()).to.equal(1);
  });
});
