import { expect } from "chai";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { requireCallerOf } from "../../../sdk/badges/powers.js";
import type { ProblemCode } from "../../../sdk/errors.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import type { Via } from "../../../sdk/execute/via.js";
import type { Readiness } from "../../../sdk/governance/ready.js";
import { readIdea, readIdeaCall } from "../../../sdk/ideas/board.js";
import {
  guardedBoard,
  oneCallOf,
  planAdopt,
  planHide,
  planShip,
  planSubmit,
  planWithdraw,
} from "../../../sdk/ideas/plans.js";
import { callOfIdea, ideaName, ideaOf, parseCall, parseIdea } from "../../../sdk/ideas/names.js";
import {
  adoptReadiness,
  hideReadiness,
  shipReadiness,
  submitReadiness,
  withdrawReadiness,
} from "../../../sdk/ideas/readiness.js";
import { supportReadiness } from "../../../sdk/ideas/supportReadiness.js";
import type { CallTexts } from "../../../sdk/ideas/terms.js";
import { readNewCall } from "../../../sdk/ideas/terms.js";
import { expectData } from "../../helpers/problems.js";
import { kyosoError } from "../support.js";
import { CALL, DAY, ideaWorld, PARTNER, POLL } from "./support.js";

function codeOf({ ready, problem }: Readiness): ProblemCode | "ready" {
  if (problem === undefined) return "ready";
  expect(ready).to.equal(false);
  expectData(problem);
  expect([problem.place ?? "", problem.remedy ?? ""], problem.message).not.to.include("");
  return problem.code;
}

