// cspell:ignore ＥＶＩＤＥＮＣＥ
import { expect } from "chai";
import { readContributions } from "../../../../sdk/node/badges/contributions.js";
import { identityOf } from "../../../../sdk/badges/awards/contribution.js";
import { loadBrandFile } from "../../../../sdk/node/config/load.js";
import { KyosoError, type Problem } from "../../../../sdk/errors.js";
import { inPieces } from "../tables/support.js";
import { problemOf } from "../../support.js";

const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const KINDS = ["レビュー", "Ambassador", "がんばる人"].map((name, i) => ({
  number: i + 1,
  name,
  closed: false,
}));
const HEADER = "kind,account,evidence";

const parseText = (text: string, kinds = KINDS) => readContributions("blue.csv", kinds, inPieces(text));
const parse = (...lines: string[]) => parseText(lines.join("\n"));

async function problemsOf(...lines: string[]): Promise<readonly Problem[]> {
  try {
    await parse(...lines);
  } catch (error) {
    if (error instanceof KyosoError) return error.problems;
    throw error;
  }
  return expect.fail("no KyosoError was thrown");
}

describe("contributions", () => {
  describe("reading a table", () => {
    it("reads kinds by name or number", async () => {
      const read = await parse(HEADER, `レビュー,${ALICE},a review`, `2,${BOB},"friends, three"`);
      expect(read.map(({ kind, account }) => [kind, account])).to.deep.equal([
        [1, ALICE],
        [2, BOB],
      ]);
      expect(read.map(({ text }) => text)).to.deep.equal(["a review", "friends, three"]);
      expect(read.map(({ source }) => source)).to.deep.equal([
        { file: "blue.csv", line: 2 },
        { file: "blue.csv", line: 3 },
      ]);
    });

    it("prefers a kind that is called like a number", async () => {
      const kinds = [
        { number: 1, name: "2", closed: false },
        { number: 2, name: "other", closed: false },
      ];
      const [first] = await parseText(`${HEADER}\n2,${ALICE},text`, kinds);
      expect(first?.kind).to.equal(1);
    });

    it("doesn't mind a byte order mark, Windows' line ends, empty lines, spaces, and more columns", async () => {
      const text = `\ufeffkind,note,account,evidence\r\n\r\n レビュー , x , ${ALICE} , text \r\n\r\n`;
      const read = await parseText(text);
      expect(read.map(({ kind, account }) => [kind, account])).to.deep.equal([[1, ALICE]]);
      expect(read[0]?.text).to.equal("text");
    });

    for (const [what, between] of [
      ["semicolons", ";"],
      ["tabs", "\t"],
    ] as const) {
      it(`reads ${what}, and the names of columns in any case`, async () => {
        const head = ["Kind", "ACCOUNT", "ＥＶＩＤＥＮＣＥ"].join(between);
        const [read] = await parse(head, ["1", ALICE, "a, b"].join(between), [between, between].join(""));
        expect(read).to.include({ kind: 1, account: ALICE, text: "a, b" });
      });
    }

    it("passes rows over in which a spreadsheet has left commas only", async () => {
      expect(await parse(`${HEADER},,`, `1,${ALICE},text,,`, ",,,,", " , ,,,")).to.have.length(1);
    });

    it("refuses a column that is there twice, and names both", async () => {
      const [problem, ...more] = await problemsOf(`${HEADER},Evidence`, `1,${ALICE},first,second`);
      expect(more).to.deep.equal([]);
      expect(problem).to.include({ code: "csv.column-twice", place: "blue.csv, line 1" });
      expect(problem?.data).to.deep.equal({ column: "evidence", first: 3, second: 4 });
      expect(problem?.message).to.include("as the 3rd and as the 4th");
    });

    it("says where customers go who are known by e-mail", async () => {
      const [column] = await problemsOf("kind,email,evidence", "1,aoki@example.com,text");
      expect(column).to.include({ code: "csv.column-missing" });
      expect(column?.remedy).to.include("drop create");
      const [cell] = await problemsOf(HEADER, "1,aoki＠example.com,text");
      expect(cell).to.include({ code: "contribution.by-email", place: "blue.csv, line 2, column account" });
      expect(cell?.remedy).to.include("drop create");
    });

    it("doesn't mind how a system composes the characters of a kind", async () => {
      const name = "がんばる人".normalize("NFD");
      expect(name).not.to.equal("がんばる人");
      expect((await parse(HEADER, `${name},${ALICE},text`))[0]?.kind).to.equal(3);
    });

    it("takes the same badge for the same account twice, if it is for something else", async () => {
      expect(await parse(HEADER, `1,${ALICE},May`, `1,${ALICE},June`)).to.have.length(2);
    });

    it("names every line that is wrong, by its number", async () => {
      const list = await problemsOf(
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
        ["blue.csv, line 4, column kind", 'There is no badge kind "Reviewer"'],
        ["blue.csv, line 5, column kind", 'There is no badge kind "0"'],
        ["blue.csv, line 6, column kind", 'There is no badge kind "4"'],
        ["blue.csv, line 7, column kind", 'There is no badge kind "1.5"'],
        ["blue.csv, line 8, column kind", "The cell is empty"],
        [
          "blue.csv, line 9, column account",
          `"${ALICE.toLowerCase()}" has a wrong checksum (its capital and small letters)`,
        ],
        [
          "blue.csv, line 10, column account",
          `"${ALICE.slice(0, -1)}" has 39 letters and digits after 0x, not 40`,
        ],
        ["blue.csv, line 11, column account", "The cell is empty"],
        ["blue.csv, line 12, column evidence", "There is no evidence"],
        ["blue.csv, line 13", "This is line 2 again"],
      ]);
      for (const { remedy } of list) expect(remedy).not.to.be.oneOf([undefined, ""]);
      expect(list[0]?.remedy).to.equal("The kinds are: レビュー, Ambassador, がんばる人.");
    });

    it("sees through another spelling of the same line", async () => {
      const [problem, ...more] = await problemsOf(HEADER, `レビュー,${ALICE},text`, `1,${ALICE},text`);
      expect(more).to.deep.equal([]);
      expect(problem?.message).to.equal("This is line 2 again");
    });

    for (const [what, lines, message] of [
      ["nothing in it", [], "There is no line in it"],
      ["only its header", [HEADER], "There is no line in it"],
      ["no header", [`1,${ALICE},text`, `1,${BOB},text`], 'There is no column "kind"'],
      ["no accounts", ["kind,evidence", "1,text"], 'There is no column "account"'],
    ] as const) {
      it(`refuses a file with ${what}`, async () => {
        const [problem, ...more] = await problemsOf(...lines);
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
      it(`says which line ${what}`, async () => {
        const [problem, ...more] = await problemsOf(HEADER, `1,${BOB},text`, line);
        expect(more).to.deep.equal([]);
        expect(problem?.place).to.equal("blue.csv");
        expect(problem?.message).to.include("line 3");
        expect(problem?.remedy).to.include("CSV");
      });
    }
  });

  describe("readContributions", () => {
    it("reads the example", async () => {
      const { badges } = await loadBrandFile("brands/sakura-coffee.yaml");
      const kinds = badges.kinds.map(({ name }, i) => ({ number: i + 1, name, closed: false }));
      const read = await readContributions("brands/sakura-coffee.csv", kinds);
      expect(read).to.have.length(10);
      expect(read[0]?.source).to.deep.equal({ file: "brands/sakura-coffee.csv", line: 2 });
    });

    it("says that there is no such file", async () => {
      const { place, message } = await problemOf(readContributions("no/such.csv", KINDS));
      expect([place, message]).to.deep.equal(["no/such.csv", "There is no such file"]);
    });
  });

  describe("identityOf", () => {
    it("is the same for the same, whatever file and system it comes from", async () => {
      const [one] = await parse(HEADER, `レビュー,${ALICE},がんばる`);
      const [other] = await parse(HEADER, "", `1,${ALICE},${"がんばる".normalize("NFD")}`);
      if (one === undefined || other === undefined) throw new Error("nothing was read");
      expect(identityOf(one)).to.equal(identityOf(other));
      expect(identityOf({ ...one, kind: 3 })).not.to.equal(identityOf(one));
      expect(identityOf({ ...one, account: BOB })).not.to.equal(identityOf(one));
      expect(identityOf({ ...one, text: "別" })).not.to.equal(identityOf(one));
    });
  });
});
