import { expect } from "chai";
import { type PassRenderer, PassRenderer__factory } from "../../../typechain-types/index.js";
import { connect, type Connection } from "../../helpers/chain.js";
import { people } from "../../helpers/dao.js";
import { decodeJson, decodeSvg, readXml } from "../../helpers/documents.js";

const { networkHelpers } = await connect();

const ENGLISH = 0n;
const JAPANESE = 1n;

const CARD = {
  brand: "さくら珈琲",
  number: 42n,
  account: "0x00000000000000000000000000000000000abcde",
  title: "常連",
  rank: 2n,
  ranks: 4n,
  points: 1_234_567n,
  since: 1_775_001_600n, // 2026-04-01
  colour: 0x8e4b4an,
  language: JAPANESE,
};

async function deploy(connection: Connection) {
  const { deployer } = await people(connection);
  return new PassRenderer__factory(deployer).deploy();
}

/** WCAG 2's contrast of two colours. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const full = colour.length === 4 ? colour.replace(/[0-9a-f]/g, "$&$&") : colour;
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe("PassRenderer", function () {
  let renderer: PassRenderer;

  beforeEach(async function () {
    renderer = await networkHelpers.loadFixture(deploy);
  });

  const draw = (changes: Partial<typeof CARD> = {}) => renderer.card({ ...CARD, ...changes });

  /** Of the text that says `text`: the number in an attribute. */
  function sizeOf(svg: string, text: string): number {
    const before = svg.slice(0, svg.indexOf(`>${text}<`));
    return Number(/font-size="(\d+)"$/.exec(before)?.[1]);
  }

  describe("the card", function () {
    it("says all in Japanese", async function () {
      expect(readXml(await draw())).to.deep.equal([
        "さくら珈琲",
        "常連",
        "1,234,567",
        "ポイント",
        "2026-04-01",
        "はじめての日",
        "42",
        "会員番号",
        "0x0000…BCdE",
      ]);
    });

    it("says all in English", async function () {
      expect(readXml(await draw({ language: ENGLISH, title: "", rank: 0n, ranks: 0n }))).to.deep.equal([
        "さくら珈琲",
        "Member",
        "1,234,567",
        "points",
        "2026-04-01",
        "member since",
        "42",
        "number",
        "0x0000…BCdE",
      ]);
    });

    it("leaves out since when, for who never had a badge", async function () {
      expect(readXml(await draw({ since: 0n }))).not.to.include("はじめての日");
    });

    for (const [points, text] of [
      [0n, "0"],
      [999n, "999"],
      [1_000n, "1,000"],
      [10_020n, "10,020"],
      [1_000_003n, "1,000,003"],
      [2n ** 64n - 1n, "18,446,744,073,709,551,615"],
    ] as const) {
      it(`groups the digits of ${text}`, async function () {
        expect(readXml(await draw({ points }))).to.include(text);
      });
    }

    it("has a pair of rings for each title reached, a mark for each title, and its middle filled at the last", async function () {
      const rings = (svg: string) => svg.match(/<circle cx="(424|548)"/g)?.length;
      const marks = (svg: string, opacity: number) =>
        svg.match(new RegExp(`fill-opacity="${opacity}"`, "g"))?.length ?? 0;
      for (let rank = 1n; rank <= 4n; rank++) {
        const svg = await draw({ rank });
        expect(rings(svg)).to.equal(Number(rank) * 2);
        expect([marks(svg, 1), marks(svg, 0)]).to.deep.equal([Number(rank), 4 - Number(rank)]);
        expect(svg.includes('fill-opacity=".13"')).to.equal(rank === 4n);
      }
      const none = await draw({ rank: 0n, ranks: 0n, title: "" });
      expect([rings(none), marks(none, 1), marks(none, 0)]).to.deep.equal([2, 0, 0]);
      const only = await draw({ rank: 1n, ranks: 1n });
      expect([rings(only), marks(only, 1), only.includes('fill-opacity=".13"')]).to.deep.equal([2, 0, false]);
      // A ladder has five at most; more would run into one another.
      const many = await draw({ rank: 9n, ranks: 9n });
      expect([rings(many), marks(many, 1)]).to.deep.equal([10, 5]);
    });

    it("can be read in any colour", async function () {
      const channels = [0n, 51n, 102n, 128n, 153n, 204n, 255n];
      for (const red of channels) {
        for (const green of channels) {
          for (const blue of channels) {
            const svg = await draw({ colour: (red << 16n) | (green << 8n) | blue });
            const cloth = /height="380" fill="(#[0-9a-f]{6})"/.exec(svg)?.[1] ?? "";
            const ink = /<g fill="(#[0-9a-f]+)"><path/.exec(svg)?.[1] ?? "";
            expect(contrast(cloth, ink), `${cloth} ${ink}`).to.be.at.least(4.5);
          }
        }
      }
    }).timeout(60_000);

    it("is the brand's colour, as it is where that can be", async function () {
      expect(await draw({ colour: 0x8e4b4an })).to.contain('fill="#8e4b4a"');
      expect(await draw({ colour: 0xf2c94cn })).to.contain('fill="#f2c94c"');
      expect(await draw({ colour: 0n })).to.contain('fill="#000000"');
      expect(await draw({ colour: 0x808080n })).not.to.contain('fill="#808080"');
    });
  });

  describe("texts", function () {
    it("get smaller where they are long, and are cut off where that isn't enough", async function () {
      expect(sizeOf(await draw(), "常連")).to.equal(44);
      const long = "いつも朝いちばんに来てくださる特別なお客さま";
      expect(sizeOf(await draw({ title: long }), long)).to.equal(21);
      const words = "Grand Ambassador Extraordinary and Plenipotentiary of the Beans!";
      expect(sizeOf(await draw({ title: words }), words)).to.be.within(13, 16);
      const wide = await draw({ title: "W".repeat(64), brand: "W".repeat(64) });
      const [brand = "", title = ""] = readXml(wide);
      expect(title).to.match(/^W{30}…$/);
      expect(brand).to.match(/^W{31}…$/);
    });

    it("are measured by their characters", async function () {
      const sizes = async (title: string) => sizeOf(await draw({ title }), title);
      expect(await sizes("l".repeat(40))).to.be.above(await sizes("a".repeat(40)));
      expect(await sizes("t".repeat(40))).to.be.above(await sizes("a".repeat(40)));
      expect(await sizes("a".repeat(40))).to.be.above(await sizes("A".repeat(40)));
      expect(await sizes("A".repeat(30))).to.be.above(await sizes("m".repeat(30)));
      expect(await sizes(".".repeat(40))).to.be.above(await sizes("l".repeat(40)));
      // An accent that is a character of its own takes no room.
      expect(await sizes("e\u0301".repeat(21))).to.equal(await sizes("é".repeat(21).replaceAll("é", "e")));
      expect(await sizes("ж".repeat(21))).to.be.below(await sizes("a".repeat(21)));
    });

    const hostile = `</text><script>alert(1)</script>"'&<\u0000\u0007`;
    it("are escaped in the card and in the metadata", async function () {
      const card = { ...CARD, brand: hostile, title: hostile, language: ENGLISH };
      const svg = await renderer.card(card);
      expect(svg).not.to.contain("<script");
      expect(readXml(svg)).to.include(`</text><script>alert(1)</script>"'&<`);
      const json = decodeJson(await renderer.tokenURI(card)) as {
        name: string;
        description: string;
        image: string;
      };
      expect(json.name).to.equal(`${hostile} No. 42`);
      expect(json.description).to.contain(`Its holder now: ${hostile}, 1,234,567 points.`);
      expect(decodeSvg(json.image)).to.equal(svg);
      const collection = decodeJson(await renderer.contractURI(hostile, hostile, ENGLISH)) as {
        name: string;
        symbol: string;
      };
      expect([collection.name, collection.symbol]).to.deep.equal([`${hostile} membership`, hostile]);
    });

    it("that are no UTF-8 don't break the card", async function () {
      const { interface: abi } = renderer;
      const data = abi.encodeFunctionData("card", [{ ...CARD, title: "\u0000AAAAAAA" }]);
      const broken = data.replace(/0041414141414141/, "ff80c0e58941f4ff");
      expect(broken).not.to.equal(data);
      const { ethers } = await connect();
      const answer = await ethers.provider.call({ to: await renderer.getAddress(), data: broken });
      const [svg] = abi.decodeFunctionResult("card", answer) as unknown as [string];
      expect(readXml(svg)[1]).to.equal("A");
    });

    it("say in the description whose title it is", async function () {
      const describe = async (changes: Partial<typeof CARD>) =>
        (decodeJson(await renderer.tokenURI({ ...CARD, ...changes })) as { description: string }).description;
      expect(await describe({})).to.equal(
        "さくら珈琲の会員カード。いま持っている人は「常連」、1,234,567ポイント。称号とポイントは人のもので、会員カードといっしょには渡りません。",
      );
      expect(await describe({ language: ENGLISH, title: "" })).to.equal(
        "Membership card of さくら珈琲. Its holder now: 1,234,567 points. Title and points belong to the person, and don't go along with the card.",
      );
    });
  });
});
