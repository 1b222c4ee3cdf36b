import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { getAddress, parseEther, toBeHex } from "ethers";
import type { Contribution } from "../../../sdk/badges/contributions.js";
import { parseContributions, planAwards } from "../../../sdk/badges/contributions.js";
import { checkEvidence } from "../../../sdk/badges/evidence.js";
import { loadBrandFile } from "../../../sdk/config/load.js";
import { KyosoError, type Problem } from "../../../sdk/errors.js";
import { executeAsSafe } from "../../../sdk/execute/safe.js";
import { TRANSACTION_GAS_CAP } from "../../../sdk/launch/preflight.js";
import { launchedWorld, load } from "../support.js";

const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BADGE = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const KINDS = [
  { name: "レビュー", votes: 0n },
  { name: "Ambassador", votes: parseEther("100") },
  { name: "がんばる人", votes: 0n },
];
const HEADER = "kind,account,evidence";

const parse = (...lines: string[]) => parseContributions(lines.join("\n"), "blue.csv", KINDS);

function problemsOf(...lines: string[]): readonly Problem[] {
  try {
    parse(...lines);
  } catch (error) {
    if (error instanceof KyosoError) return error.problems;
    throw error;
  }
  return expect.fail("no KyosoError was thrown");
}

describe("contributions", () => {
  describe("parseContributions", () => {
    it("reads kinds by name or number, with evidence that can be proven", () => {
      const read = parse(HEADER, `レビュー,${ALICE},a review`, `2,${BOB},"friends, three"`);
      expect(read.map(({ kind, account }) => [kind, account])).to.deep.equal([
        [1, ALICE],
        [2, BOB],
      ]);
      expect(read.map(({ evidence }) => evidence.text)).to.deep.equal(["a review", "friends, three"]);
      for (const { evidence } of read) expect(checkEvidence(evidence)).to.equal(true);
    });

    it("prefers a kind that is called like a number", () => {
      const kinds = [{ name: "2" }, { name: "other" }];
      const [first] = parseContributions(`${HEADER}\n2,${ALICE},text`, "blue.csv", kinds);
      expect(first?.kind).to.equal(1);
    });

    it("doesn't mind a byte order mark, Windows' line ends, empty lines, spaces, and more columns", () => {
      const text = `\ufeffkind,note,account,evidence\r\n\r\n レビュー , x , ${ALICE} , text \r\n\r\n`;
      const read = parseContributions(text, "blue.csv", KINDS);
      expect(read.map(({ kind, account }) => [kind, account])).to.deep.equal([[1, ALICE]]);
      expect(read[0]?.evidence.text).to.equal("text");
    });

    it("doesn't mind how a system composes the characters of a kind", () => {
      const name = "がんばる人".normalize("NFD");
      expect(name).not.to.equal("がんばる人");
      expect(parse(HEADER, `${name},${ALICE},text`)[0]?.kind).to.equal(3);
    });

    it("takes the same badge for the same account twice, if it is for something else", () => {
      expect(parse(HEADER, `1,${ALICE},May`, `1,${ALICE},June`)).to.have.length(2);
    });

    it("names every line that is wrong, by its number", () => {
      const list = problemsOf(
        HEADER,
        `レビュー,${ALICE},fine`,
        "",
        `Reviewer,${ALICE},text`,
        `0,${ALICE},text`,
        `4,${ALICE},text`,
        `1.5,${ALICE},text`,
        `,${ALICE},text`,
        `1,${ALICE.toLowerCase()},text`,
        `1,${ALICE.slice(0, -1)},text`,
        "1,,text",
        `1,${BOB},`,
        `レビュー,${ALICE},fine`,
      );
      expect(list.map(({ place, message }) => [place, message])).to.deep.equal([
        ["blue.csv, line 4", 'There is no badge kind "Reviewer"'],
        ["blue.csv, line 5", 'There is no badge kind "0"'],
        ["blue.csv, line 6", 'There is no badge kind "4"'],
        ["blue.csv, line 7", 'There is no badge kind "1.5"'],
        ["blue.csv, line 8", 'There is no badge kind ""'],
        ["blue.csv, line 9", `"${ALICE.toLowerCase()}" has a wrong checksum (its capital and small letters)`],
        ["blue.csv, line 10", `"${ALICE.slice(0, -1)}" has 39 letters and digits after 0x, not 40`],
        ["blue.csv, line 11", '"" isn\'t an address'],
        ["blue.csv, line 12", "There is no evidence"],
        ["blue.csv, line 13", "This is line 2 again"],
      ]);
      for (const { remedy } of list) expect(remedy).not.to.be.oneOf([undefined, ""]);
      expect(list[0]?.remedy).to.equal("The kinds are: レビュー, Ambassador, がんばる人.");
    });

    it("sees through another spelling of the same line", () => {
      const [problem, ...more] = problemsOf(HEADER, `レビュー,${ALICE},text`, `1,${ALICE},text`);
      expect(more).to.deep.equal([]);
      expect(problem?.message).to.equal("This is line 2 again");
    });

    for (const [what, lines, message] of [
      ["nothing in it", [], "There is no line in it"],
      ["only its header", [HEADER], "There is no line in it"],
      ["no header", [`1,${ALICE},text`, `1,${BOB},text`], 'There is no column "kind"'],
      ["no accounts", ["kind,evidence", "1,text"], 'There is no column "account"'],
      ["semicolons", [HEADER.replaceAll(",", ";"), `1;${ALICE};text`], 'There is no column "kind"'],
    ] as const) {
      it(`refuses a file with ${what}`, () => {
        const [problem, ...more] = problemsOf(...lines);
        expect(more).to.deep.equal([]);
        expect(problem).to.deep.include({ place: "blue.csv", message });
        expect(problem?.remedy).to.include(HEADER);
      });
    }

    for (const [what, line] of [
      ["has too few columns", `1,${ALICE}`],
      ["has too many columns", `1,${ALICE},friends, three`],
      ["has a quote that isn't closed", `1,${ALICE},"text`],
    ] as const) {
      it(`says which line ${what}`, () => {
        const [problem, ...more] = problemsOf(HEADER, `1,${BOB},text`, line);
        expect(more).to.deep.equal([]);
        expect(problem?.place).to.equal("blue.csv");
        expect(problem?.message).to.include("line 3");
        expect(problem?.remedy).to.include("CSV");
      });
    }

    it("reads the example", async () => {
      const brand = await loadBrandFile("brands/sakura-coffee.yaml");
      const text = await readFile("brands/sakura-coffee.csv", "utf8");
      expect(parseContributions(text, "sakura-coffee.csv", brand.badges.kinds)).to.have.length(10);
    });
  });

  describe("planAwards", () => {
    const many = (kind: number, count: number): Contribution[] =>
      Array.from({ length: count }, (_, i) => ({
        kind,
        account: getAddress(toBeHex(0x1000 + i, 20)),
        evidence: { text: "", salt: "", hash: toBeHex(i + 1, 32) },
      }));

    it("is nothing for nobody", () => {
      expect(planAwards(BADGE, [], KINDS)).to.deep.equal([]);
    });

    it("makes one call a kind, in one plan", () => {
      const [plan, ...more] = planAwards(BADGE, [...many(2, 1), ...many(1, 2), ...many(2, 1)], KINDS);
      expect(more).to.deep.equal([]);
      expect(plan?.calls.map(({ purpose }) => purpose)).to.deep.equal([
        'Award "レビュー" to 2 people',
        'Award "Ambassador" to 2 people',
      ]);
      for (const { to, contract, signature } of plan?.calls ?? []) {
        expect([to, contract]).to.deep.equal([BADGE, "badge"]);
        expect(signature).to.equal("awardBatch(uint32,address[],bytes32[],string)");
      }
      expect(planAwards(BADGE, many(1, 1), KINDS)[0]?.calls[0]?.purpose).to.equal(
        'Award "レビュー" to 1 person',
      );
    });

    it("cuts what doesn't fit one transaction, and loses nobody", () => {
      const contributions = [...many(1, 700), ...many(2, 120)];
      const plans = planAwards(BADGE, contributions, KINDS);
      expect(plans.length).to.be.greaterThan(2);
      const awarded = plans.flatMap(({ calls }) =>
        calls.flatMap(({ args }) => {
          const [kind, accounts, hashes] = args as [number, string[], string[]];
          return accounts.map((account, i) => `${kind} ${account} ${hashes[i] ?? ""}`);
        }),
      );
      expect(awarded).to.have.members(
        contributions.map(({ kind, account, evidence }) => `${kind} ${account} ${evidence.hash}`),
      );
      expect(new Set(awarded).size).to.equal(contributions.length);
    });

    it("keeps the fullest transaction under the cap", async () => {
      const { context, record, owners, dao } = await load(launchedWorld);
      const kinds = context.brand.badges.kinds;
      const signers = { address: record.safe, owners: owners.slice(0, 2).map(({ address }) => address) };
      for (const contributions of [many(1, 400), many(2, 80)]) {
        const [fullest] = planAwards(record.contracts.badge, contributions, kinds);
        if (fullest === undefined) throw new Error("there is no plan");
        const { gasUsed } = await executeAsSafe(fullest, context.provider, context.eip1193, signers);
        expect(gasUsed <= TRANSACTION_GAS_CAP, `${gasUsed}`).to.equal(true);
        const [first] = fullest.calls;
        expect((first?.args[1] as string[]).length).to.be.greaterThan(40);
      }
      expect(await dao.badge.totalAwarded()).to.be.greaterThan(250n);
    });
  });
});
