import { expect } from "chai";
import { parseEther, Wallet, ZeroHash } from "ethers";
import { ideaOf } from "../../sdk/ideas/names.js";
import type { IdeaSupport } from "../../sdk/ideas/signing.js";
import { KIND } from "../sdk/badges/support.js";
import { MOOD } from "../sdk/governance/ballotWorld.js";
import { AHEAD, refusalOf, useRelays } from "./harness.js";
import { customers, payer, voterAt, voters } from "./support.js";

const DAY = 86_400;

/** Of a call for ideas in which members count. */
const CALL = { ideasFor: 14 * DAY, supportFor: 7 * DAY, ideasPerMember: 3, counting: 1, options: [] };

describe("support that a relay is handed in", function () {
  this.timeout(180_000);
  const { world, start, stop, handIn, mine, transactions } = useRelays();

  /** Nothing is sent at this price. */
  const waits = { gas: { most: "0.000001 gwei" } };
  const pass = (seconds: number) => world().connection.networkHelpers.time.increase(seconds);
  const tallies = async (of = 1) =>
    Promise.all([1, 2, 3].map(async (place) => (await world().dao.board.ideaOf(ideaOf(of, place))).tally));
  const refusal = async (relay: Awaited<ReturnType<typeof start>>, support: object) =>
    refusalOf(relay.api.post("/supports", support));

  it("is taken, much in one transaction, by the board's own batch", async () => {
    const many = await Promise.all(
      voters.slice(0, 8).map((voter, i) => world().supportOf(voter, [1 + (i % 3)])),
    );
    const waiting = await start(waits);
    const ids = await handIn(waiting, "/supports", many);
    await stop();
    const relay = await start();
    const jobs = await relay.api.until(ids, "final");
    expect(new Set(jobs.map(({ transaction }) => transaction)).size).to.equal(1);
    expect(await transactions()).to.equal(1);
    expect(await tallies()).to.deep.equal([3n, 3n, 2n].map((count) => count * 10n ** 8n));
    // Whoever else handed it in before: it is done, and nothing is paid for it.
    const own = await world().supportOf(voterAt(8), [2]);
    const { ideas, supporter, signature } = own;
    await world().dao.board.supportBySig(supporter, ideas, signature);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await relay.api.until(await handIn(relay, "/supports", [own]), "final");
    expect(await transactions()).to.equal(1);
  });

  it("is refused where it is another DAO's, another chain's, changed, too much, or taken before; each says why", async () => {
    const relay = await start({}, { rest: 60_000 });
    const own = await world().supportOf(voterAt(0), [1]);
    const other = await world().supportOf(voterAt(1), [1]);
    const { contracts } = world().record;
    expect(await refusal(relay, { ...own, chainId: "1" })).to.deep.equal([422, "signed.other-chain"]);
    expect(await refusal(relay, { ...own, board: contracts.drop })).to.deep.equal([
      422,
      "signed.other-contract",
    ]);
    expect(await refusal(relay, { ...own, ideas: [ideaOf(1, 2).toString()] })).to.deep.equal([
      422,
      "signed.not-signed",
    ]);
    expect(await refusal(relay, { ...own, supporter: other.supporter })).to.deep.equal([
      422,
      "signed.not-signed",
    ]);
    expect(await refusal(relay, { ...own, ideas: [ideaOf(1, 9).toString()] })).to.deep.equal([
      422,
      "support.idea-unknown",
    ]);
    expect(await refusal(relay, { ...own, ideas: [ideaOf(9, 1).toString()] })).to.deep.equal([
      422,
      "support.idea-unknown",
    ]);
    const twice = await world().supportOf(voterAt(0), [1, 1]);
    expect(await refusal(relay, twice)).to.deep.equal([422, "idea.named-twice"]);
    const huge = { ...own, ideas: [(2n ** 256n - 1n).toString()] };
    expect(await refusal(relay, huge)).to.deep.equal([422, "support.idea-unknown"]);
    expect(await refusal(relay, { ...own, ideas: [] })).to.deep.equal([400, "signed.not-whole"]);
    const poor = await world().supportOf(Wallet.createRandom(), [1]);
    expect(await refusal(relay, poor)).to.deep.equal([422, "relay.votes-few"]);
    const one = await world().openCall({ choice: 1 });
    const picked = await world().supportOf(voterAt(0), [1, 2], { call: one });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await pass(1);
    expect(await refusal(relay, picked)).to.deep.equal([422, "idea.support-most"]);
    const replayed = await world().supportOf(voterAt(2), [1, 2]);
    await world().dao.board.supportBySig(replayed.supporter, [...replayed.ideas], replayed.signature);
    const some = await world().supportOf(voterAt(2), [2, 3]);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(relay, some)).to.deep.equal([422, "idea.supported-already"]);
    // A replay is done, and costs nothing; one that isn't signed is none.
    expect((await relay.api.post("/supports", replayed)).state).to.equal("confirmed");
    expect(await refusal(relay, { ...replayed, signature: own.signature })).to.deep.equal([
      422,
      "signed.not-signed",
    ]);
    await pass(31 * DAY);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(relay, own)).to.deep.equal([422, "idea.support-over"]);
    expect(await transactions()).to.equal(0);
  });

  it("of which some fails keeps no other from being taken, and its sender learns why", async () => {
    const { hostile, wallet, holders } = world();
    const [owner] = holders;
    const fine = await Promise.all([0, 1].map((i) => world().supportOf(voterAt(i), [1])));
    const late = await world().supportOf(voterAt(2), [2]);
    const greedy: IdeaSupport = {
      ...(await world().supportOf(voterAt(3), [3])),
      supporter: wallet,
      signature: "0x01",
    };
    const waiting = await start(waits);
    const ids = await handIn(waiting, "/supports", [...fine, late, greedy]);
    await stop();
    await mine("evm_setAutomine", false);
    const relay = await start();
    await relay.api.until(ids, "sent", "stuck");
    // When it is on its way one of them supports otherwise, and a wallet changes its mind.
    await hostile
      .connect(owner)
      .getFunction("become")
      .send(MOOD.burnsGas, { ...AHEAD, gasLimit: 100_000n });
    const first = await world().supportOf(voterAt(2), [2, 3]);
    const { board } = world().dao;
    await board.connect(owner).supportBySig(first.supporter, [...first.ideas], first.signature, {
      ...AHEAD,
      gasLimit: 400_000n,
    });
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until(ids.slice(0, 2), "final");
    // It is so by the other one.
    await relay.api.until(ids.slice(2, 3), "confirmed", "final");
    const [refused] = await relay.api.until(ids.slice(3), "refused");
    expect(refused?.problem?.code).to.equal("signed.wallet-refuses");
    expect(relay.service.store.find(ids[3] ?? "")?.strikes).to.equal(1);
    expect(await tallies()).to.deep.equal([2n, 1n, 1n].map((count) => count * 10n ** 8n));
    expect(await transactions()).to.equal(1);
  });

  it("waits until its call takes it, of members alone, signed, and one idea at a time; ten of an account at most", async () => {
    const { badge, dao, holders } = world();
    const [alice] = holders;
    const [member, stranger, newcomer] = [voterAt(0), voterAt(1), customers[0] ?? payer];
    await badge.award(KIND.REVIEW, alice, ZeroHash);
    await badge.award(KIND.REVIEW, member.address, ZeroHash);
    const number = await world().openCall(CALL);
    for (const title of ["a", "b", "c"]) await dao.board.connect(alice).submit(number, title, "", ZeroHash);
    const sign = (voter: Wallet, ...places: number[]) => world().supportOf(voter, places, { call: number });
    const early = await sign(member, 1);
    const relay = await start();
    const taken = await relay.api.post("/supports", early);
    expect([taken.status, taken.state]).to.deep.equal([202, "waiting"]);
    expect(await refusal(relay, await sign(member, 1, 2))).to.deep.equal([422, "idea.sign-one-before"]);
    expect(await refusal(relay, { ...(await sign(member, 2)), signature: early.signature })).to.deep.equal([
      422,
      "signed.not-signed",
    ]);
    for (const nobody of [stranger, newcomer]) {
      expect(await refusal(relay, await sign(nobody, 1))).to.deep.equal([422, "idea.no-voice"]);
    }
    await dao.board.connect(alice).withdraw(ideaOf(number, 3));
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(relay, await sign(member, 3))).to.deep.equal([422, "idea.withdrawn"]);
    while ((await relay.api.get(`/jobs/${taken.id}`)).problem === null) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await relay.api.get(`/jobs/${taken.id}`)).problem?.code).to.equal("idea.support-not-open");
    // Many ways of one account that exclude each other.
    const { store } = relay.service;
    const { database } = store;
    database.exec(
      `INSERT INTO jobs (id, digest, kind, subject, account, share, state, createdAt, changedAt)
       SELECT 'i' || value, 'd' || value, 'support', 's' || value, '${member.address}', '${number}', 'waiting', 0, 0
       FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 9) SELECT value FROM n)`,
    );
    expect(await refusal(relay, await sign(member, 2))).to.deep.equal([429, "relay.subject-busy"]);
    database.exec("DELETE FROM jobs WHERE digest LIKE 'd_'");
    await stop();
    await pass(14 * DAY + 1);
    await mine("evm_mine");
    const { now: realNow } = Date;
    const ahead = ((await world().open()).now + 60) * 1000 - realNow();
    Date.now = () => realNow() + ahead;
    try {
      await (await start()).api.until([taken.id], "final");
    } finally {
      Date.now = realNow;
    }
    expect((await dao.board.ideaOf(ideaOf(number, 1))).tally).to.equal(1n);
  });

  it("is held to what a call, and an account, may cost in a day", async () => {
    const low = "0.000001 ether";
    const relay = await start({ budget: { day: "5 ether", call: low } });
    const of = async (id: string) => {
      for (;;) {
        const { problem, state } = await relay.api.get(`/jobs/${id}`);
        if (problem !== null) return [state, problem.code, (problem as { data?: { of?: string } }).data?.of];
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    const [id = ""] = await handIn(relay, "/supports", [await world().supportOf(voterAt(0), [1])]);
    expect(await of(id)).to.deep.equal(["waiting", "relay.budget-used", "call"]);
    const ballots = await handIn(relay, "/ballots", [await world().ballotOf(voterAt(0), "for")]);
    await relay.api.until(ballots, "final");
  });

  it("isn't taken by the relay of a DAO without a board, which says so; all else is", async () => {
    const { record, dao } = world();
    expect(record.modules?.board).to.equal(await dao.board.getAddress());
    await mine("hardhat_setCode", record.modules?.board, "0x");
    const relay = await start();
    const { takes } = (await relay.api.get("/status")) as unknown as { takes: string[] };
    expect(takes).to.include.members(["claim", "nickname"]).and.not.to.include("support");
    expect(await refusal(relay, await world().claimOf(0))).to.deep.equal([404, "relay.kind-off"]);
    expect(
      relay.logged.filter(({ event }) => event === "kind-left-out").map(({ fields }) => fields),
    ).to.deep.equal([{ kind: "support" }]);
    const { paths } = (await relay.api.get("/openapi.json")) as unknown as {
      paths: Record<string, { post: object }>;
    };
    expect(Object.keys(paths["/supports"]?.post ?? {})).not.to.include("requestBody");
    expect(Object.keys(paths["/nicknames"]?.post ?? {})).to.include("requestBody");
    await stop();
    const alone = await start({ data: "other", takes: ["support"] }).catch((error: unknown) => error);
    expect(alone).to.have.nested.property("problems[0].code", "dao.no-module");
  });
});