describe("what can be done with ideas", () => {
  it("is to put them forward, by members and while they are taken", async () => {
    const { open, openCall, submit, alice, bob, owners, toSupport } = await ideaWorld();
    const number = await openCall();
    const [poll, [newcomer]] = [await openCall(POLL), owners];
    const ask = async (call: number, account: string) => {
      const live = await open();
      return codeOf(await submitReadiness(live, await readIdeaCall(live, call), account));
    };
    expect(await ask(number, alice.address)).to.equal("ready");
    expect(await ask(number, newcomer.address)).to.equal("idea.not-member");
    expect(await ask(poll, alice.address)).to.equal("idea.poll");
    const first = await submit(number, alice, "One");
    await executeAsSigner(planWithdraw(await open(), first), alice);
    await submit(number, alice, "Two");
    expect(await ask(number, alice.address)).to.equal("idea.submitted-most");
    await toSupport(number);
    expect(await ask(number, bob.address)).to.equal("idea.submissions-over");
  });

  it("is to take them back, by their authors and before support, and to hide them and show them again", async () => {
    const { open, openCall, submit, toSupport, asSteward, alice, bob } = await ideaWorld();
    const [number, poll] = [await openCall(), await openCall(POLL)];
    const [first, second] = [await submit(number, alice, "A"), await submit(number, alice, "B")];
    const look = async (id: number) => {
      const live = await open();
      return { live, ...(await readIdea(live, id)) };
    };
    const back = async (id: number, account: string) => {
      const { live, call, idea } = await look(id);
      return codeOf(withdrawReadiness(live, call, idea, account));
    };
    const hiding = async (id: number, hidden: boolean) => {
      const life = await readIdeaCall(await open(), callOfIdea(id));
      const idea = life.list.find((each) => each.id === id);
      return idea === undefined ? undefined : codeOf(hideReadiness(idea, hidden));
    };
    expect(await back(first, alice.address)).to.equal("ready");
    expect(await back(first, bob.address)).to.equal("idea.not-author");
    expect(await back(ideaOf(poll, 1), alice.address)).to.equal("idea.not-author");
    expect([await hiding(first, true), await hiding(first, false)]).to.deep.equal([
      "ready",
      "idea.not-hidden",
    ]);
    await executeAsSigner(planWithdraw(await open(), first), alice);
    expect(await back(first, alice.address)).to.equal("idea.withdrawn");
    expect([await hiding(first, true), await hiding(first, false)]).to.deep.equal([
      "idea.withdrawn",
      "idea.withdrawn",
    ]);
    await asSteward(planHide(await open(), second, true, "Spam"));
    expect([await hiding(second, true), await hiding(second, false)]).to.deep.equal([
      "idea.hidden-already",
      "ready",
    ]);
    await toSupport(number);
    expect(await back(second, alice.address)).to.equal("idea.withdrawals-over");
    expect(await hiding(second, false)).to.equal("ready");
    expect(await hiding(ideaOf(poll, 1), true)).to.equal("ready");
  });

  it("is to support them once, within their window", async () => {
    const world = await ideaWorld();
    const { open, openCall, submit, support, toSupport, toEnd, alice, bob, carol, badge, dao, record } =
      world;
    const number = await openCall({ memberDays: "10" });
    const ids = [
      await submit(number, alice, "A"),
      await submit(number, bob, "B"),
      await submit(number, bob, "C"),
    ];
    const [first = 0, second = 0, gone = 0] = ids;
    await executeAsSigner(planWithdraw(await open(), gone), bob);
    const ask = async (account: string, ...wanted: number[]) => {
      const live = await open();
      const call = await readIdeaCall(live, number);
      const ideas = call.list.filter(({ id }) => wanted.includes(id));
      return supportReadiness(live, call, ideas, account);
    };
    expect(codeOf(await ask(alice.address, first))).to.equal("idea.support-not-open");
    const [, , owner] = world.owners;
    await world.connection.networkHelpers.time.increase(5 * DAY);
    await badge.award(1, owner, `0x${"00".repeat(32)}`);
    await toSupport(number);
    expect(await ask(alice.address, first, second)).to.deep.include({
      ready: true,
      weight: 1n,
      left: [first, second],
    });
    // A member since nine days.
    expect(codeOf(await ask(owner.address, first))).to.equal("idea.no-voice");
    expect(codeOf(await ask(world.launcher.address, first))).to.equal("idea.no-voice");
    expect(codeOf(await ask(record.contracts.timelock, first))).to.equal("idea.treasury");
    expect(codeOf(await ask(alice.address, gone))).to.equal("idea.withdrawn");
    await support(alice, first);
    expect(codeOf(await ask(alice.address, first))).to.equal("idea.all-supported-already");
    expect(await ask(alice.address, first, second)).to.deep.include({ ready: true, left: [second] });
    // Who gave all badges up has no voice any more.
    await dao.badge.connect(carol).renounce(3);
    expect(codeOf(await ask(carol.address, first))).to.equal("idea.no-voice");
    await toEnd(number);
    expect(codeOf(await ask(bob.address, first))).to.equal("idea.support-over");
  });

  it("is to choose one where one can be chosen, and ten where it isn't", async () => {
    const { open, openCall, support, connection, alice, stranger } = await ideaWorld();
    await connection.networkHelpers.time.increase(2 * DAY);
    const [one, many] = [
      await openCall(POLL),
      await openCall({
        ...POLL,
        choice: "approve",
        options: Array.from({ length: 12 }, (_, i) => `No. ${i}`),
      }),
    ];
    const votes = await openCall({ ...POLL, counting: "weight" });
    await connection.networkHelpers.mine();
    const ask = async (number: number, account: string, ...places: number[]) => {
      const live = await open();
      const call = await readIdeaCall(live, number);
      const ideas = call.list.filter((_, i) => places.includes(i + 1));
      return codeOf(await supportReadiness(live, call, ideas, account));
    };
    expect(await ask(one, alice.address, 1, 2)).to.equal("idea.support-most");
    await support(alice, ideaOf(one, 1));
    expect(await ask(one, alice.address, 2)).to.equal("idea.support-most");
    expect(await ask(many, alice.address, ...Array.from({ length: 11 }, (_, i) => i + 1))).to.equal(
      "idea.support-most",
    );
    expect(await ask(many, alice.address, ...Array.from({ length: 10 }, (_, i) => i + 1))).to.equal("ready");
    expect(await ask(votes, stranger.address, 1)).to.equal("idea.no-votes");
    expect(await ask(votes, alice.address, 1)).to.equal("ready");
  });

  it("is to adopt them when the result is final, and then to ship them, once", async () => {
    const { open, openCall, submit, toEnd, asSteward, treasury, board, alice, bob, owners } =
      await ideaWorld();
    const number = await openCall();
    const [idea, hidden] = [await submit(number, alice, "A"), await submit(number, bob, "B")];
    const adopt = async (id: number, by: "steward" | "proposal" = "steward") => {
      const live = await open();
      const life = await readIdea(live, id);
      return codeOf(adoptReadiness(live, life.call, life.idea, by));
    };
    const ship = async (id: number) => codeOf(shipReadiness((await readIdea(await open(), id)).idea));
    expect(await adopt(idea)).to.equal("idea.not-final");
    expect(await ship(idea)).to.equal("idea.not-adopted");
    await asSteward(planHide(await open(), hidden, true, "Spam"));
    await toEnd(number);
    expect(await adopt(hidden)).to.equal("idea.hidden");
    expect(await adopt(hidden, "proposal")).to.equal("ready");
    await board.connect(treasury).adopt(hidden);
    expect(await adopt(idea)).to.equal("ready");
    await asSteward(planAdopt(await open(), idea));
    expect(await adopt(idea)).to.equal("idea.adopted-already");
    expect(await adopt(idea, "proposal")).to.equal("ready");
    expect(await ship(idea)).to.equal("ready");
    await asSteward(planShip(await open(), idea, { uri: "", evidence: undefined }));
    expect(await ship(idea)).to.equal("idea.shipped-already");
    expect(await adopt(idea, "proposal")).to.equal("idea.adopted-already");
    // Not among the winners, as nobody supported it: no badge.
    expect((await readIdea(await open(), idea)).idea.steps.at(-1)?.badge).to.equal(null);
    const live = await open();
    const refused = await kyosoError(requireCallerOf(live, owners[0].address, guardedBoard(live), "ship"));
    expect(refused.problems[0]).to.deep.include({ code: "role.may-not-call" });
    expect(refused.message).to.include("board.ship").and.to.include("--via safe");
  });
});

