import { expect } from "chai";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { ruleInWords } from "../../../sdk/pass/conditions.js";
import { planMint } from "../../../sdk/pass/mint.js";
import { parseCondition, planAddPerk, planClosePerk, readNewPerk } from "../../../sdk/pass/newPerk.js";
import type { TermsTexts } from "../../../sdk/pass/newTerms.js";
import { planTerms, readNewTerms } from "../../../sdk/pass/newTerms.js";
import { readCard, readPass, readPassesOf, readPassTerms } from "../../../sdk/pass/pass.js";
import { missingFor, readPerks, readStandings, requirePerk } from "../../../sdk/pass/perks.js";
import { expectData } from "../../helpers/problems.js";
import { KIND } from "../badges/support.js";
import { ideaWorld } from "../ideas/support.js";
import { kyosoError, problemOf } from "../support.js";

async function world() {
  const all = await ideaWorld();
  const { pass, treasury, open } = all;
  const terms = { kind: KIND.REVIEW, royaltyBps: 250, colour: 0x3b2f2f, language: 1 };
  return {
    ...all,
    allow: () => pass.connect(treasury).setTerms(terms),
    mint: async (account: string, payer = all.stranger) =>
      executeAsSigner((await planMint(await open(), account)).plan, payer),
    add: async (name: string, ...conditions: string[]) => {
      const live = await open();
      const perk = readNewPerk({ name, uri: "", once: false, conditions }, await readKinds(live));
      await all.asSteward(planAddPerk(live, perk));
    },
  };
}

