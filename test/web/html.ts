import { expect } from "chai";
import { htmlOf, isQuick } from "../../web/src/views/proposals/html.js";

describe("a stranger's Markdown on the page", () => {
  /** Tags that it may become, and their attributes. */
  const ALLOWED =
    /^<(?:\/?(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[3-6]|table|thead|tbody|tr|th|td|a|span)|hr \/|br \/|ol start="\d+"|t[hd] align="(?:left|right|center)"|code class="language-[^"<>]*"|span class="picture"|a href="https:\/\/[^"<>]*" title="https:\/\/[^"<>]*" target="_blank" rel="noreferrer nofollow ugc")>$/u;

  const HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/a.png)",
    '![x](https://evil.example/a.png "title")',
    '![" onload="alert(1)](x)',
    "![a ![b](https://evil.example/b.png)](https://evil.example/c.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](http://evil.example)",
    "[x](//evil.example)",
    '[x](https://evil.example/"onmouseover="alert(1))',
    '[x](https://evil.example "\\" onclick=\\"alert(1)")',
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<https://evil.example/<script>>",
    "<javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "```html\n<script>alert(1)</script>\n```",
    '~~~x"onclick=alert(1)\nx\n~~~',
    "| a | b |\n|:-|-:|\n| <i> | ![](x) |",
    "<!-- <img src=x> -->",
    '<a href="https://x" title="\n<img src=x onerror=alert(1)>">',
    "# <img src=x onerror=alert(1)>\n###### six",
    '<img src="x" alt="y" />',
    '`<img src="x" alt="y" />`',
  ];
  for (const text of HOSTILE) {
    it(`is harmless: ${JSON.stringify(text)}`, () => {
      const tags = htmlOf(text).match(/<[^>]*>/gu) ?? [];
      expect(tags.filter((tag) => !ALLOWED.test(tag))).to.deep.equal([]);
    });
  }

  it("is what it was written as, otherwise", () => {
    expect(htmlOf("# Why\n\nA **good** [reason](https://example.com).")).to.equal(
      '<h3>Why</h3>\n<p>A <strong>good</strong> <a href="https://example.com" title="https://example.com" target="_blank" rel="noreferrer nofollow ugc">reason</a>.</p>',
    );
    expect(htmlOf("![the terrace](https://example.com/a.png)")).to.equal(
      '<p><span class="picture">🖼 the terrace</span></p>',
    );
  });

  it("is read in a moment, or not at all", () => {
    for (const piece of ["![", "[x](", '<a href="', "**_", "> ", ">", "- ", "1. ", "|a", "> - ", "[a]["]) {
      for (const count of [19, 900, 30_000]) {
        const text = piece.repeat(count);
        if (!isQuick(text)) break;
        const began = performance.now();
        htmlOf(text);
        expect(performance.now() - began, `${piece} × ${count}`).to.be.below(5_000);
      }
    }
    expect(isQuick("**_".repeat(30_000))).to.equal(false);
    expect(isQuick("> ".repeat(1_000))).to.equal(false);
    expect(isQuick(`${"a long text. ".repeat(5_000)}\n> a quote\n> - with a list\n\n***`)).to.equal(true);
  });
});
