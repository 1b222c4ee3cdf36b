import { expect } from "chai";
import { oneLine, visible } from "../../sdk/text.js";
import { processor } from "./fuzzing.js";

describe("texts that anybody may have written", () => {
  const texts: [what: string, text: string, shown: string][] = [
    ["leaves Japanese and emoji as they are", "夏の試飲会 👩‍🍳", "夏の試飲会 👩‍🍳"],
    ["leaves line breaks and tabs", "a\n\tb", "a\n\tb"],
    [
      "shows what would move the cursor",
      "a\u001b[2Jb\u0008c\rd\u009b1m",
      "a\\u001b[2Jb\\u0008c\\u000dd\\u009b1m",
    ],
    ["shows what hides among letters", "a\u200bb\u2060c\ufeffd\u00ade", "a\\u200bb\\u2060c\\ufeffd\\u00ade"],
    ["shows lines that break elsewhere only", "a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d"],
    ["shows fillers", "a\u115fb\u3164c\uffa0d\u2800e", "a\\u115fb\\u3164c\\uffa0d\\u2800e"],
    ["shows tags", "a\u{e0041}\u{e0001}b", "a\\u{e0041}\\u{e0001}b"],
    ["shows variation selectors that vary nothing", "a\ufe0fb\u{e0100}", "a\\ufe0fb\\u{e0100}"],
    ["shows joiners that join nothing", "pay\u200dpal\u200c", "pay\\u200dpal\\u200c"],
    ["shows what is no character", "a\ufffeb\uffffc\ufdd0d\u{1ffff}", "a\\ufffeb\\uffffc\\ufdd0d\\u{1ffff}"],
    ["shows half characters", "a\ud800b", "a\\ud800b"],
    [
      "leaves variants and flags",
      "❤️ 葛\u{e0100}飾 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
      "❤️ 葛\u{e0100}飾 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ],
    ["shows what would turn the writing round", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ];
  for (const [what, text, shown] of texts) {
    it(what, () => {
      expect(visible(text)).to.equal(shown);
    });
  }

  it("puts a text on one line", () => {
    expect(oneLine(" a\r\n\n  b\u3000c\u001b ")).to.equal("a b c\\u001b");
  });

  it("let nothing through that isn't seen, of 10,000 that are made up, in no time", () => {
    const pieces = [
      "a",
      "\u200b",
      "👩",
      "\u200d",
      "葛",
      "\u{e0100}",
      "\u{e0041}",
      "\ufe0f",
      "\n",
      "\u001b[2J",
      "\u202e",
      "\ud800",
      "\u2028",
    ];
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const began = processor();
    for (let i = 0; i < 10_000; i++) {
      const text = Array.from({ length: next(40) }, () => pieces[next(pieces.length)] ?? "").join("");
      const shown = visible(text);
      const leaks = ["\u200b", "\u001b", "\u202e", "\u2028", "\u{e0041}"].filter((hidden) =>
        shown.includes(hidden),
      );
      // What is shown stays as it is: nothing in it needs showing again.
      if (leaks.length > 0 || visible(shown) !== shown || oneLine(text).includes("\n"))
        expect.fail(JSON.stringify(text));
    }
    expect(processor() - began).to.be.below(3_000);
    for (const piece of pieces) {
      const start = processor();
      visible(piece.repeat(100_000));
      expect(processor() - start, JSON.stringify(piece)).to.be.below(2_000);
    }
  });

  it("takes long ones in no time", () => {
    const began = processor();
    expect(oneLine(`a${" ".repeat(200_000)}b`)).to.equal("a b");
    expect(processor() - began).to.be.below(1_000);
  });
});