describe("a new call", () => {
  async function codesOf(changes: Partial<CallTexts>, via: Via = "safe") {
    const { open } = await ideaWorld();
    const live = await open();
    const error = await kyosoError(readNewCall(live, { ...CALL, ...changes }, await readKinds(live), via));
    error.problems.forEach(expectData);
    return error.problems.map(({ place, code }) => `${place ?? ""} ${code}`);
  }

  it("has what is usual where nothing is said", async () => {
    const { open } = await ideaWorld();
    const live = await open();
    const nothing = Object.fromEntries(Object.keys(CALL).map((key) => [key, undefined]));
    const texts = { ...nothing, question: "What next?", options: [] } as unknown as CallTexts;
    expect(await readNewCall(live, texts, [], "safe")).to.deep.include({
      ideasFor: 14 * DAY,
      supportFor: 7 * DAY,
      ideasPerMember: 3,
      winners: 3,
      counting: 1,
      choice: 0,
      memberDays: 0,
      badgeKind: 0,
    });
    const poll = await readNewCall(live, { ...texts, options: ["A", "B"] }, [], "safe");
    expect(poll).to.deep.include({ ideasFor: 0, ideasPerMember: 0, winners: 1, options: ["A", "B"] });
    expect(
      (await readNewCall(live, { ...CALL, badge: "Partner" }, await readKinds(live), "proposal")).badgeKind,
    ).to.equal(PARTNER);
  });

  it("is refused with everything that is wrong with it", async () => {
    expect(
      await codesOf({
        question: " ",
        rules: "x".repeat(2_001),
        rulesHash: "0x12",
        ideasFor: "9 minutes",
        supportFor: "366 days",
        ideasPerMember: "0",
        winners: "7",
        counting: "tokens",
        choice: "all",
        memberDays: "3,651",
        badge: "Nothing",
      }),
    ).to.have.members([
      "question text.length",
      "--rules text.length",
      "--rules-hash argument.not-bytes",
      "--ideas-for idea-call.duration",
      "--support-for idea-call.duration",
      "--ideas-per-member idea-call.number",
      "--winners idea-call.number",
      "--counting idea-call.choice-unknown",
      "--choice idea-call.choice-unknown",
      "--member-days idea-call.number",
      "--badge kind.unknown",
    ]);
    expect(await codesOf({ counting: "weight", memberDays: "3" })).to.deep.equal([
      "--member-days idea-call.days-without-voices",
    ]);
    expect(await codesOf({ question: "a\u202eb" })).to.deep.equal(["question text.unseen-characters"]);
    expect(await codesOf({ ...POLL, options: ["A"], badge: "x", ideasFor: "1 day" })).to.have.members([
      "options idea-call.options",
      "--ideas-for idea-call.not-of-poll",
      "--badge idea-call.not-of-poll",
    ]);
    expect(await codesOf({ ...POLL, options: ["A", "Ａ", ""], winners: "4" })).to.have.members([
      "option 2 idea-call.options-same",
      "option 3 text.length",
      "--winners idea-call.winners-over-options",
    ]);
    expect(await codesOf({ badge: "レビュー" })).to.deep.equal(["--badge idea-call.kind-not-boards"]);
    expect(await codesOf({ badge: "Own" })).to.deep.equal(["--badge idea-call.kind-not-boards"]);
    expect(await codesOf({ badge: "Partner" })).to.deep.equal(["--badge idea-call.kind-with-votes"]);
  });
});

