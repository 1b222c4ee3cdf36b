import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { dataSlice, getAddress, id, parseEther } from "ethers";
import type { DropLine } from "../../../../sdk/node/drop/lines.js";
import { readLines } from "../../../../sdk/node/drop/lines.js";
import { kindOf } from "../../../helpers/problems.js";
import { withFolder } from "../../badges/support.js";
import { kyosoError } from "../../support.js";

const account = (text: string) => getAddress(dataSlice(id(text), 12));
const A = account("a");
const KINDS = [
  { number: 1, name: "レビュー", closed: false },
  { number: 2, name: "Ambassador", closed: false },
];
const CHECKS = { kinds: KINDS, symbol: "BLUE", cap: parseEther("1500") };

async function read(text: string | Uint8Array): Promise<DropLine[]> {
  const lines: DropLine[] = [];
  await withFolder(async (folder) => {
    const file = path.join(folder, "spring.csv");
    await writeFile(file, text);
    const { count } = await readLines(file, CHECKS, (line) => lines.push(line));
    expect(count).to.equal(lines.length);
  });
  return lines;
}

async function problemsOf(text: string | Uint8Array) {
  const { problems } = await kyosoError(read(text));
  for (const { remedy = "" } of problems) expect(remedy).not.to.equal("");
  return problems.map(({ place = "", message }) => `${place.replace(/^.*spring\.csv/u, "csv")}: ${message}`);
}

