import { expect } from "chai";
import { AbiCoder } from "ethers";
import { IMPLEMENTATION_SLOT } from "../../sdk/launch/predict.js";
import type { LiveDao } from "../../sdk/live.js";
import { openDao, refreshed } from "../../sdk/live.js";
import { launchedWorld, load, problemOf } from "./support.js";

describe("openDao", () => {
  const open = ({ record, context, connection }: Awaited<ReturnType<typeof launchedWorld>>, changed = {}) =>
    openDao({ ...record, ...changed }, context.provider, connection.provider);

  it("finds the DAO of a record", async () => {
    const world = await load(launchedWorld);
    const live = await open(world);
    expect(live.symbol).to.equal("BLUE");
    expect(live.safe).to.equal(world.record.safe);
    expect(live.now).to.equal((await world.context.provider.getBlock("latest"))?.timestamp);
    expect(await live.logsOf("handover")).to.deep.equal([]);
    expect(await live.logsOf("token")).not.to.be.empty;
    const { token } = live.contracts;
    const read = { address: world.record.contracts.token, interface: token.interface, name: "totalSupply" };
    expect(await live.readMany([read])).to.deep.equal([await token.totalSupply()]);
  });

  it("refuses the record of another chain", async () => {
    const problem = await problemOf(open(await load(launchedWorld), { chainId: "1" }));
    expect(problem.message).to.include("chain 1").and.to.include("31337");
  });

  it("refuses logs of a wallet that has gone to another chain", async () => {
    const { record, context, connection } = await load(launchedWorld);
    let chainId = "0x7a69";
    const wallet = {
      request: ({ method, params = [] }: { method: string; params?: readonly unknown[] }) =>
        method === "eth_chainId"
          ? Promise.resolve(chainId)
          : connection.provider.request({ method, params: [...params] }),
    };
    const live = await openDao(record, context.provider, wallet);
    expect(await live.logsOf("token")).not.to.be.empty;
    chainId = "0x1";
    expect((await problemOf(live.logsOf("token"))).message).to.include("this is chain 1");
  });

  it("refuses where nothing of the DAO is", async () => {
    const world = await load(launchedWorld);
    const contracts = { ...world.record.contracts, token: world.stranger.address };
    const problem = await problemOf(open(world, { contracts }));
    expect(problem.place).to.include(world.stranger.address);
  });

  it("refuses a contract that runs other code than recorded", async () => {
    const world = await load(launchedWorld);
    const { badge, token } = world.record.contracts;
    const other = world.record.implementations.BrandToken;
    await world.connection.networkHelpers.setStorageAt(
      badge,
      IMPLEMENTATION_SLOT,
      AbiCoder.defaultAbiCoder().encode(["address"], [other]),
    );
    const problem = await problemOf(open(world));
    expect(problem.place).to.include(badge).and.not.to.include(token);
    expect(problem.message).to.include(other).and.to.include(world.record.implementations.ContributionBadge);
    expect(problem.remedy).to.include("dao audit");
  });
});

describe("refreshed", () => {
  const world = async () => {
    const { connection, context, record } = await load(launchedWorld);
    const live = await openDao(record, context.provider, connection.provider);
    return { live, mine: () => connection.networkHelpers.mine() };
  };

  /** The DAO through a node that comes to a newer block only at the `looks`-th look. */
  const behind = (live: LiveDao, looks: number): LiveDao => {
    let left = looks;
    const provider = Object.create(live.provider) as LiveDao["provider"];
    provider.getBlock = () => {
      left -= 1;
      return live.provider.getBlock(left > 0 ? live.block : "latest");
    };
    return { ...live, provider };
  };

  it("is the same where there is no newer block", async () => {
    const { live } = await world();
    expect(await refreshed(live)).to.equal(live);
  });

  it("reads as of the newest block", async () => {
    const { live, mine } = await world();
    await mine();
    const { block, now, readMany } = await refreshed(live);
    // The chain's clock runs with the machine's: how much later the new block is depends on that.
    const newest = await live.provider.getBlock("latest");
    expect([block, now]).to.deep.equal([live.block + 1, newest?.timestamp]);
    expect(now).to.be.above(live.now);
    const { interface: contract } = live.contracts.governor;
    const clock = { address: live.record.contracts.governor, interface: contract, name: "clock" };
    expect(await readMany([clock])).to.deep.equal([now]);
  });

  it("waits for a node that is behind", async () => {
    const { live, mine } = await world();
    await mine();
    const patience = { attempts: 3, firstWait: 1 };
    expect(await refreshed(behind(live, 3), live.block + 1, patience)).to.deep.include({
      block: live.block + 1,
    });
    const problem = await problemOf(refreshed(behind(live, 4), live.block + 1, patience));
    expect(problem.message).to.include(live.block.toString());
  });
});
