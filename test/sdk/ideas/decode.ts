import { encodeBytes32String, id, ZeroHash } from "ethers";
import { expect } from "chai";
import { decodeCall, formatCall } from "../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { describeRevert } from "../../../sdk/calls/revert.js";
import { reviewCalls } from "../../../sdk/calls/review.js";
import { shared } from "../../../sdk/community/shared.js";
import { planDecision } from "../../../sdk/community/decisions.js";
import { parseProposal } from "../../../sdk/governance/actions.js";
import { draftProposal } from "../../../sdk/governance/draft.js";
import { readIdea } from "../../../sdk/ideas/board.js";
import { textURI } from "../../../sdk/ideas/inline.js";
import { ideaOf } from "../../../sdk/ideas/names.js";
import { planAdopt, planShip, planSupport } from "../../../sdk/ideas/plans.js";
import { planAdoption } from "../../../sdk/ideas/proposal.js";
import { planAddPerk, readNewPerk } from "../../../sdk/pass/newPerk.js";
import { passAddress } from "../../../sdk/pass/pass.js";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
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
    const { open, openCall, submit, support, toSupport, toEnd, alice, bob, board } = await ideaWorld();
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
    expect(shared("decisions").address).to.equal(await live.contracts.decisions.getAddress());
    expect(encodeBytes32String("x")).to.have.length(66);
  });
});
