import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { Provider } from "ethers";
import { UnreadableAnswer } from "../../../sdk/chain/answer.js";
import { LogCache } from "../../../sdk/chain/logCache.js";
import { FileLogs } from "../../../sdk/node/chain/fileLogs.js";
import { launchedWorld, type LaunchedWorld, load } from "../support.js";
import { limited, plain, withGetLogs } from "./support.js";

describe("LogCache", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-cache-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** A live DAO, 300 blocks after its launch, with transfers among them. */
  async function aWhileAgo() {
    const world = await load(launchedWorld);
    for (let i = 0; i < 6; i++) {
      await transfer(world);
      await world.connection.networkHelpers.mine(50);
    }
    const { record, context } = world;
    const address = record.contracts.token;
    const file = path.join(folder, "31337", `${address.toLowerCase()}.jsonl`);
    const read = async (provider: Provider = context.provider, cache = new LogCache(new FileLogs(folder))) =>
      (await cache.read(provider, 31_337n, address, record.startBlock)).map(plain);
    const onChain = async () => {
      const logs = await context.provider.getLogs({ address, fromBlock: record.startBlock });
      return logs.map(plain);
    };
    return { ...world, file, read, onChain };
  }

  async function transfer({ dao, holders }: LaunchedWorld): Promise<void> {
    await (await dao.token.connect(holders[0]).transfer(holders[1], 1n)).wait();
  }

  it("finds what is on the chain, with and without a folder", async () => {
    const { read, onChain, context } = await aWhileAgo();
    const all = await onChain();
    expect(all).to.have.length.above(10);
    expect(await read()).to.deep.equal(all);
    expect(await read()).to.deep.equal(all);
    expect(await read(context.provider, new LogCache(undefined))).to.deep.equal(all);
  });

  it("asks a second time only for what is new or not settled", async () => {
    const world = await aWhileAgo();
    await world.read();
    await world.connection.networkHelpers.mine(7);
    await transfer(world);
    const { node, ranges } = limited(world.context.provider, () => Infinity);
    expect(await world.read(node)).to.deep.equal(await world.onChain());
    // What was unsettled, and the eight new blocks, once for the file and once for now.
    expect(ranges.reduce((sum, range) => sum + range)).to.equal(32 + 8);
  });

  it("reads what is kept once for many questions, and again where it isn't kept any more", async () => {
    const { read, onChain, file, record, context, connection } = await aWhileAgo();
    await connection.networkHelpers.mine(40);
    const cache = new LogCache(new FileLogs(folder));
    const ask = () => cache.read(context.provider, 31_337n, record.contracts.token, record.startBlock);
    await ask();
    const kept = await ask();
    expect(await ask()).to.equal(kept);
    await writeFile(file, "{}\n");
    expect(await read(context.provider, cache)).to.deep.equal(await onChain());
    await cache.forget(31_337n, record.contracts.token);
    expect(await read(context.provider, cache)).to.deep.equal(await onChain());
  });

  it("isn't kept busy for ever by a node that makes up its newest block", async () => {
    const { context, record } = await aWhileAgo();
    let searched = 0;
    const node = {
      getBlockNumber: () => Promise.resolve(10 ** 12),
      getBlock: (block: number) => context.provider.getBlock(block),
      getLogs: () => {
        searched += 1;
        return Promise.resolve([]);
      },
    };
    for (const cache of [new LogCache(undefined), new LogCache(new FileLogs(folder))]) {
      const reading = cache.read(node, 31_337n, record.contracts.badge, record.startBlock);
      expect(await reading.catch((error: unknown) => error)).to.be.instanceOf(UnreadableAnswer);
    }
    expect(searched).to.equal(0);
  });

  it("keeps each contract apart, and each chain", async () => {
    const { read, context, record, file } = await aWhileAgo();
    await read();
    const cache = new LogCache(new FileLogs(folder));
    const { node, ranges } = limited(context.provider, () => Infinity);
    const badge = await cache.read(node, 31_337n, record.contracts.badge, record.startBlock);
    expect(badge).to.have.length.above(0);
    expect(badge.map(({ transactionHash }) => transactionHash)).not.to.be.empty;
    const before = ranges.length;
    await cache.read(node, 1n, record.contracts.token, record.startBlock);
    expect(ranges.length).to.be.above(before);
    expect((await stat(file)).size).to.be.above(0);
  });

  it("goes on after it was killed while it wrote", async () => {
    const { read, onChain, file } = await aWhileAgo();
    await read();
    const { size } = await stat(file);
    for (const left of [size - 1, Math.floor(size / 2), 1, 0]) {
      await truncate(file, left);
      expect(await read(), `${left} bytes`).to.deep.equal(await onChain());
      expect((await stat(file)).size).to.equal(size);
    }
  });

  it("goes on after a line that is none of its own", async () => {
    const { read, onChain, file, connection } = await aWhileAgo();
    await read();
    const good = await readFile(file, "utf8");
    for (const line of ["not JSON\n", '{"from":0}\n', "\n", '{"from":1,"to":2,"hash":"0x","logs":[[1]]}\n']) {
      await appendFile(file, line);
      expect(await read(), line).to.deep.equal(await onChain());
      expect(await readFile(file, "utf8")).to.equal(good);
    }
    await connection.networkHelpers.mine(40);
    await read();
    expect(await readFile(file, "utf8")).to.satisfy((text: string) => text.startsWith(good));
  });

  it("takes a file of an earlier form for none, and writes it anew", async () => {
    const { read, onChain, file } = await aWhileAgo();
    await read();
    const good = await readFile(file, "utf8");
    const { from, to, hash } = JSON.parse(good) as { from: number; to: number; hash: string };
    const all = await onChain();
    // As it was written before there was a version: a log that isn't on the chain would be believed.
    const logs = all.map(({ blockNumber, index, transactionHash, topics }) => [
      blockNumber,
      index,
      transactionHash,
      topics,
      "0x01",
    ]);
    await writeFile(file, `${JSON.stringify({ from, to, hash, logs })}\n`);
    expect(await read()).to.deep.equal(all);
    expect(await readFile(file, "utf8")).to.equal(good);
    await writeFile(file, good.replace(/"version":\d+/u, '"version":1'));
    expect(await read()).to.deep.equal(all);
    expect(await readFile(file, "utf8")).to.equal(good);
  });

  it("goes on after a line whose logs are none", async () => {
    const { read, onChain, file } = await aWhileAgo();
    await read();
    const good = await readFile(file, "utf8");
    for (const [whole, broken] of [
      [/"logs":"[^"]*"/u, '"logs":"1 2"'],
      [/"logs":"[^"]*"/u, '"logs":7'],
      [/"words":"[^"]*"/u, '"words":"?"'],
    ] as const) {
      await writeFile(file, good.replace(whole, broken));
      expect(await read(), broken).to.deep.equal(await onChain());
      expect(await readFile(file, "utf8")).to.equal(good);
    }
  });

  it("keeps what it found before the node broke off", async () => {
    const { read, onChain, context, file } = await aWhileAgo();
    let left = 25;
    const { node } = limited(context.provider, () => 10);
    const breaking = withGetLogs(node, async (filter) => {
      const blocks = Number(filter.toBlock) - Number(filter.fromBlock) + 1;
      if (blocks <= 10 && left-- <= 0) throw new Error("the node is gone");
      return node.getLogs(filter);
    });
    await read(breaking).catch(() => undefined);
    const kept = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
    expect(kept.length).to.be.above(0);
    const { node: whole, ranges } = limited(context.provider, () => Infinity);
    expect(await read(whole)).to.deep.equal(await onChain());
    expect(ranges.reduce((sum, range) => sum + range)).to.be.below(300);
  });

  it("reads again what a reorganisation changed, however deep", async () => {
    const world = await aWhileAgo();
    const { read, onChain, connection, context } = world;
    const living = new LogCache(new FileLogs(folder));
    const snapshot = await connection.networkHelpers.takeSnapshot();
    for (let i = 0; i < 5; i++) {
      await transfer(world);
      await connection.networkHelpers.mine(40);
      await read();
      await read(context.provider, living);
    }
    const before = await read();
    await snapshot.restore();
    await connection.networkHelpers.mine(3);
    await transfer(world);
    await connection.networkHelpers.mine(250);
    const after = await read();
    expect(after).to.deep.equal(await onChain());
    expect(after.length).to.equal(before.length - 4 * 3);
    expect(await read(context.provider, living)).to.deep.equal(after);
  });

  it("believes no file of another chain with the same id", async () => {
    const { read, onChain, file, connection, context } = await aWhileAgo();
    await read();
    const text = await readFile(file, "utf8");
    const block = await context.provider.getBlock(1);
    await rm(file);
    await connection.networkHelpers.mine(100);
    // Blocks that this chain doesn't have.
    await appendFile(file, text.replaceAll(/"hash":"0x[0-9a-f]+"/g, `"hash":"${block?.hash ?? ""}"`));
    expect(await read()).to.deep.equal(await onChain());
  });

  it("isn't confused by two that read at the same time", async () => {
    const { read, onChain, file, connection } = await aWhileAgo();
    await Promise.all([read(), read(), read()]);
    expect(await read()).to.deep.equal(await onChain());
    await connection.networkHelpers.mine(100);
    await Promise.all([read(), read()]);
    const { size } = await stat(file);
    expect(await read()).to.deep.equal(await onChain());
    expect((await stat(file)).size).to.equal(size);
  });
});
