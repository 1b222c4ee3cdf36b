// cspell:ignore hanako
import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import decodeQR from "qr/decode.js";
import { allLinks } from "../../../../sdk/node/drop/customers.js";
import { parseQr, qrModules, writeQrCodes } from "../../../../sdk/node/drop/qrCodes.js";
import { thrownBy } from "../../badges/support.js";
import { withDrops } from "../../drop/support.js";
import { kyosoError } from "../../support.js";

/** What a camera reads of an SVG that has one code in it: its rectangles, drawn with so many points a module. */
function scanned(svg: string, points = 4): string {
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/u.exec(svg) ?? []).map(Number);
  const data = new Uint8Array(width * points * height * points * 4).fill(255);
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/gu)) {
    for (let row = Number(y) * points; row < (Number(y) + 1) * points; row++) {
      for (let at = Number(x) * points; at < (Number(x) + Number(length)) * points; at++) {
        data.fill(0, (row * width * points + at) * 4, (row * width * points + at) * 4 + 3);
      }
    }
  }
  return decodeQR({ width: width * points, height: height * points, data });
}

describe("QR codes of links", () => {
  it("have 37 modules a side at level M, for a page's address of 25 characters", () => {
    const link = `https://example.com/claim#ky1${"q".repeat(46)}`;
    expect(link).to.have.length(75);
    const modules = qrModules(link);
    expect(modules).to.have.length(37);
    expect(modules[0]).to.have.length(37);
  });

  it("are read by cameras, one file each, and don't name customers unasked", () =>
    withDrops(async ({ prepare, alice }) => {
      const { drop } = await prepare();
      if (drop === undefined) return expect.fail("there is no folder");
      const links = await allLinks(drop);
      const folder = await writeQrCodes(drop, { how: "each", names: false });
      expect((await stat(folder)).mode & 0o777).to.equal(0o700);
      // Not the one for an account: there is no secret in its link.
      expect((await readdir(folder)).sort()).to.deep.equal(["0.svg", "2.svg"]);
      for (const index of [0, 2]) {
        const file = path.join(folder, `${index}.svg`);
        expect((await stat(file)).mode & 0o777).to.equal(0o600);
        const svg = await readFile(file, "utf8");
        expect(scanned(svg)).to.equal(links[index]?.link);
        expect(svg)
          .to.include(`>spring ${index}</text>`)
          .and.not.to.include("花子")
          .and.not.to.include("taro@");
      }
      // Again, with names, in the place of those.
      await writeQrCodes(drop, { how: "each", names: true });
      expect(await readFile(path.join(folder, "2.svg"), "utf8")).to.include(">2 · taro@example.jp</text>");
      expect(await readdir(drop.folder)).not.to.include("qr.draft");
      const one = await writeQrCodes(drop, { how: "one", names: false });
      expect((await stat(one)).mode & 0o777).to.equal(0o600);
      const svg = await readFile(one, "utf8");
      expect(svg.match(/<text /gu)).to.have.length(2);
      expect(svg).not.to.include(alice.address);
    }));

  it("hold what customers are called as text", () =>
    withDrops(async ({ prepare, file, csv }) => {
      await writeFile(file, `${csv[0] ?? ""}\n,"</text><script>&'\u0007",1,,\n`);
      const { drop } = await prepare();
      if (drop === undefined) return expect.fail("there is no folder");
      const svg = await readFile(await writeQrCodes(drop, { how: "one", names: true }), "utf8");
      expect(svg).to.include("0 · &lt;/text&gt;&lt;script&gt;&amp;&apos;\\u0007</text>");
    }));

  it("have a caption within their own width, below the space that readers need, whatever it says", () =>
    withDrops(async ({ prepare, file, csv }) => {
      const names = [
        "hanako.yamada-1987@mail.example.co.jp",
        "山田花子 東京都千代田区丸の内一丁目九番一号 東京駅前店 店長",
        `${"WWWW.".repeat(8)}@${"mmmm.".repeat(20)}example.com`,
        "👩‍🍳".repeat(30),
        "a b",
        "no\ufffe \uffff character",
      ];
      await writeFile(file, `${csv[0] ?? ""}\n${names.map((name) => `,${name},1,,\n`).join("")}`);
      const { drop } = await prepare();
      if (drop === undefined) return expect.fail("there is no folder");
      const svg = await readFile(await writeQrCodes(drop, { how: "one", names: true }), "utf8");
      // What is no character can't be in XML at all.
      expect(svg).to.include("5 · no\\ufffe \\uffff");
      expect(svg).not.to.match(/[\ufffe\uffff]/u);
      const boxes = [
        ...svg.matchAll(/<svg y="(\d+)" width="(\d+)" height="(\d+)" overflow="hidden">(.*?)<\/svg>/gu),
      ];
      expect(boxes).to.have.length(names.length);
      for (const [, y, width, height, content = ""] of boxes) {
        expect([y, width, height]).to.deep.equal(["45", "45", "8"]);
        const lines = [...content.matchAll(/<text x="22.5" y="([\d.]+)"([^>]*)>([^<]*)<\/text>/gu)];
        expect(lines.length, content).to.be.within(1, 2);
        for (const [, , attributes = "", text = ""] of lines) {
          const [, length] = /textLength="([\d.]+)" lengthAdjust="spacingAndGlyphs"/u.exec(attributes) ?? [];
          expect(Number(length ?? 0), text).to.be.at.most(43);
          // Half of what it has at least, for each character that isn't as narrow as it gets.
          if (length === undefined) expect(Array.from(text).length, text).to.be.at.most(30);
        }
      }
      const captions = boxes.map(([, , , , content = ""]) => content.replaceAll(/<[^>]*>/gu, "|"));
      expect(captions[0]).to.equal("|0 · hanako.yamada-1987||@mail.example.co.jp|");
      expect(captions[2]).to.include("…");
      expect(captions[3]).not.to.match(/\u200d[|…]/u);
      expect(captions[4]).to.equal("|4 · a b|");
    }));

  it("are refused before anything is made where one file is too small for them; and none are drawn in a dry run", () =>
    withDrops(async ({ prepare, file, csv, root }) => {
      const many = Array.from({ length: 2_001 }, (_, i) => `,customer-${i},0.1,,\n`).join("");
      const qr = { how: "one", names: false } as const;
      await writeFile(file, `${csv[0] ?? ""}\n${many}`);
      for (const dryRun of [true, false]) {
        const { problems } = await kyosoError(prepare({ qr, dryRun }));
        expect(problems[0]).to.deep.include({ code: "qr.too-many", data: { count: 2_001, most: 2_000 } });
      }
      expect(existsSync(path.join(root, "drops"))).to.equal(false);
      await writeFile(file, `${csv.slice(0, 2).join("\n")}\n`);
      expect((await prepare({ dryRun: true, qr })).qr).to.equal(undefined);
      const made = await prepare({ qr });
      const drawn = made.qr ?? expect.fail("nothing was drawn");
      await rm(drawn);
      expect((await prepare({ dryRun: true, qr })).qr).to.equal(undefined);
      expect(existsSync(drawn)).to.equal(false);
    }));

  it("are written in one way or the other", () => {
    expect([undefined, "one", " each "].map(parseQr)).to.deep.equal([undefined, "one", "each"]);
    expect(thrownBy(() => parseQr("all")).code).to.equal("qr.how");
  });
});
