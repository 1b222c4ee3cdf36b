// cspell:ignore AQAAAA
import { expect } from "chai";
import {
  foldReference,
  inboxOf,
  isMailbox,
  probableMistake,
  writtenMailbox,
} from "../../sdk/drop/mailbox.js";
import { formatCode, looksLikeCode } from "../../sdk/drop/code.js";
import { formatLink, parseLink, readLink } from "../../sdk/drop/link.js";
import { KyosoError } from "../../sdk/errors.js";
import { csvText } from "../../sdk/node/tables/cells.js";
import type { TableRow } from "../../sdk/node/tables/table.js";
import { readTable } from "../../sdk/node/tables/table.js";
import { payloadsIn } from "../../sdk/pasted.js";
import { parseLink as parseVoucherLink } from "../../sdk/vouchers/link.js";
import { INPUTS, LONGEST, processor, randomFrom } from "./fuzzing.js";
import { inPieces } from "./node/tables/support.js";

/** Texts of pieces that parsers make something of, and of any characters between them. */
function texts(seed: number, pieces: readonly string[], most: number) {
  const random = randomFrom(seed);
  const piece = () => {
    if (random(4) > 0) return pieces[random(pieces.length)] ?? "";
    return String.fromCharCode(random(random(2) === 0 ? 0x80 : 0x1_0000));
  };
  return function* () {
    for (let i = 0; i < INPUTS; i++) yield Array.from({ length: random(most) }, piece).join("");
  };
}

/** Runs what may only refuse in words. */
function tried<Result>(text: string, run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof KyosoError) return undefined;
    throw new Error(`crashed on ${JSON.stringify(text)}`, { cause: error });
  }
}

/** That what is found in texts is always the same, and is found in many. */
function expectFound<Found>(
  all: Iterable<string>,
  expected: Found,
  read: (text: string) => Found | undefined,
): void {
  let found = 0;
  for (const text of all) {
    const result = read(text);
    if (result === undefined) continue;
    found += 1;
    expect(result, text).to.deep.equal(expected);
  }
  expect(found, "texts with a link").to.be.greaterThan(INPUTS / 20);
}

function expectSoon(what: string, run: () => unknown): void {
  const started = processor();
  run();
  expect(processor() - started, what).to.be.below(LONGEST);
}