describe("membership passes", () => {
  it("have terms of which what isn't named stays, within the contract's bounds", async () => {
    const { open, asSteward } = await world();
    const live = await open();
    const [before, kinds] = [await readPassTerms(live), await readKinds(live)];
    const nothing = { kind: undefined, royalty: undefined, colour: undefined, language: undefined };
    const read = (texts: Partial<TermsTexts>) => readNewTerms(before, { ...nothing, ...texts }, kinds);
    const refusals = async (texts: Partial<TermsTexts>) => {
      const { problems } = await kyosoError(Promise.resolve().then(() => read(texts)));
      problems.forEach(expectData);
      return problems.map(({ code, place }) => [code, place]);
    };
    expect(await refusals({})).to.deep.equal([["pass.terms-same", "pass"]]);
    expect(await refusals({ royalty: "5%" })).to.deep.equal([["pass.terms-same", "pass"]]);
    expect(
      await refusals({ kind: "no such", royalty: "10.01%", colour: "brown", language: "fr" }),
    ).to.deep.equal([
      ["kind.unknown", "--kind"],
      ["pass.royalty-over", "--royalty"],
      ["pass.colour-unreadable", "--colour"],
      ["pass.language-unknown", "--language"],
    ]);
    expect(await refusals({ royalty: "much" })).to.deep.equal([["percent.unreadable", "--royalty"]]);
    const terms = read({ kind: KIND.REVIEW.toString(), colour: " #8E4B4A ", language: "JA" });
    expect(terms).to.deep.equal({
      ...before,
      kind: KIND.REVIEW,
      colour: "#8e4b4a",
      language: "Japanese",
    });
    await asSteward(planTerms(live, terms));
    expect(await readPassTerms(await open())).to.deep.equal(terms);
    expect(readNewTerms(terms, { ...nothing, kind: "None" }, kinds).kind).to.equal(null);
  });

  it("are minted to whoever holds a badge that entitles to one, once", async () => {
    const { open, allow, mint, alice, bob, pass } = await world();
    const refused = async (account: string, badge?: number) => {
      const { problems } = await kyosoError(planMint(await open(), account, badge));
      problems.forEach(expectData);
      return problems[0]?.code;
    };
    expect(await refused(alice.address)).to.equal("pass.none-minted");
    expect(await readPassTerms(await open())).to.deep.include({ kind: null, royaltyBps: 500 });
    await allow();
    expect(await readPassTerms(await open())).to.deep.equal({
      kind: KIND.REVIEW,
      royaltyBps: 250,
      colour: "#3b2f2f",
      language: "Japanese",
    });
    await mint(alice.address);
    expect(await readPassesOf(await open(), alice.address)).to.deep.equal([1]);
    expect(await refused(alice.address)).to.equal("pass.no-badge-left");
    expect(await refused(alice.address, 1)).to.equal("pass.minted-already");
    expect(await refused(alice.address, 99)).to.equal("badge.unknown");
    await pass.connect(alice).transferFrom(alice, bob, 1);
    expect(await readPassesOf(await open(), alice.address)).to.deep.equal([]);
    // Sold or not: a badge has one pass, ever.
    expect(await refused(alice.address)).to.equal("pass.no-badge-left");
    expect(await refused(bob.address, 1)).to.equal("pass.minted-already");
    await mint(bob.address);
    expect(await readPassesOf(await open(), bob.address)).to.deep.equal([1, 2]);
  });

  it("show the standing of whoever holds them now", async () => {
    const { open, allow, mint, alice, bob, pass, badge, asSteward, dao } = await world();
    const titles = [
      { name: "Guest", points: 0 },
      { name: "常連 <b>", points: 30 },
    ];
    const to = await dao.badge.getAddress();
    const data = dao.badge.interface.encodeFunctionData("setTitles", [titles]);
    await asSteward({
      title: "Titles",
      calls: [{ contract: "badge", to, signature: "", args: [], data, value: 0n, purpose: "Titles" }],
    });
    await allow();
    await mint(alice.address);
    await badge.award(KIND.RECIPE, alice, `0x${"00".repeat(32)}`);
    expect(await readPass(await open(), 1)).to.deep.include({
      number: 1,
      holder: alice.address,
      title: { rank: 2, name: "常連 <b>" },
      ranks: 2,
      points: 30,
    });
    await pass.connect(alice).transferFrom(alice, bob, 1);
    expect((await readPass(await open(), 1)).title).to.deep.equal({ rank: 1, name: "Guest" });
    expect(await readCard(await open(), 1))
      .to.match(/^<svg[^>]*>/u)
      .and.to.not.include("<b>");
    expect((await problemOf(readPass(await open(), 9))).message).to.include("no such pass");
    expect((await problemOf(readCard(await open(), 9))).message).to.include("no such pass");
  });

  it("aren't read as none where a node leaves logs out", async () => {
    const { open, allow, mint, alice } = await world();
    await allow();
    await mint(alice.address);
    const live = await open();
    const leaky = { ...live, logsOf: () => Promise.resolve([]), forgetLogs: () => Promise.resolve() };
    const { problems } = await kyosoError(readPassesOf(leaky, alice.address));
    expect(problems[0]?.code).to.equal("logs.incomplete");
  });
});

