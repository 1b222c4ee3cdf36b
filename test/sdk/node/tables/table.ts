// cspell:ignore ＭＡＩＬ ｋｉｎｄ
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { TableHead } from "../../../../sdk/node/tables/head.js";
import { meantFor } from "../../../../sdk/node/tables/head.js";
import type { TableRow } from "../../../../sdk/node/tables/table.js";
import { readTable } from "../../../../sdk/node/tables/table.js";
import { kindOf } from "../../../helpers/problems.js";
import { withFolder } from "../../badges/support.js";
import { kyosoError } from "../../support.js";
import { inPieces } from "./support.js";

const SHAPE = { firstLine: "email,tokens,kind", columns: ["email", "tokens", "kind"], foreignColumns: false };

async function read(content: string | Uint8Array, shape = SHAPE) {
  const rows: TableRow[] = [];
  let head: TableHead | undefined;
  const onHead = (found: TableHead) => (head = found);
  const onRow = (row: TableRow) => rows.push(row);
  await withFolder(async (folder) => {
    const file = path.join(folder, "t.csv");
    await writeFile(file, content);
    await readTable(file, shape, onHead, onRow);
  });
  return { rows, head };
}

async function problemOf(content: string | Uint8Array, shape = SHAPE) {
  const { problems } = await kyosoError(read(content, shape));
  const [problem = expect.fail("there is no problem"), ...more] = problems;
  expect(more).to.deep.equal([]);
  return problem;
}