describe("nicknames that a relay is handed in", function () {
  this.timeout(180_000);
  const { world, start, handIn, mine, transactions } = useRelays();
  const refusal = async (relay: Awaited<ReturnType<typeof start>>, nickname: object) =>
    refusalOf(relay.api.post("/nicknames", nickname));
  const nicknameOf = (account: string) => world().dao.nicknames.nicknameOf(account);

  it("are members' own: each alone, once, and until they expire", async () => {
    const { badge, dao, connection } = world();
    const [voter, member, stranger] = [voterAt(0), customers[0] ?? payer, customers[1] ?? payer];
    await badge.award(KIND.REVIEW, member.address, ZeroHash);
    const relay = await start();
    const signed = await Promise.all([
      world().nicknameOf(voter, "はな"),
      world().nicknameOf(member, "Bob 🐈"),
    ]);
    const ids = await handIn(relay, "/nicknames", signed);
    const jobs = await relay.api.until(ids, "final");
    expect(new Set(jobs.map(({ transaction }) => transaction)).size).to.equal(2);
    expect([await nicknameOf(voter.address), await nicknameOf(member.address)]).to.deep.equal([
      "はな",
      "Bob 🐈",
    ]);
    const [first] = signed;
    const { nicknames } = dao;
    expect(await refusal(relay, await world().nicknameOf(stranger, "Carol"))).to.deep.equal([
      422,
      "relay.not-member",
    ]);
    const next = await world().nicknameOf(voter, "花");
    for (const [changed, code] of [
      [{ chainId: "1" }, "signed.other-chain"],
      [{ nicknames: world().record.contracts.token }, "signed.other-contract"],
      [{ nickname: "Treasury" }, "signed.not-signed"],
      [{ account: voterAt(1).address }, "signed.not-signed"],
      [{ nonce: "0" }, "signed.not-signed"],
      [{ deadline: next.deadline + 1 }, "signed.not-signed"],
      [{ signature: first.signature }, "signed.not-signed"],
    ] as const) {
      expect(await refusal(relay, { ...next, ...changed }), code).to.deep.equal([422, code]);
    }
    for (const nickname of ["x".repeat(33), "a\u202eb", "a\nb"]) {
      expect(await refusal(relay, { ...next, nickname })).to.deep.equal([400, "signed.not-whole"]);
    }
    // A replay is the same job, and nothing is paid.
    expect(await relay.api.post("/nicknames", first)).to.deep.include({ status: 200, id: ids[0] });
    await mine("hardhat_setBalance", voter.address, `0x${parseEther("1").toString(16)}`);
    await nicknames.connect(voter.connect(world().context.provider)).set("");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(relay, next)).to.deep.equal([422, "signed.nonce-used"]);
    const late = await world().nicknameOf(voter, "花", 100);
    await connection.networkHelpers.time.increase(100);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusal(relay, late)).to.deep.equal([422, "signed.expired"]);
    expect(await transactions()).to.equal(2);
  });

  it("aren't kept where nothing is to be done: anybody could sign any number", async () => {
    const relay = await start({}, { rest: 60_000 });
    const signed = await world().nicknameOf(voterAt(0), "はな");
    const { account, nickname, deadline, signature } = signed;
    await world().dao.nicknames.setBySig(account, nickname, deadline, signature);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    // What was handed in by somebody else is done.
    expect((await relay.api.post("/nicknames", signed)).state).to.equal("confirmed");
    const { chainId } = await world().context.provider.getNetwork();
    const domain = { name: "Nicknames", version: "1", chainId, verifyingContract: signed.nicknames };
    const types = {
      Nickname: [
        { name: "account", type: "address" },
        { name: "nickname", type: "string" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint48" },
      ],
    };
    const message = { account, nickname, nonce: 1, deadline };
    const idle = { ...signed, nonce: "1", signature: await voterAt(0).signTypedData(domain, types, message) };
    expect(await refusal(relay, idle)).to.deep.equal([422, "nickname.same-already"]);
  });

  it("of a contract that burns all gas cost no more than one may", async () => {
    const { hostile, wallet, holders } = world();
    const [owner] = holders;
    const signed = {
      ...(await world().nicknameOf(voterAt(0), "Greedy")),
      account: wallet,
      signature: "0x01",
    };
    await mine("evm_setAutomine", false);
    const relay = await start();
    const ids = await handIn(relay, "/nicknames", [signed]);
    await relay.api.until(ids, "sent", "stuck");
    await hostile
      .connect(owner)
      .getFunction("become")
      .send(MOOD.burnsGas, { ...AHEAD, gasLimit: 100_000n });
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    const [refused] = await relay.api.until(ids, "refused");
    expect(refused?.problem?.code).to.equal("signed.wallet-refuses");
    expect(relay.service.store.find(ids[0] ?? "")?.strikes).to.equal(1);
    const { provider } = world().context;
    const block = await provider.getBlock("latest", true);
    const own = block?.prefetchedTransactions.find(({ from }) => from === payer.address);
    expect(own?.gasLimit ?? 0n).to.be.below(1_700_000n);
  });
});
