import { expect } from "chai";
import { readLogs } from "../../../sdk/chain/logs.js";
import { isPassing } from "../../../sdk/chain/patience.js";
import { launchedWorld, load, problemOf } from "../support.js";
import { limited, withGetLogs } from "./support.js";

describe("readLogs", () => {
  /** A live DAO, 25,000 blocks after its launch and with one more event in the newest. */
  async function longAgo() {
    const { connection, context, dao, record, holders } = await load(launchedWorld);
    await connection.networkHelpers.mine(25_000);
    await (await dao.token.connect(holders[0]).transfer(holders[1], 1n)).wait();
    const filter = {
      address: record.contracts.token,
      topics: [dao.token.interface.getEvent("Transfer").topicHash],
    };
    const all = await context.provider.getLogs({ ...filter, fromBlock: 0 });
    expect(all).to.have.length(5);
    return { provider: context.provider, filter, from: record.startBlock, all };
  }

  for (const most of [Infinity, 10_000, 3_000, 799]) {
    it(`finds all where the node searches ${most} blocks at once`, async () => {
      const { provider, filter, from, all } = await longAgo();
      const { node, ranges } = limited(provider, () => most);
      expect(await readLogs(node, filter, from)).to.deep.equal(all);
      const blocks = (await provider.getBlockNumber()) - from + 1;
      expect(ranges.reduce((sum, range) => sum + range)).to.equal(blocks);
    });
  }

  it("finds each once where the node searches ten blocks at once", async () => {
    const { context, record } = await load(launchedWorld);
    const { node } = limited(context.provider, () => 10);
    const filter = { address: Object.values(record.contracts) };
    const all = await context.provider.getLogs({ ...filter, fromBlock: 0 });
    expect(await readLogs(node, filter, 0)).to.deep.equal(all);
    expect(all).to.have.length.above(30);
  });

  it("takes larger steps again once the node lets it", async () => {
    const { provider, filter, from, all } = await longAgo();
    let asked = 0;
    const { node, ranges } = limited(provider, () => (asked++ < 8 ? 50 : Infinity));
    expect(await readLogs(node, filter, from)).to.deep.equal(all);
    expect(Math.max(...ranges)).to.be.greaterThan(5_000);
    expect(ranges.length).to.be.lessThan(20);
  });

  it("remembers what was refused, for the next contract too, and waits for none of it", async () => {
    const { provider, filter, from, all } = await longAgo();
    let refusals = 0;
    const node = withGetLogs(provider, async (asked) => {
      const blocks = Number(asked.toBlock) - Number(asked.fromBlock) + 1;
      if (blocks <= 3_000) return provider.getLogs(asked);
      refusals += 1;
      throw Object.assign(new Error("query timeout exceeded"), { code: -32_000 });
    });
    const start = performance.now();
    expect(await readLogs(node, filter, from)).to.deep.equal(all);
    expect(refusals).to.be.at.most(4);
    expect(await readLogs(node, filter, from)).to.deep.equal(all);
    expect(refusals).to.be.at.most(5);
    expect(performance.now() - start).to.be.below(10_000);
    expect(isPassing("query timeout exceeded", -32_005)).to.equal(false);
  });

  it("doesn't ask for fewer blocks where the range isn't what is wrong", async () => {
    const { context, record } = await load(launchedWorld);
    for (const [code, message] of [
      [401, "Must be authenticated!"],
      [-32_012, "credits limited to 6000/sec"],
    ] as const) {
      let asked = 0;
      const node = withGetLogs(context.provider, () => {
        asked += 1;
        return Promise.reject(Object.assign(new Error(message), { code }));
      });
      const problem = await problemOf(readLogs(node, { address: record.contracts.token }, 0));
      expect(problem.message).to.include(message);
      expect(asked).to.be.at.most(3);
    }
  });

  it("reads nothing from blocks that are not there yet", async () => {
    const { context, record } = await load(launchedWorld);
    const next = (await context.provider.getBlockNumber()) + 1;
    const { node, ranges } = limited(context.provider, () => 0);
    expect(await readLogs(node, { address: record.contracts.token }, next)).to.deep.equal([]);
    expect(ranges).to.deep.equal([]);
  });

  it("gives up where the node refuses even one block", async () => {
    const { context, record } = await load(launchedWorld);
    const { node } = limited(context.provider, () => 0);
    const problem = await problemOf(readLogs(node, { address: record.contracts.token }, record.startBlock));
    expect(problem.place).to.equal("eth_getLogs");
    expect(problem.message).to.include(record.startBlock.toString());
  });
});
