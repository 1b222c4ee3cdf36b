import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import { executeAsSafe } from "../../sdk/node/execute/safe.js";
import { call, named } from "../../sdk/calls/plan.js";
import { readStatus } from "../../sdk/status.js";
import { launchedWorld, load } from "./support.js";

const DAY = 86_400;

describe("readStatus", () => {
  it("fails with what the node said, whichever answer fails", async () => {
    const { context, record } = await load(launchedWorld);
    const provider = new Proxy(context.provider, {
      get: (target, name) => {
        if (name === "getBalance") return () => Promise.reject(new Error("pruned"));
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const error: unknown = await readStatus(provider, record).catch((reason: unknown) => reason);
    expect(error).to.have.property("message", "pruned");
  });

  it("reads a DAO right after its launch", async () => {
    const { connection, context, plan, record } = await load(launchedWorld);
    const now = await connection.networkHelpers.time.latest();
    expect(await readStatus(context.provider, record)).to.deep.equal({
      name: "ブルー自転車",
      symbol: "BLUE",
      phase: "brand-led",
      vetoUntil: record.terms.guardianExpiry,
      communityDate: record.terms.communityDate,
      safe: plan.safe,
      isRecordsSafe: true,
      strangeModules: [],
      treasury: { wei: 0n, tokens: parseEther("20000") },
      supply: {
        total: parseEther("150000"),
        cap: parseEther("1000000"),
        circulating: parseEther("130000"),
        contributionVotes: 0n,
        mintable: parseEther("1000"),
      },
      governance: {
        votingDelay: DAY,
        votingPeriod: 3 * DAY,
        timelockDelay: 2 * DAY,
        gracePeriod: 14 * DAY,
        proposalThreshold: parseEther("500"),
        quorum: parseEther("25000"),
      },
      badges: {
        awarded: 0n,
        kinds: 2,
        points: 0n,
        season: 1,
        seasonEnds: now + 90 * DAY,
        seasonPoints: 0n,
        seasonPointsLimit: 100_000,
        halted: false,
        claims: null,
        recoveries: { requested: 0, limit: 10 },
      },
      contracts: record.contracts,
      board: { address: record.modules?.board, calls: 0 },
      pass: { address: record.modules?.pass, kind: 0, perks: 0 },
    });
  });

  it("says what a record calls a module that nobody but the record does", async () => {
    const { context, record } = await load(launchedWorld);
    const { board, pass } = record.modules ?? {};
    const changed = { ...record, modules: { board: record.contracts.drop, pass } };
    const status = await readStatus(context.provider, changed);
    const [strange, ...more] = status.strangeModules;
    expect([strange?.code, more]).to.deep.equal(["dao.other-module", []]);
    const { drop: found } = record.contracts;
    expect(strange?.data).to.deep.equal({ slug: record.slug, module: "board", found, expected: board });
    // What the DAO has is found without the record.
    expect(status.board).to.deep.equal({ address: board, calls: 0 });
  });

  it("follows what happens", async () => {
    const { connection, context, dao, launcher, record, owners, holders, stranger } =
      await load(launchedWorld);
    const badge = await named("badge", dao.badge);
    const calls = [
      call(badge, "award", [2, stranger.address, ZeroHash], "Award"),
      call(badge, "award", [1, stranger.address, ZeroHash], "Award"),
    ];
    const signers = { address: record.safe, owners: owners.slice(0, 2).map(({ address }) => address) };
    await executeAsSafe({ title: "Awards", calls }, context.provider, context.eip1193, signers);
    await launcher.sendTransaction({ to: record.contracts.timelock, value: 7n });
    await dao.token.connect(holders[0]).transfer(record.contracts.timelock, parseEther("1000"));
    await dao.handover.connect(owners[2]).haltAwards();

    const status = await readStatus(context.provider, record);
    expect(status.treasury).to.deep.equal({ wei: 7n, tokens: parseEther("21000") });
    expect(status.supply).to.deep.include({
      circulating: parseEther("129000"),
      contributionVotes: parseEther("100"),
    });
    expect(status.badges).to.deep.include({ awarded: 2n, points: 40n, seasonPoints: 40n, halted: true });

    await connection.networkHelpers.time.increaseTo(record.terms.guardianExpiry);
    const later = await readStatus(context.provider, record);
    expect(later.phase).to.equal("shared");
    const { start, end } = await dao.badge.seasonBounds(5);
    expect(later.badges).to.deep.include({
      season: 5,
      points: 40n,
      seasonPoints: 0n,
      seasonPointsLimit: 100_000,
      claims: { season: 4, opens: Number(start) + 14 * DAY, closes: Number(end) },
    });
  });

  it("counts the recoveries of the season", async () => {
    const { context, dao, record, owners, holders, stranger } = await load(launchedWorld);
    const badge = await named("badge", dao.badge);
    const calls = [
      call(badge, "award", [1, stranger.address, ZeroHash], "Award"),
      call(badge, "requestRecovery", [stranger.address, holders[0].address], "Recover"),
    ];
    const signers = { address: record.safe, owners: owners.slice(0, 2).map(({ address }) => address) };
    await executeAsSafe({ title: "A recovery", calls }, context.provider, context.eip1193, signers);
    const { badges } = await readStatus(context.provider, record);
    expect(badges.recoveries).to.deep.equal({ requested: 1, limit: 10 });
  });
});
