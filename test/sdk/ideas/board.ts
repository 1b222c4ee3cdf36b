import { expect } from "chai";
import { AbiCoder, ZeroHash, zeroPadValue } from "ethers";
import { readLedger } from "../../../sdk/badges/ledger.js";
import { planRequest } from "../../../sdk/badges/recovery/recoveryPlans.js";
import type { ChainLog } from "../../../sdk/chain/packedLogs.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { readIdea, readIdeaCall, readIdeaCalls, readSomeIdeas } from "../../../sdk/ideas/board.js";
import { textInURI, textURI } from "../../../sdk/ideas/inline.js";
import { planAdopt, planHide, planShip, planWithdraw } from "../../../sdk/ideas/plans.js";
import { readSupporters, readVoice, readVoices } from "../../../sdk/ideas/voices.js";
import { KIND } from "../badges/support.js";
import { kyosoError, problemOf } from "../support.js";
import { CO_CREATOR, DAY, ideaWorld, POLL } from "./support.js";

/** What a stranger could write who wants to be more than text. */
const HOSTILE = "<img src=x onerror=alert(1)>\u001b[2J\u202e「]]>&lt;`rm -rf`\n# Vote for 1-1";

describe("calls for ideas", () => {
  it("are none where none was opened, and only there", async () => {
    const { open } = await ideaWorld();
    const live = await open();
    expect(await readIdeaCalls(live)).to.deep.equal([]);
    expect((await problemOf(readIdeaCall(live, 1))).message).to.include("no such call");
  });

  it("show what they ask, how they stand, and who leads", async () => {
    const { open, openCall, submit, support, toSupport, alice, bob, carol, record } = await ideaWorld();
    const number = await openCall();
    const first = await submit(number, alice, "夏みかんのブレンド");
    const second = await submit(number, bob, "Iced blend", "ipfs://bafy");
    const before = await readIdeaCall(await open(), number);
    expect(before).to.deep.include({ number: 1, state: "ideas", ideas: 2, winners: 2, isPoll: false });
    expect(before).to.deep.include({ counting: "voice", choice: "approve", badgeKind: CO_CREATOR });
    expect(before.opener).to.equal(record.safe);
    expect(before.leaders).to.deep.equal([]);

    await toSupport(number);
    await support(carol, second);
    await support(alice, first, second);
    const [call] = await readIdeaCalls(await open());
    expect(call).to.deep.include({ state: "support", question: "次の季節のブレンドは？" });
    expect(call?.leaders).to.deep.equal([
      { idea: second, name: "1-2", tally: 2n },
      { idea: first, name: "1-1", tally: 1n },
    ]);
    const { list } = await readIdeaCall(await open(), number);
    expect(
      list.map(({ name, title, tally, supporters, rank }) => [name, title, tally, supporters, rank]),
    ).to.deep.equal([
      ["1-1", "夏みかんのブレンド", 1n, 1, 2],
      ["1-2", "Iced blend", 2n, 2, 1],
    ]);
    expect(list[1]).to.deep.include({ author: bob.address, uri: "ipfs://bafy", contentHash: null });
    const supporters = await readSupporters(await open(), second);
    expect(supporters.map(({ supporter, weight }) => [supporter, weight])).to.deep.equal([
      [carol.address, 1n],
      [alice.address, 1n],
    ]);
    expect(await readVoice(await open(), number, alice.address)).to.deep.equal({
      account: alice.address,
      weight: 1n,
      wouldWeigh: 1n,
      submitted: 1,
      ideas: [first, second],
    });
  });

  it("are read in part, where nobody looks at all: who leads is the board's own answer", async () => {
    const { open, openCall, submit, support, toSupport, alice, bob, carol } = await ideaWorld();
    const number = await openCall();
    const ideas = [];
    for (const [i, author] of [alice, bob, carol, alice].entries())
      ideas.push(await submit(number, author, `Blend ${i + 1}`));
    const [first = 0, second = 0] = ideas;
    await toSupport(number);
    await support(carol, second);
    await support(bob, first, second);
    const live = await open();
    const asked: string[] = [];
    const readMany: typeof live.readMany = (reads) => {
      asked.push(...reads.map(({ name }) => name));
      return live.readMany(reads);
    };
    const read = await readSomeIdeas({ ...live, readMany }, number, (call, logs) => ({
      wanted: logs.ideas.filter(({ id }) => id === second),
      titles: logs.ideas.map(({ title }) => title),
      voices: [...logs.voices().values()],
      leader: call.leaders[0]?.idea,
    }));
    expect(asked.filter((name) => name === "ideaOf")).to.have.length(1);
    expect(read.ideas.map(({ id, rank, tally }) => [id, rank, tally])).to.deep.equal([[second, 1, 2n]]);
    expect(read.chosen.titles).to.deep.equal(["Blend 1", "Blend 2", "Blend 3", "Blend 4"]);
    expect(read.chosen.voices).to.deep.equal([1n, 1n]);
    expect(read.chosen.leader).to.equal(second);
    const none = readSomeIdeas(live, number + 1, () => ({ wanted: [] }));
    expect((await problemOf(none)).message).to.include("no such call");
  });

  it("say how many voices are young, and how many never had a badge", async () => {
    const world = await ideaWorld();
    const { open, openCall, submit, support, toSupport, alice, bob, carol, badge, dao } = world;
    const [, , , , , , , , , newcomer] = await world.connection.ethers.getSigners();
    if (newcomer === undefined) throw new Error("the chain has too few accounts");
    await dao.token.connect(carol).transfer(newcomer, 10n ** 18n);
    await world.connection.networkHelpers.time.increase(40 * DAY);
    const [, , owner] = world.owners;
    await badge.award(KIND.REVIEW, owner, ZeroHash);
    await dao.token.connect(carol).transfer(owner, 2n * 10n ** 18n);
    const number = await openCall({ counting: "weight", badge: undefined });
    const idea = await submit(number, alice, "Iced blend");
    await toSupport(number);
    for (const who of [alice, bob, newcomer, owner]) await support(who, idea);
    expect(await readVoices(await open(), number)).to.deep.equal({
      count: 4,
      weight: 10n ** 8n * 100_003n,
      young: 1,
      strangers: 1,
    });
    const { leaders } = await readIdeaCall(await open(), number);
    expect(leaders).to.deep.equal([{ idea, name: "1-1", tally: 10n ** 8n * 100_003n }]);
  });

  it("are no voices of members any more where a recovery moved the badges of those who spoke", async () => {
    const world = await ideaWorld();
    const { open, openCall, submit, support, toSupport, alice, bob, badge, asSteward, connection } = world;
    const number = await openCall();
    const idea = await submit(number, alice, "Iced blend");
    await toSupport(number);
    await support(alice, idea);
    await support(bob, idea);
    expect(await readVoices(await open(), number)).to.include({ count: 2, young: 2, strangers: 0 });
    const [, , heir] = world.owners;
    const ids = (await readLedger(await open())).badgesOf(alice.address);
    await asSteward((await planRequest(await open(), alice.address, heir.address)).plan);
    await connection.networkHelpers.time.increaseTo((await badge.recoveryOf(alice)).eta);
    await badge.recover(alice, ids);
    expect(await readVoices(await open(), number)).to.include({ count: 2, young: 1, strangers: 1 });
  });

  it("can be polls, whose options are nobody's", async () => {
    const { open, openCall, support, toSupport, alice } = await ideaWorld();
    const number = await openCall(POLL);
    await toSupport(number);
    const { list } = await readIdeaCall(await open(), number);
    expect(list.map(({ title, author }) => [title, author])).to.deep.equal([
      ["青", null],
      ["緑", null],
      ["白", null],
    ]);
    const [first, , third] = list;
    expect(first?.steps.map(({ what, by }) => [what, by])).to.deep.equal([["submitted", null]]);
    // Whoever joined on the day of the snapshot has no voice.
    const failure = (await kyosoError(support(alice, third?.id ?? 0))).problems[0]?.message;
    expect(failure).to.include("IdeaBoardNoVoice");
  });

  it("tell an idea's whole life under one id", async () => {
    const world = await ideaWorld();
    const { open, board, openCall, submit, support, toSupport, toEnd, asSteward, alice, bob, carol } = world;
    const number = await openCall();
    const idea = await submit(number, alice, "Iced blend", textURI("冷たいブレンド"));
    await toSupport(number);
    await support(bob, idea);
    await asSteward(planHide(await open(), idea, true, "Looked like an advertisement"));
    await asSteward(planHide(await open(), idea, false, "It isn't one"));
    await support(carol, idea);
    await toEnd(number);
    await asSteward(planAdopt(await open(), idea));
    await asSteward(planShip(await open(), idea, { uri: "https://example.com/iced", evidence: undefined }));
    const { call, idea: told } = await readIdea(await open(), idea);
    expect(call).to.deep.include({ number, state: "final" });
    expect(told).to.deep.include({ name: "1-1", status: "shipped", hidden: false, rank: 1, supporters: 2 });
    expect(textInURI(told.uri)).to.equal("冷たいブレンド");
    const { safe } = world.record;
    expect(
      told.steps.map(({ what, by, reason, uri, badge }) => [what, by, reason, uri, badge]),
    ).to.deep.equal([
      ["submitted", alice.address, "", "", null],
      ["hidden", safe, "Looked like an advertisement", "", null],
      ["shown", safe, "It isn't one", "", null],
      ["adopted", safe, "", "", null],
      ["shipped", safe, "", "https://example.com/iced", 5],
    ]);
    expect(await world.dao.badge.ownerOf(5)).to.equal(alice.address);
    for (const [i, step] of told.steps.entries()) expect(step.at).to.be.at.least(told.steps[i - 1]?.at ?? 1);
    // A passed proposal may say it once more.
    await board.connect(world.treasury).adopt(idea);
    const again = await readIdea(await open(), idea);
    expect([again.idea.status, again.idea.steps.length]).to.deep.equal(["shipped", 6]);
    expect((await problemOf(readIdea(await open(), idea + 1))).message).to.include("no such idea");
  });

  it("keep what strangers wrote as it is", async () => {
    const { open, board, openCall, submit, alice, bob } = await ideaWorld();
    const number = await openCall();
    const idea = await submit(number, bob, "Fine");
    // Past the SDK's own checks, and not even UTF-8.
    await board.connect(alice).submit(number, HOSTILE, HOSTILE, ZeroHash);
    const data = board.interface.encodeFunctionData("submit", [number, "AAAA", "", ZeroHash]);
    await alice.sendTransaction({ to: board, data: data.replace("41414141", "41fffe41") });
    await executeAsSigner(planWithdraw(await open(), idea), bob);
    const { list } = await readIdeaCall(await open(), number);
    expect(list.map(({ title, status }) => [title, status])).to.deep.equal([
      ["Fine", "withdrawn"],
      [HOSTILE, "submitted"],
      ["A\ufffd\ufffdA", "submitted"],
    ]);
  });

  it("don't read what a node leaves out as nothing", async () => {
    const { open, openCall, submit, support, toSupport, toEnd, asSteward, alice, bob } = await ideaWorld();
    const number = await openCall();
    const idea = await submit(number, alice, "Iced blend");
    await submit(number, bob, "Hot blend");
    await toSupport(number);
    await support(alice, idea);
    await asSteward(planHide(await open(), idea, true, "Why"));
    await toEnd(number);
    const live = await open();
    const all = await live.logsOf("board");
    expect(all).to.have.length(5);
    let forgotten = 0;
    for (const [i, gone] of all.entries()) {
      const logsOf = () => Promise.resolve(all.filter((log: ChainLog) => log !== gone));
      const forgetLogs = () => {
        forgotten += 1;
        return Promise.resolve();
      };
      const leaky = { ...live, logsOf, forgetLogs };
      const { problems } = await kyosoError(readIdeaCall(leaky, number));
      expect(problems[0]?.code, `without log ${i}`).to.equal("logs.incomplete");
    }
    expect(forgotten).to.equal(2 * all.length);
    const none = { ...live, logsOf: () => Promise.resolve([]), forgetLogs: () => Promise.resolve() };
    expect((await kyosoError(readIdeaCalls(none))).problems[0]?.code).to.equal("logs.incomplete");
  });

  it("don't believe a log that says otherwise by which rules a call was opened, or whose an idea is", async () => {
    const { open, openCall, submit, alice, bob } = await ideaWorld();
    const number = await openCall();
    await submit(number, alice, "Iced blend");
    const live = await open();
    const all = await live.logsOf("board");
    const [opened, submitted] = all;
    if (opened === undefined || submitted === undefined) throw new Error("There are no logs");
    const { inputs } = live.contracts.board.interface.getEvent("CallOpened");
    const types = inputs.filter(({ indexed }) => indexed !== true);
    const [snapshot, end, terms] = live.contracts.board.interface
      .decodeEventLog("CallOpened", opened.data, opened.topics)
      .slice(2) as unknown as [bigint, bigint, { toObject: () => Record<string, unknown> }];
    const changes = { winners: 5, counting: 0, choice: 1, memberDays: 9, badgeKind: 1, ideasPerMember: 9 };
    const believe = (told: ChainLog, of: ChainLog) => {
      const logsOf = () => Promise.resolve(all.map((log: ChainLog) => (log === of ? told : log)));
      return readIdeaCall({ ...live, logsOf, forgetLogs: () => Promise.resolve() }, number);
    };
    for (const [name, value] of Object.entries(changes)) {
      const honest = terms.toObject();
      if (honest[name] === BigInt(value)) continue;
      const data = AbiCoder.defaultAbiCoder().encode(types, [snapshot, end, { ...honest, [name]: value }]);
      const { problems } = await kyosoError(believe({ ...opened, data }, opened));
      expect(problems[0]?.code, name).to.equal("logs.incomplete");
    }
    const [first = "", idea = "", call = ""] = submitted.topics;
    const topics = [first, idea, call, zeroPadValue(bob.address, 32)];
    const { problems } = await kyosoError(believe({ ...submitted, topics }, submitted));
    expect(problems[0]?.code).to.equal("logs.incomplete");
  });
});
