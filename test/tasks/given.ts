import { execFileSync } from "node:child_process";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { expect } from "chai";
import { kyosoError } from "../sdk/support.js";
import { withFolder } from "../sdk/badges/support.js";
import { givenLink } from "../../tasks/given.js";

const LINK = "https://example.com/claim#secret";
const isLink = (text: string) => text.includes("#");
const silent = { input: Readable.from([]), asks: false };

/** What is printed beside the output while something runs. */
async function aside(run: () => Promise<unknown>): Promise<string> {
  const { error } = console;
  let printed = "";
  console.error = (text: string) => (printed += `${text}\n`);
  try {
    await run();
  } finally {
    console.error = error;
  }
  return printed;
}

describe("links that commands are given", () => {
  it("are in a file, and nobody is warned", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "link.txt");
      await writeFile(file, `Dear customer,\n${LINK}\n`);
      const printed = await aside(async () => {
        expect(await givenLink(file, isLink, silent)).to.equal(`Dear customer,\n${LINK}\n`);
      });
      expect(printed).to.equal("");
    }));

  it("are handed over by another program: drop claim <(pass show link)", () =>
    withFolder(async (folder) => {
      const pipe = path.join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      const printed = await aside(async () => {
        const given = givenLink(pipe, isLink, silent);
        const writer = await open(pipe, "w");
        await writer.write(LINK.slice(0, 9));
        await writer.write(LINK.slice(9));
        await writer.close();
        expect(await given).to.equal(LINK);
      });
      expect(printed).to.equal("");
    }));

  it("may be the argument, which others can see: that is said, and not the link", async () => {
    const printed = await aside(async () => {
      expect(await givenLink(LINK, isLink, silent)).to.equal(LINK);
    });
    expect(printed).to.include("Others who use this computer can see").and.not.to.include("secret");
  });

  it("are none where the argument is something else", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "voucher.json");
      await writeFile(file, "{}");
      for (const other of ["spring", file, folder, path.join(folder, "missing")]) {
        const printed = await aside(async () => {
          expect(await givenLink(other, isLink, silent)).to.equal(other);
        });
        expect(printed).to.equal("");
      }
    }));

  for (const argument of [undefined, "-"]) {
    it(`come from standard input where the argument is ${argument ?? "left out"}`, async () => {
      const input = Readable.from([Buffer.from(LINK.slice(0, 9)), Buffer.from(LINK.slice(9))]);
      expect(await givenLink(argument, isLink, { input, asks: false })).to.equal(LINK);
    });
  }

  it("are asked for at a terminal, also where they are in several lines, and aren't shown", async () => {
    for (const lines of [
      [`${LINK}\r`],
      [`${LINK.slice(0, 20)}\r`, `${LINK.slice(20)}\r`],
      [`${LINK}\r${LINK.slice(0, 4)}`, "\r"],
      ["no link\r", `${LINK}\r\r`],
    ]) {
      const input = new PassThrough();
      let given = "";
      const printed = await aside(async () => {
        const asked = givenLink(undefined, isLink, { input, asks: true });
        for (const line of lines) input.write(line);
        given = await asked;
      });
      expect(given).to.include(LINK.slice(-10));
      expect(printed).to.include("Paste the link").and.not.to.include("secret");
    }
  });

  it("are missed, and what was given instead isn't repeated", async () => {
    for (const [text, message] of [
      ["", "There is no link"],
      ["half of a secret", "There is no link in it"],
    ] as const) {
      const source = { input: Readable.from(text === "" ? [] : [text]), asks: false };
      const [found] = (await kyosoError(givenLink(undefined, isLink, source))).problems;
      expect(found).to.deep.include({ code: "link.not-given", message });
    }
    const input = new PassThrough();
    const asked = givenLink(undefined, isLink, { input, asks: true });
    input.end();
    expect((await kyosoError(asked)).problems[0]?.code).to.equal("link.not-given");
  });

  it("are read up to a length", async () => {
    const endless = function* () {
      for (;;) yield "#".repeat(10_000);
    };
    const input = Readable.from(endless());
    expect(await givenLink("-", isLink, { input, asks: false })).to.have.length(64 * 1024);
  });
});