describe("readLines", () => {
  it("reads accounts and customers, tokens and badges", async () => {
    const lines = await read(
      `\ufeffaccount,email,tokens,kind,evidence\n${A},,"1,000",レビュー,"春の, 深煎り"\n\n,花子@example.jp,1.5 BLUE,,\n,x@example.com,,2,\n`,
    );
    expect(lines).to.deep.equal([
      { line: 2, account: A, reference: "", amount: parseEther("1000"), kind: 1, evidence: "春の, 深煎り" },
      {
        line: 4,
        account: undefined,
        reference: "花子@example.jp",
        amount: parseEther("1.5"),
        kind: 0,
        evidence: "",
      },
      { line: 5, account: undefined, reference: "x@example.com", amount: 0n, kind: 2, evidence: "" },
    ]);
  });

  it("names all mistakes by line and column", async () => {
    const text = [
      "account,customer,tokens,kind,evidence",
      `${A},,1,,`,
      `${A},,1,,`,
      `${A.toLowerCase()},,1,,`,
      ",c-1,x,,",
      ",c-1,1,,",
      ",c-2,2000,,",
      ",c-3,-1,Review,",
      ",,1,,",
      ",c-4,0,,",
      ",c-5,1,,なにか",
    ].join("\n");
    expect(await problemsOf(text)).to.deep.equal([
      `csv, line 3, column account: ${A} is in line 2 already`,
      `csv, line 4, column account: "${A.toLowerCase()}" has a wrong checksum (its capital and small letters)`,
      'csv, line 5, column tokens: "x" isn\'t an amount',
      'csv, line 6, column customer: "c-1" is in line 5 already',
      'csv, line 7, column tokens: "2000" is more than there can ever be: 1,500 BLUE',
      'csv, line 8, column tokens: "-1" is negative',
      'csv, line 8, column kind: There is no badge kind "Review"',
      "csv, line 9: It says for nobody",
      "csv, line 10: It gives nothing",
      'csv, line 11: There is evidence ("なにか"), and no badge that it could be for',
    ]);
  });

  it("compares e-mail addresses as mailboxes, and refuses what is none", async () => {
    const text = [
      "EMail,tokens",
      "aoki@example.com,10",
      " Aoki@Example.com ,10",
      "ueda＠example.com,10",
      "ueda@example.com,10",
      "not-an-email,10",
      "#REF!,10",
      "8.19E+11,10",
      "a@b,10",
    ].join("\n");
    expect(await problemsOf(text)).to.deep.equal([
      'csv, line 3, column email: "Aoki@Example.com" is in line 2 already',
      'csv, line 5, column email: "ueda@example.com" is in line 4 already',
      'csv, line 6, column email: "not-an-email" isn\'t an e-mail address',
      'csv, line 7, column email: "#REF!" isn\'t an e-mail address',
      'csv, line 8, column email: "8.19E+11" isn\'t an e-mail address',
      'csv, line 9, column email: "a@b" isn\'t an e-mail address',
    ]);
  });

  it("writes an e-mail address as mail programs take it, and leaves customers' numbers as they are", async () => {
    const [mail, number] = await read("customer,tokens\nUeda＠Example.com,1\nＡ-１,1\n");
    expect([mail?.reference, number?.reference]).to.deep.equal(["Ueda@Example.com", "Ａ-１"]);
  });

  it("warns of what a spreadsheet has probably broken", async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, "spring.csv");
      await writeFile(file, "customer,tokens\n#N/A,1\n8.19E+11,1\nc-3,1\n");
      const { count, warnings } = await readLines(file, CHECKS, () => undefined);
      expect(count).to.equal(3);
      expect(warnings.map(({ place = "", data }) => [place.replace(/^.*spring/u, ""), data])).to.deep.equal([
        [".csv, line 2, column customer", { text: "#N/A", reason: "spreadsheet-error" }],
        [".csv, line 3, column customer", { text: "8.19E+11", reason: "exponent" }],
      ]);
      // A customer's number "1-2" or "3-1", as Excel writes it; what is none is left alone.
      await writeFile(file, "customer,tokens\n2-Jan,1\n2026/1/2,1\n1月2日,1\n2026-0012,1\n12-3456,1\n");
      const dates = await readLines(file, CHECKS, () => undefined);
      expect(dates.warnings.map(({ data }) => data)).to.deep.equal(
        ["2-Jan", "2026/1/2", "1月2日"].map((text) => ({ text, reason: "date" })),
      );
    });
  });

  it("warns of mailboxes that one person probably reads, whichever comes first", async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, "spring.csv");
      const customers = [
        "aoki@example.com",
        "aoki+spring@example.com",
        "ueda+1@example.com",
        "ueda@example.com",
        "m.ori@gmail.com",
        "Mori@googlemail.com",
        "ka.to@example.com",
        "kato@example.com",
        "+1@example.com",
      ];
      await writeFile(file, `email,tokens\n${customers.map((customer) => `${customer},1\n`).join("")}`);
      const { count, warnings } = await readLines(file, CHECKS, () => undefined);
      expect(count).to.equal(9);
      expect(warnings.map(kindOf)).to.deep.equal([
        ["drop.same-inbox", { text: "aoki+spring@example.com", line: 2 }],
        ["drop.same-inbox", { text: "ueda@example.com", line: 4 }],
        ["drop.same-inbox", { text: "Mori@googlemail.com", line: 6 }],
      ]);
    });
  });

  it("knows a domain in its own letters and as xn--…", async () => {
    expect(await problemsOf("email,tokens\na@日本.jp,1\nA@xn--wgv71a.jp,1\n")).to.deep.equal([
      'csv, line 3, column email: "A@xn--wgv71a.jp" is in line 2 already',
    ]);
  });

  it("takes thousands as they are written, and says what is wrong with other ways", async () => {
    const amounts = [
      '"1,000"',
      "1_00",
      "0.5",
      "1 000",
      "1'000",
      "１０００",
      "1.000,50",
      "1000円",
      '"100 BLUE"',
    ];
    const text = amounts.map((amount, i) => `c-${i};${amount}`).join("\n");
    expect(await problemsOf(`customer;tokens\n${text}\n`)).to.deep.equal([
      'csv, line 3, column tokens: "1_00" has a separator where none belongs',
      'csv, line 5, column tokens: "1 000" has a separator where none belongs',
      `csv, line 6, column tokens: "1'000" isn't an amount`,
      'csv, line 7, column tokens: "１０００" has full-width characters',
      'csv, line 8, column tokens: "1.000,50" isn\'t an amount',
      'csv, line 9, column tokens: "1000円" isn\'t an amount',
    ]);
  });

  it("passes empty rows over, reads semicolons and UTF-16, and refuses what stands beside the columns", async () => {
    const text = "email;tokens;kind;\r\na@example.com;10;;\r\n;;;\r\n;;;\r\n";
    expect(await read(text)).to.have.length(1);
    const utf16 = Buffer.from(`\ufeff${text.replaceAll(";", "\t")}`, "utf16le");
    expect(await read(utf16)).to.have.length(1);
    expect(await problemsOf(text.replace("10;;", "10;;x"))).to.deep.equal([
      'csv, line 2: "x" stands in a column without a name',
    ]);
  });

  it("doesn't guess whether a point stands before decimals or between thousands", async () => {
    expect(await problemsOf("email,tokens\na@example.com,1.000\nb@example.com,12.500\n")).to.deep.equal([
      'csv, line 2, column tokens: "1.000" can be meant in two ways',
      'csv, line 3, column tokens: "12.500" can be meant in two ways',
    ]);
  });

  it("stops at 20 mistakes", async () => {
    const problems = await problemsOf(
      `customer,tokens\n${Array.from({ length: 100 }, (_, i) => `c-${i},x`).join("\n")}`,
    );
    expect(problems).to.have.length(21);
    expect(problems.at(-1)).to.include("first 20 mistakes");
  });

  it("adds the tokens up", async () => {
    expect(await problemsOf("customer,tokens\na,900\nb,900\n")).to.deep.equal([
      "csv, column tokens: All lines together give 1,800 BLUE, and there can only ever be 1,500 BLUE",
    ]);
  });

  for (const [what, text, message] of [
    ["nothing", "", "There is no line in it"],
    ["a first line only", "email,tokens\n", "There is no line in it"],
    [
      "a column that is there twice",
      "email,tokens,Tokens\na@example.com,1,1000\n",
      'The column "tokens" is there twice: as the 2nd and as the 3rd',
    ],
    ["an unknown column", "email,token\na,1\n", 'There is a column "token", which isn\'t known'],
    [
      "two columns for the same",
      "email,customer,tokens\na,b,1\n",
      "The columns email and customer mean the same",
    ],
    ["nobody", "tokens\n1\n", 'There is neither a column "account" nor one "email"'],
    ["nothing to give", "email\na\n", 'There is neither a column "tokens" nor one "kind"'],
    [
      "too many cells",
      "email,tokens\na,1,2\n",
      "csv: There are 3 cells in line 2, and the first line names 2 columns",
    ],
    ["another encoding", Buffer.from("email,tokens\n\x89\xd4,1\n", "latin1"), "It isn't in UTF-8"],
    [
      "an e-mail address for an account",
      "account,tokens\naoki@example.com,1\n",
      'csv, line 2, column account: "aoki@example.com" is an e-mail address',
    ],
    [
      "a badge for what a spreadsheet couldn't compute",
      "email,kind,evidence\na@example.com,1,#REF!\n",
      'csv, line 2: The evidence is "#REF!"',
    ],
  ] as const) {
    it(`refuses a file with ${what}`, async () => {
      const [problem = "", ...more] = await problemsOf(text);
      expect(more).to.deep.equal([]);
      expect(problem).to.include(message);
    });
  }

  it("refuses a file that isn't there", async () => {
    const { problems } = await kyosoError(readLines("nowhere.csv", CHECKS, () => undefined));
    expect(problems[0]).to.include({ place: "nowhere.csv", message: "There is no such file" });
  });
});