describe("perks", () => {
  it("say who gets them, and what is missing", async () => {
    const { open, allow, mint, add, alice, bob, launcher } = await world();
    await allow();
    await mint(alice.address);
    await add("先行販売", "1 pass", "1 badge of レビュー");
    await add("Tasting", "100 points", "or", "2 badges", "or", "1,000,000 tokens", "1 pass");
    const live = await open();
    const perks = await readPerks(live);
    expect(perks.map(({ number, name, closed }) => [number, name, closed])).to.deep.equal([
      [1, "先行販売", false],
      [2, "Tasting", false],
    ]);
    expect(ruleInWords(perks[1]?.conditions ?? [], String)).to.equal(
      "100 points, or 2 badges, or 1,000,000 tokens and 1 pass",
    );
    const of = async (account: string) =>
      (await readStandings(live, perks, account)).map((standing) => [
        standing.eligible,
        standing.met,
        missingFor(standing).map(({ subject }) => subject),
      ]);
    expect(await of(alice.address)).to.deep.equal([
      [true, [true, true], []],
      [false, [false, false, false, true], ["points"]],
    ]);
    expect(await of(bob.address)).to.deep.equal([
      [false, [false, true], ["passes"]],
      [false, [false, false, false, false], ["points"]],
    ]);
    expect(await of(launcher.address)).to.deep.equal([
      [false, [false, false], ["passes", "badges of kind"]],
      [false, [false, false, false, false], ["points"]],
    ]);
  });

  it("are closed once, and aren't there where logs are missing", async () => {
    const { open, add, asSteward, alice } = await world();
    await add("One", "1 badge");
    const [perk] = await readPerks(await open());
    if (perk === undefined) throw new Error("there is no perk");
    await asSteward(planClosePerk(await open(), perk));
    const live = await open();
    const perks = await readPerks(live);
    expect(perks[0]?.closed).to.equal(true);
    expect((await readStandings(live, perks, alice.address))[0]).to.deep.include({
      eligible: false,
      met: [true],
    });
    expect(() => planClosePerk(live, requirePerk("#1", perks))).to.throw("closed already");
    expect(() => requirePerk("2", perks)).to.throw("no such perk");
    expect(() => requirePerk("one", perks)).to.throw("isn't the number of a perk");
    const leaky = { ...live, logsOf: () => Promise.resolve([]), forgetLogs: () => Promise.resolve() };
    expect((await kyosoError(readPerks(leaky))).problems[0]?.code).to.equal("logs.incomplete");
  });

  it("have conditions that are read back", () => {
    const kinds = [
      { number: 1, name: "レビュー", closed: false },
      { number: 2, name: "5 stars", closed: false },
    ];
    for (const [text, subject, amount, kind] of [
      ["1 pass", "passes", 1, null],
      ["３ badges", "badges", 3, null],
      ["2 badges of レビュー", "badges of kind", 2, 1],
      ["1 badge of 5 stars", "badges of kind", 1, 2],
      ["100 points", "points", 100, null],
      ["1 point this season", "points this season", 1, null],
      ["50 Points last season", "points last season", 50, null],
      ["rank 5", "rank", 5, null],
      ["30 days", "member days", 30, null],
      ["member for 30 days", "member days", 30, null],
      ["1,000 tokens", "tokens", 1_000, null],
    ] as const) {
      expect(parseCondition(text, kinds), text).to.deep.equal({ subject, amount, kind });
    }
    for (const text of [
      "",
      "pass",
      "0 points",
      "rank 6",
      "16777216 points",
      "-1 points",
      "1.5 points",
      "2 cats",
    ]) {
      expect(() => parseCondition(text, kinds), text).to.throw();
    }
    expect(() => parseCondition("1 badge of x", kinds)).to.throw("no badge kind");
  });

  it("are refused with everything that is wrong with them", () => {
    const codes = (name: string, conditions: string[], once = false, uri = "") => {
      try {
        readNewPerk({ name, uri, once, conditions }, []);
      } catch (error) {
        const { problems } = error as { problems: { code: string }[] };
        return problems.map(({ code }) => code);
      }
      return [];
    };
    expect(codes("", [])).to.deep.equal(["text.length"]);
    const long = codes("x".repeat(65), ["1 pass"], false, "x".repeat(257));
    expect(long).to.deep.equal(["text.length", "text.length"]);
    expect(codes("x", [])).to.deep.equal(["perk.conditions-count"]);
    expect(codes("x", Array<string>(5).fill("1 pass"))).to.deep.equal(["perk.conditions-count"]);
    expect(codes("x", ["or", "1 pass"])).to.deep.equal(["perk.or-misplaced"]);
    expect(codes("x", ["1 pass", "or"])).to.deep.equal(["perk.or-misplaced"]);
    expect(codes("x", ["1 pass", "or", "rank 3"], true)).to.deep.equal(["perk.once-mixed"]);
    expect(codes("x", ["1 pass", "or", "1 pass", "rank 3"], true)).to.deep.equal([]);
    // Tokens go from hand to hand, and with them the coupon.
    expect(codes("x", ["1,000 tokens"], true)).to.deep.equal(["perk.once-handed-on"]);
    expect(codes("x", ["1 badge", "or", "5 tokens"], true)).to.deep.equal(["perk.once-handed-on"]);
    expect(codes("x", ["1,000 tokens", "1 badge"], true)).to.deep.equal([]);
    expect(codes("x", ["1,000 tokens"])).to.deep.equal([]);
    expect(codes("x", ["2 cats", "0 points"])).to.deep.equal([
      "perk.condition-unreadable",
      "perk.amount-out-of-range",
    ]);
  });
});