describe("parsers of strangers' texts", () => {
  const { stackTraceLimit } = Error;
  // Thousands of refusals, of which nobody wants to know where they came from, would take most of the time.
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  it(`read ${INPUTS.toLocaleString("en")} tables or say what is wrong with them`, async () => {
    const shape = { firstLine: "a,b", columns: ["a", "b"], foreignColumns: false };
    const random = randomFrom(3);
    const read = async (text: string) => {
      const rows: TableRow[] = [];
      try {
        await readTable(
          "t.csv",
          { ...shape, foreignColumns: random(2) === 0 },
          () => undefined,
          (row) => rows.push(row),
          whole(text),
        );
      } catch (error) {
        if (!(error instanceof KyosoError))
          throw new Error(`crashed on ${JSON.stringify(text)}`, { cause: error });
        return undefined;
      }
      return rows;
    };
    const made = texts(
      1,
      ["a,b\n", "a", "b", ",", ";", "\t", "\r", "\n", "\r\n", '"', '""', " ", "　", "\ufeff", "1", "sep=;\n"],
      24,
    );
    let readable = 0;
    for (const text of made())
      if (((await read(`${random(2) === 0 ? "a,b\n" : ""}${text}`))?.length ?? 0) > 0) readable += 1;
    expect(readable, "tables with rows").to.be.greaterThan(INPUTS / 20);
    // What is written is read back, whatever is in its cells and wherever the text is cut.
    const cells = texts(2, ['"', ",", ";", "\n", "x", "'", "=", " y"], 8);
    const rows = [...cells()]
      .slice(0, 200)
      .map((cell) => [`x${cell}x`.replaceAll(/\r\n?|\p{Cs}/gu, "\n"), "b"]);
    const back: string[] = [];
    await readTable(
      "t.csv",
      shape,
      () => undefined,
      (row) => back.push(row.cells.a ?? ""),
      inPieces(csvText(["a", "b"], rows)),
    );
    expect(back).to.deep.equal(rows.map(([cell]) => cell));
  });

  it(`find links in ${INPUTS.toLocaleString("en")} texts or say what is wrong with them`, () => {
    const domain = { chainId: 1n, drop: `0x${"00".repeat(20)}`, campaign: `0x${"11".repeat(32)}` };
    const leaf = {
      index: 1,
      byKey: false,
      claimant: domain.drop,
      amount: 5n,
      kind: 0,
      evidence: `0x${"00".repeat(32)}`,
    };
    const link = formatLink({ ...domain, leaf, proof: [], key: undefined }, "https://example.com/claim");
    const pieces = [
      link,
      link.slice(0, 80),
      link.slice(80),
      "https://",
      "AQAAAA",
      "aHR0c",
      "%23",
      "%25",
      "=\r\n",
      "\n> ",
      "「",
      ".",
      "-",
      "_",
    ];
    expectFound(texts(4, pieces, 8)(), leaf, (text) => {
      tried(text, () => parseVoucherLink(text));
      return tried(text, () => parseLink(text))?.leaf;
    });
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    let nested = "https://example.com/?u=AQAAAA";
    for (let i = 0; i < 20; i++) nested = `http${base64(`https://example.com/?u=${nested}`)}`;
    for (const [what, text] of Object.entries({
      payloads: "AQAAAA".repeat(200_000),
      encoded: `aHR0c${"A".repeat(50)} `.repeat(20_000),
      nested: nested.repeat(10),
      percents: "%25".repeat(400_000),
      redirects: `urldefense.proofpoint.com/v2${"-25".repeat(400_000)}`,
      quotations: "> ".repeat(500_000),
      breaks: "=\r\n".repeat(400_000),
    })) {
      expectSoon(what, () => [...payloadsIn(text)]);
      expectSoon(what, () => tried(text, () => parseLink(text)));
    }
  });

  it(`find short links in ${INPUTS.toLocaleString("en")} texts or say what is wrong with them`, () => {
    const link = { id: "0123abcd", index: 7, seed: Uint8Array.from({ length: 16 }, (_, i) => i) };
    const code = formatCode(link);
    const pieces = [
      code,
      `https://example.com/claim#${code.toUpperCase()}`,
      code.slice(0, 30),
      code.slice(30),
      "ky1",
      "KY1",
      "q",
      "https://",
      "aHR0c",
      "%6b",
      "=\r\n",
      "\n> ",
      "「",
      "\u200b",
      "１",
    ];
    expectFound(texts(6, pieces, 8)(), link, (text) => tried(text, () => readLink(text)));
    for (const [what, text] of Object.entries({
      beginnings: "ky1".repeat(400_000),
      letters: `ky1${"q".repeat(1_000_000)}`,
      wrong: `ky1${"q".repeat(46)} `.repeat(20_000),
      spaces: `ky1${" q".repeat(500_000)}`,
      wide: "ｋｙ１".repeat(300_000),
      long: "\ufdfa".repeat(300_000),
    })) {
      expectSoon(what, () => looksLikeCode(text));
      expectSoon(what, () => tried(text, () => readLink(text)));
    }
  });

  it(`compare ${INPUTS.toLocaleString("en")} customers`, () => {
    const pieces = [
      "aoki",
      "@",
      "＠example.com",
      ".",
      "@gmail.com",
      "+",
      "-",
      " ",
      "日本",
      "@日本.jp",
      "xn--",
      "#REF!",
      "1月2日",
    ];
    let mailboxes = 0;
    for (const text of texts(5, pieces, 7)()) {
      const written = writtenMailbox(text);
      const folded = foldReference(text);
      expect(foldReference(folded), JSON.stringify(text)).to.equal(folded);
      expect(foldReference(written), JSON.stringify(text)).to.equal(folded);
      const inbox = inboxOf(folded);
      if (inbox !== undefined) expect(inboxOf(inbox), JSON.stringify(text)).to.equal(undefined);
      probableMistake(text);
      if (isMailbox(written)) mailboxes += 1;
    }
    expect(mailboxes).to.be.greaterThan(INPUTS / 50);
    for (const text of [
      "a".repeat(1 << 20),
      `${"a.".repeat(1 << 19)}@`,
      `a@${"a.".repeat(1 << 19)}`,
      "1".repeat(1 << 20),
    ]) {
      expectSoon(text.slice(0, 8), () => [
        isMailbox(text),
        foldReference(text),
        inboxOf(text),
        probableMistake(text),
      ]);
    }
  });
});

async function* whole(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
