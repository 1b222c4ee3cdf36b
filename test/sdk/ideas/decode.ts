import { encodeBytes32String, id, ZeroHash } from "ethers";
import { expect } from "chai";
import { decodeCall, formatCall } from "../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { call as callOf } from "../../../sdk/calls/plan.js";
import { describeRevert } from "../../../sdk/calls/revert.js";
import { reviewCalls } from "../../../sdk/calls/review.js";
import { shared } from "../../../sdk/community/shared.js";
import { planDecision } from "../../../sdk/community/decisions.js";
import { parseProposal } from "../../../sdk/governance/actions.js";
import { draftProposal } from "../../../sdk/governance/draft.js";
import { makeProposal, planProposal } from "../../../sdk/governance/proposal.js";
import { readAdoptions } from "../../../sdk/ideas/adoptions.js";
import { readIdea } from "../../../sdk/ideas/board.js";
import { textURI } from "../../../sdk/ideas/inline.js";
import { ideaOf } from "../../../sdk/ideas/names.js";
import { planAdopt, planShip, planSupport } from "../../../sdk/ideas/plans.js";
import { planAdoption, readBrandLanguage } from "../../../sdk/ideas/proposal.js";
import { planAddPerk, readNewPerk } from "../../../sdk/pass/newPerk.js";
import { passAddress } from "../../../sdk/pass/pass.js";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { asSafe } from "../badges/support.js";
import { ideaWorld } from "./support.js";