/** A text in UTF-16 with its high bytes first. */
const bigEndian = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("readTable", () => {
  const text = "email,tokens,kind\r\na@example.com,10,花\r\n";
  const rows = [{ line: 2, cells: { email: "a@example.com", tokens: "10", kind: "花" } }];

  for (const [what, content] of [
    ["UTF-8", text],
    ["UTF-8 with its mark", `\ufeff${text}`],
    ["UTF-8 with its mark twice", `\ufeff\ufeff${text}`],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without its mark", Buffer.from(text, "utf16le")],
    ["UTF-16 with its high bytes first, with its mark", bigEndian(`\ufeff${text}`)],
    ["UTF-16 with its high bytes first, without its mark", bigEndian(text)],
    ["lines that end in a line feed", text.replaceAll("\r\n", "\n")],
    ["lines that end in a carriage return", text.replaceAll("\r\n", "\r")],
    ["lines that end in either", text.replace("\r\n", "\n")],
    ["no line end behind the last line", text.trimEnd()],
    ["semicolons", text.replaceAll(",", ";")],
    ["tabs", text.replaceAll(",", "\t")],
    ["a delimiter behind the last column", text.replaceAll("\r\n", ",\r\n")],
    ["a delimiter behind the last column of the first line only", text.replace("\r\n", ",\r\n")],
    ["delimiters behind the last column of other lines only", text.replace("花\r\n", "花,,,\r\n")],
    [
      "names of columns as keyboards of all kinds write them",
      "Ｅ－ＭＡＩＬ, Tokens　,ｋｉｎｄ\na@example.com,10,花\n",
    ],
    [
      "characters that nobody sees in the names of columns",
      "\u200bemail,tok\u00adens,kind\n\na@example.com,10,花\n".replace("\n\n", "\n"),
    ],
    ["spaces around, of any width", 'email,tokens,kind\n\u00a0a@example.com ,　10　," 花 "\n'],
  ] as const) {
    it(`reads a file with ${what}`, async () => {
      expect((await read(content)).rows).to.deep.equal(rows);
    });
  }

  it("reads what is in quotes as one cell, with its line breaks, and names the line in which the row ends", async () => {
    const read1 = await read(
      'email,tokens,kind\n"a@example.com",10,"two\r\nlines"\nb@example.com,1,"say ""hi"""\n',
    );
    expect(read1.rows.map(({ line, cells }) => [line, cells.kind])).to.deep.equal([
      [3, "two\nlines"],
      [4, 'say "hi"'],
    ]);
  });

  it("passes empty rows over and still counts them", async () => {
    const lines = ["", "email,tokens,kind", "", ",,", "　,,", " ", "a@example.com,10,花", "", ";;"];
    for (const end of ["\n", "\r\n", "\r"]) {
      const found = await read(lines.slice(0, -1).join(end));
      expect(found.rows.map(({ line }) => line)).to.deep.equal([7]);
    }
  });

  it("sees what is between cells where names of columns have other signs in quotes", async () => {
    const head = '"email","tokens","kind","a;b;c;d;e"';
    expect(
      (await read(`${head}\na@example.com,10,花,\n`, { ...SHAPE, foreignColumns: true })).rows,
    ).to.deep.equal(rows);
  });

  it("takes from Excel's own first line what is between cells", async () => {
    expect((await read(`sep=;\r\n${text.replaceAll(",", ";")}`)).rows).to.deep.equal([
      { ...rows[0], line: 3 },
    ]);
  });

  it("says in which encoding a file probably is, and guesses no customer's name", async () => {
    const sjis = Buffer.concat([
      Buffer.from("email,tokens,kind\na@example.com,1,"),
      Buffer.from("83938372" + "8358834e", "hex"),
    ]);
    const found = await problemOf(sjis);
    expect(found).to.include({ code: "file.not-utf8" });
    expect(found.data).to.deep.include({ encoding: "Shift_JIS" });
    expect(found.message).to.include("Japanese Excel");
    const eucJp = Buffer.concat([
      Buffer.from("email,tokens,kind\na@example.com,1,"),
      Buffer.from("a4cfa4ca", "hex"),
    ]);
    expect((await problemOf(eucJp)).data).to.deep.include({ encoding: "EUC-JP" });
    const latin = Buffer.from("email,tokens,kind\na@example.com,1,Café\n", "latin1");
    expect((await problemOf(latin)).data).to.deep.include({ encoding: undefined });
    // A character that is cut off where the file ends.
    expect(await problemOf(Buffer.from(`${text}花`).subarray(0, -1))).to.include({ code: "file.not-utf8" });
  });

  it("says that a workbook is none", async () => {
    for (const beginning of ["504b0304", "d0cf11e0"]) {
      expect(await problemOf(Buffer.from(`${beginning}00010203`, "hex"))).to.include({
        code: "csv.workbook",
      });
    }
  });

  it("says which column a name is probably meant for, and doesn't read it as that", async () => {
    for (const [name, meant] of [
      ["メールアドレス", "email"],
      ["Mail", "email"],
      ["e-mails", "email"],
      ["トークン", "tokens"],
      ["種類", "kind"],
      ["備考", undefined],
    ] as const) {
      const { code, data, remedy = "" } = await problemOf(`${name},x\n1,2\n`);
      expect(kindOf({ code, data })).to.deep.equal(["csv.column-unknown", { column: name, meant }]);
      expect(remedy.includes("Did you mean")).to.equal(meant !== undefined);
    }
    expect(meantFor("x".repeat(1_000_000), SHAPE.columns)).to.equal(undefined);
    const { head } = await read("メール,email,tokens\nx,a@example.com,1\n", {
      ...SHAPE,
      foreignColumns: true,
    });
    expect(head).to.deep.equal({ known: ["email", "tokens"], foreign: ["メール"] });
  });

  it("refuses a row of another length than the first line, by its line", async () => {
    for (const [row, cells, columns] of [
      ["a@example.com,1,000,花", 4, 3],
      ["a@example.com,10", 2, 3],
    ] as const) {
      const { code, data, message } = await problemOf(`email,tokens,kind\n${row}\n`);
      expect(kindOf({ code, data })).to.deep.equal(["csv.row-length", { line: 2, cells, columns }]);
      expect(message).to.include("line 2");
    }
  });

  it("keeps a quote that nobody closed from taking all memory", async () => {
    expect(await problemOf(`email,tokens,kind\n"${"x,".repeat(1 << 20)}`)).to.include({
      code: "csv.unreadable",
    });
    expect(await problemOf(`"${"x".repeat(1 << 21)}`)).to.include({ code: "csv.unreadable" });
  });

  it("reads the same however the text is cut", async () => {
    const cut: TableRow[] = [];
    const whole = `\ufeff"email";tokens;kind\r\n"a""b";"1\r\n2";x\r\n;;\r\nc;;`;
    await readTable(
      "t.csv",
      SHAPE,
      () => undefined,
      (row) => cut.push(row),
      inPieces(whole),
    );
    expect(cut).to.deep.equal((await read(whole)).rows);
    expect(cut).to.have.length(2);
  });
});
