import { expect } from "chai";
import packageWidth from "string-width";
import { problem } from "../../sdk/errors.js";
import {
  alignRight,
  done,
  heading,
  print,
  printAside,
  shorten,
  stringWidth,
  styled,
  table,
  warn,
} from "../../tasks/output.js";
import { quoted, shownPath } from "../../tasks/commandLine.js";

/** Code points of a text, for people who look for the one that is wrong. */
function escape(text: string): string {
  return Array.from(text, (character) => `U+${character.codePointAt(0)?.toString(16) ?? ""}`).join(" ");
}

describe("texts on the screen", () => {
  it("are cut to the columns that there are", () => {
    expect(shorten("short", 10)).to.equal("short");
    expect(shorten("a longer text", 8)).to.equal("a longe…");
    expect(shorten("夏の試飲会のお知らせ", 9)).to.equal("夏の試飲…");
    expect(shorten("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 5)).to.equal("👨‍👩‍👧👨‍👩‍👧…");
  });

  it("are measured as the package for it measures them, also where it isn't asked", () => {
    const simple = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (character) =>
        /[ -~…█░\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}、-〿！-～｟｠]/u.test(
          character,
        ),
    );
    const texts = [...simple, "が", "夏\u3099", "ｶﾞ", "葛\u{e0100}城", "〰\ufe0f", "ㅋㅋ", "각", "👩‍🚀夏"];
    for (let i = 0; i < simple.length; i += 8) {
      // Beside one from far away: none of them joins with what is next to it.
      texts.push(`${simple[i] ?? ""}${simple[(i * 7_919) % simple.length] ?? ""}`);
    }
    const wrong = texts.filter((text) => stringWidth(text) !== packageWidth(text));
    expect(wrong.map((text) => escape(text))).to.deep.equal([]);
  });

  it("take no longer where they are long", () => {
    const start = performance.now();
    for (let i = 0; i < 100; i++) shorten("夏".repeat(10_000), 44);
    expect(performance.now() - start).to.be.below(2_000);
  });

  describe("in colours", () => {
    const [RED, OFF] = ["\u001b[31m", "\u001b[39m"];
    const [SHOWN_RED, SHOWN_OFF] = ["\\u001b[31m", "\\u001b[39m"];
    const hostile = `${RED}✗ would fail${OFF}`;

    /** What is written to the terminal meanwhile, of which it is supposed that it shows colours. */
    function written(use: () => void): string {
      const [was, forced] = [process.env.FORCE_COLOR, process.env.NO_COLOR];
      const { log, error } = console;
      const lines: string[] = [];
      process.env.FORCE_COLOR = "1";
      delete process.env.NO_COLOR;
      console.log = console.error = (line: string) => lines.push(line);
      try {
        use();
      } finally {
        Object.assign(console, { log, error });
        if (was === undefined) delete process.env.FORCE_COLOR;
        else process.env.FORCE_COLOR = was;
        if (forced !== undefined) process.env.NO_COLOR = forced;
      }
      return lines.join("\n");
    }

    it("have those that this program gives them, also one within another", () => {
      expect(
        written(() => {
          print(`a ${styled("red", "b")} ${styled("bold", `c ${styled("green", "d")} e`)}`);
        }),
      ).to.equal(`a ${RED}b${OFF} \u001b[1mc \u001b[32md${OFF} e\u001b[22m`);
    });

    it("have none that a stranger gives them, however they come to the screen", () => {
      const shownHostile = `${SHOWN_RED}✗ would fail${SHOWN_OFF}`;
      for (const show of [print, printAside]) {
        expect(
          written(() => {
            show(hostile);
          }),
        ).to.equal(shownHostile);
      }
      expect(
        written(() => {
          print(styled("green", `✓ ${hostile}`));
        }),
      ).to.equal(`\u001b[32m✓ ${shownHostile}${OFF}`);
      expect(
        written(() => {
          print(styled("green", `${styled("bold", hostile)}\u001b[2K\u009b31m`));
        }),
      ).to.equal(`\u001b[32m\u001b[1m${shownHostile}\u001b[22m\\u001b[2K\\u009b31m${OFF}`);
    });

    it("are measured in a table as they are seen", () => {
      const rows = [
        [styled("green", "ok"), "1"],
        [RED, "2"],
      ];
      expect(
        written(() => {
          table(rows);
        }),
      ).to.equal(`  ok          1\n  ${SHOWN_RED}  2`);
      expect(alignRight([["x"], [RED]], 0)).to.deep.equal([["         x"], [SHOWN_RED]]);
    });
  });

  it("are words of a shell, whatever is in them", () => {
    expect(quoted("outbox/31337/blue/x.json")).to.equal("outbox/31337/blue/x.json");
    expect(quoted("a b.json")).to.equal('"a b.json"');
    expect(quoted("$(touch x).json")).to.equal("'$(touch x).json'");
    expect(quoted("a`id`'b\"!.json")).to.equal("'a`id`'\\''b\"!.json'");
    expect(quoted("-rf")).to.equal("./-rf");
  });
});

describe("names of files", () => {
  const hostile = "outbox/a.json\n✓ Signed by 2 of 2 owners\t\u2028x";

  it("paint no lines of this program, wherever they are shown", () => {
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => lines.push(line);
    const told = { message: "It is wrong", place: hostile };
    try {
      heading(hostile);
      done(shownPath(hostile));
      table([["File", shownPath(hostile)]]);
      warn(problem("file.missing", { data: { file: hostile }, ...told }));
    } finally {
      console.log = log;
    }
    const shown = lines.flatMap((line) => line.trim().split("\n"));
    expect(shown).to.have.length(4);
    for (const line of shown)
      expect(line).to.include("a.json\\u000a✓ Signed by 2 of 2 owners\\u0009\\u2028x");
  });

  it("are the same where nothing in them is hidden, with each space", () => {
    for (const name of ["緊急　停止.json", "two  spaces .json", "é.json"]) {
      expect(shownPath(name)).to.equal(name);
    }
  });
});