describe("calls of what a DAO has besides", () => {
  it("read in words before anybody signs them", async () => {
    const { open, openCall, submit, toEnd, alice, record } = await ideaWorld();
    const number = await openCall();
    await submit(number, alice, "A");
    await toEnd(number);
    const live = await open();
    const kinds = await readKinds(live);
    const perk = readNewPerk(
      {
        name: "先行販売",
        uri: undefined,
        once: false,
        conditions: ["1 pass", "2 badges of レビュー", "or", "rank 3"],
      },
      kinds,
    );
    const pass = { to: passAddress(live), value: 0n };
    const setTerms = INTERFACES.pass.encodeFunctionData("setTerms", [
      { kind: 5, royaltyBps: 250, colour: 0x0a1b2c, language: 0 },
    ]);
    const calls = [
      ...planAdopt(live, ideaOf(number, 1)).calls,
      ...planShip(live, ideaOf(number, 1), { uri: "https://example.com", evidence: undefined }).calls,
      ...planSupport(live, [ideaOf(number, 1), ideaOf(number, 2)]).calls,
      ...planAddPerk(live, perk).calls,
      { ...pass, data: setTerms },
      ...planDecision({ kind: "name", uri: "ipfs://bafy", contentHash: undefined }).calls,
      ...planDecision({ kind: id("a long kind"), uri: "x", contentHash: ZeroHash }).calls,
    ];
    const reviewed = await reviewCalls(live, calls, record.safe);
    expect(reviewed.map(({ call }) => formatCall(call))).to.deep.equal([
      "board.adopt(idea: 1-1)",
      `board.ship(idea: 1-1, evidence: ${ZeroHash}, uri: "https://example.com")`,
      "board.support(ideas: 1-1, 1-2)",
      'pass.addPerk(config.name: "先行販売", config.uri: "", config.once: false, config.conditions: 1 pass and 2 badges of 1 (レビュー), or rank 3)',
      "pass.setTerms(newTerms.kind: 5 (共創メンバー), newTerms.royaltyBps: 2.5%, newTerms.colour: #0a1b2c, newTerms.language: English)",
      `decisions.record(kind: "name", contentHash: ${ZeroHash}, uri: "ipfs://bafy")`,
      `decisions.record(kind: ${id("a long kind")}, contentHash: ${ZeroHash}, uri: "x")`,
    ]);
    expect(reviewed.map(({ call }) => call.unread)).to.deep.equal(calls.map(() => undefined));
    expect(reviewed[4]?.changes.map(({ from, to }) => [from, to])).to.deep.equal([
      ["none", "5 (共創メンバー)"],
      ["5%", "2.5%"],
      ["#4a5a6b", "#0a1b2c"],
      ["Japanese", "English"],
    ]);
    const names = { book: live.book, symbol: live.symbol };
    const terms = {
      ...{ question: "Which?", rulesURI: "", rulesHash: ZeroHash, ideasFor: 0, supportFor: 86_400 },
      ...{
        ideasPerMember: 0,
        winners: 1,
        counting: 1,
        choice: 1,
        memberDays: 0,
        badgeKind: 0,
        options: ["A", "B"],
      },
    };
    const data = INTERFACES.board.encodeFunctionData("open", [terms]);
    const open_ = formatCall(
      decodeCall({ to: record.modules?.board ?? live.modulePlaces.board, data, value: 0n }, names),
    );
    expect(open_).to.include("terms.supportFor: 1 day").and.to.include("terms.counting: voice");
    expect(open_).to.include("terms.choice: pick one").and.to.include("terms.badgeKind: none");
    const error = INTERFACES.board.encodeErrorResult("IdeaBoardSupportedBefore", [
      ideaOf(1, 3),
      alice.address,
    ]);
    expect(describeRevert(error, names)).to.include("idea: 1-3");
    expect(describeRevert(error)).to.include("idea: 1-3");
  });

  it("are drafted as proposals, and read back to the same", async () => {
    const world = await ideaWorld();
    const { open, openCall, submit, support, toSupport, toEnd, alice, bob, board, record } = world;
    const number = await openCall({ question: "What *next*?" });
    const hostile = "# Vote for me\n---\nactions: []\n<script>alert(1)</script> `x` [a](javascript:b)";
    const idea = await submit(number, alice, "An [iced](x) <b>blend</b>", textURI(hostile));
    await toSupport(number);
    await support(bob, idea);
    await toEnd(number);
    const live = await open();
    const plan = planAdoption(live, await readIdea(live, idea));
    const text = draftProposal(plan.calls, plan.title, plan.body ?? "", live);
    const file = await parseProposal(live, text, "draft.md");
    expect(file.calls.map(({ to, data }) => [to, data])).to.deep.equal(
      plan.calls.map(({ to, data }) => [to, data]),
    );
    expect(file.title).to.equal("Adopt idea 1-1: An iced (x) b blend /b");
    // Whatever strangers wrote stands in blocks of code.
    for (const line of file.body.split("\n")) {
      if (/script|Vote for me|javascript|\*next\*|actions:|---/u.test(line)) expect(line).to.match(/^ {4}/u);
    }
    expect(file.body).to.include("idea 1-1 of call 1").and.to.include("1 voice, by 1 account");
    expect(file.body).not.to.include("hidden").and.not.to.include("not to show");
    // Nobody votes for what a steward has hidden without knowing it; and a title is no link.
    const { call, idea: told } = await readIdea(live, idea);
    const title = "Refund at https://evil.example, www.evil.example @everybody";
    const hidden = planAdoption(live, { call, idea: { ...told, hidden: true, title } });
    expect(hidden.body).to.include("A steward has asked pages not to show this idea");
    expect(hidden.title).not.to.match(/:\/\/|www\.|@/u);
    expect(file.body)
      .to.include("no. 1 of the 2 winners")
      .and.to.include(await board.getAddress());
    const japanese = planAdoption(
      live,
      { call, idea: told },
      { language: "ja", link: "https://example.com/ideas/1-1" },
    );
    expect(japanese.title).to.equal("アイデア1-1を採用する：An iced (x) b blend /b");
    expect(japanese.body)
      .to.include("1人の声が集まりました。選ばれる2件のうちの1位です。")
      .and.to.include("<https://example.com/ideas/1-1>")
      .and.to.include("\n    # Vote for me\n")
      .and.not.to.include("npx");
    const other = {
      call: { ...call, counting: "weight", state: "support" },
      idea: { ...told, rank: null },
    } as const;
    const weighed = planAdoption(
      live,
      { ...other, idea: { ...other.idea, hidden: true } },
      { language: "ja" },
    ).body;
    expect(weighed)
      .to.include("分の票で応援しました")
      .and.to.include("いまのところ、選ばれるアイデアには入っていません。")
      .and.to.include("出さないように求めています")
      .and.to.include("`npx hardhat idea show 1-1`");
    expect(planAdoption(live, { call, idea: { ...told, author: null, tally: 0n } }, { language: "ja" }).body)
      .to.include("アンケートの選択肢です")
      .and.to.include("応援した人は、まだいません");
    expect(planAdoption(live, { call, idea: { ...told, title: "<>" } }, { language: "ja" }).title).to.equal(
      "アイデア1-1を採用する",
    );
    // The pass says which language the brand speaks; without one, what it asked.
    expect(await readBrandLanguage(live, "What next?")).to.equal("ja");
    const passes = { name: "pass", address: passAddress(live), interface: INTERFACES.pass } as const;
    const english = { kind: 5, royaltyBps: 0, colour: 0, language: 0 };
    await asSafe(world, [callOf(passes, "setTerms", [english], "Speak English")]);
    expect(await readBrandLanguage(await open(), "次の季節は？")).to.equal("en");
    const { board: at } = record.modules ?? {};
    const without = { ...live, record: { ...record, modules: at === undefined ? {} : { board: at } } };
    expect(await readBrandLanguage(without, "次の季節は？")).to.equal("ja");
    expect(await readBrandLanguage(without, "What next?")).to.equal("en");

    // What was drafted is found again once it is proposed.
    expect(await readAdoptions(live, idea)).to.deep.equal([]);
    const proposal = makeProposal(plan.calls, plan.title, plan.body ?? "", alice.address);
    const [proposing] = planProposal(record, proposal).propose.calls;
    if (proposing === undefined) throw new Error("There is nothing to propose");
    await alice.sendTransaction({ to: proposing.to, data: proposing.data });
    const after = await open();
    expect((await readAdoptions(after, idea)).map(({ number, state }) => [number, state])).to.deep.equal([
      [1, "Pending"],
    ]);
    expect(await readAdoptions(after, idea + 1)).to.deep.equal([]);
    expect(shared("decisions").address).to.equal(await live.contracts.decisions.getAddress());
    expect(encodeBytes32String("x")).to.have.length(66);
  });
});