describe("names of ideas", () => {
  it("are read back, also as the chain has them", () => {
    for (const [call, place] of [
      [1, 1],
      [3, 12],
      [70_000, 65_536],
    ] as const) {
      const idea = ideaOf(call, place);
      expect(ideaName(idea)).to.equal(`${call}-${place}`);
      for (const text of [ideaName(idea), `#${ideaName(idea)}`, idea.toString(), ` ${idea} `]) {
        expect(parseIdea(text)).to.equal(idea);
      }
    }
    expect(parseIdea("３-１２")).to.equal(ideaOf(3, 12));
    expect(parseCall("#7")).to.equal(7);
  });

  it("are refused where they are none", () => {
    for (const text of ["", "3", "0-1", "1-0", "1-65537", "1-2-3", "-1", "65535", "1e9", `${2 ** 60}`, "x"]) {
      expect(() => parseIdea(text), text).to.throw("names no idea");
    }
    for (const text of ["", "0", "1-1", "-1", "1.5", "99999999999"]) {
      expect(() => parseCall(text), text).to.throw("isn't the number of a call");
    }
    expect(() => oneCallOf([])).to.throw("There is none");
    expect(() => oneCallOf([ideaOf(1, 1), ideaOf(2, 1)])).to.throw("of several calls: 1, 2");
    expect(() => oneCallOf([ideaOf(1, 1), ideaOf(1, 1)])).to.throw("named twice");
  });

  it("have texts that others can read", async () => {
    const { open } = await ideaWorld();
    const live = await open();
    const submit = (title: string, uri = "") => planSubmit(live, 1, { title, uri, contentHash: undefined });
    expect(() => submit("")).to.throw("It is empty");
    expect(() => submit("x".repeat(201))).to.throw("201 bytes");
    expect(() => submit("a\nb")).to.throw("can't be seen");
    expect(() => submit("a\u200bb", "\u001b")).to.throw("can't be seen");
    expect(submit("👩‍🍳 の新作").calls).to.have.length(1);
  });
});
