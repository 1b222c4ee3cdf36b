import { expect } from "chai";
import { oneLine, visible } from "../../sdk/text.js";

describe("texts that anybody may have written", () => {
  const texts: [what: string, text: string, shown: string][] = [
    ["leaves Japanese and emoji as they are", "夏の試飲会 👩‍🍳", "夏の試飲会 👩‍🍳"],
    ["leaves line breaks and tabs", "a\n\tb", "a\n\tb"],
    [
      "shows what would move the cursor",
      "a\u001b[2Jb\u0008c\rd\u009b1m",
      "a\\u001b[2Jb\\u0008c\\u000dd\\u009b1m",
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

  it("takes long ones in no time", () => {
    const began = performance.now();
    expect(oneLine(`a${" ".repeat(200_000)}b`)).to.equal("a b");
    expect(performance.now() - began).to.be.below(1_000);
  });
});
