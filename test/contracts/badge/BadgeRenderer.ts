import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { type BadgeRenderer, BadgeRenderer__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, people } from "../../helpers/dao.js";
import { decodeJson, decodeSvg, readXml } from "../../helpers/documents.js";

const { networkHelpers } = await connect();

const ACCOUNT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

const ENGLISH = 0n;
const JAPANESE = 1n;

const CARD = {
  brand: "ブランド共創コミュニティ",
  kindName: "Ambassador",
  description: "Spoke for us.",
  image: "",
  id: 42n,
  account: ACCOUNT,
  title: "",
  kind: 2n,
  points: 50n,
  votes: tokens(1_000),
  votesWithheld: 0n,
  awardedAt: 1_790_000_000n,
  season: 3n,
  language: ENGLISH,
};

async function deployRenderer(connection: Connection): Promise<BadgeRenderer> {
  const { deployer } = await people(connection);
  return new BadgeRenderer__factory(deployer).deploy(ZeroAddress);
}

describe("BadgeRenderer", function () {
  let renderer: BadgeRenderer;

  beforeEach(async function () {
    renderer = await networkHelpers.loadFixture(deployRenderer);
  });

  describe("tokenURI", function () {
    it("is a JSON document with the badge's attributes and its card", async function () {
      const document = decodeJson(await renderer.tokenURI(CARD));
      expect(document).to.deep.include({
        name: "Ambassador #42",
        description: "Spoke for us.",
        attributes: [
          { trait_type: "Kind", value: "Ambassador" },
          { trait_type: "Season", value: 3 },
          { trait_type: "Points", display_type: "number", value: 50 },
          { trait_type: "Votes", display_type: "number", value: 1_000 },
          { trait_type: "Awarded", display_type: "date", value: 1_790_000_000 },
        ],
      });
      const { image } = document as { image: string };
      expect(decodeSvg(image)).to.equal(await renderer.card(CARD));
    });

    it("has the kind's picture where there is one", async function () {
      const image = "https://example.org/ambassador.png";
      expect(decodeJson(await renderer.tokenURI({ ...CARD, image }))).to.have.property("image", image);
    });

    it("escapes texts for JSON", async function () {
      const nasty = 'a "quote", a \\ and\nlines\t\u0001, <&\'> 日本';
      const document = decodeJson(
        await renderer.tokenURI({ ...CARD, kindName: nasty, description: nasty, image: `data:,${nasty}` }),
      );
      expect(document).to.deep.include({ name: `${nasty} #42`, description: nasty, image: `data:,${nasty}` });
    });
  });

  describe("contractURI", function () {
    it("names the collection, escaped for JSON", async function () {
      expect(decodeJson(await renderer.contractURI('ケ"ーキ\\屋', "KYO-BADGE", ENGLISH))).to.deep.equal({
        name: 'ケ"ーキ\\屋',
        symbol: "KYO-BADGE",
        description:
          'Recognised contributions to ケ"ーキ\\屋. Soulbound: each belongs to the person who earned it.',
      });
    });
  });

  describe("card", function () {
    it("shows what there is to show", async function () {
      expect(readXml(await renderer.card(CARD))).to.deep.equal([
        "ブランド共創コミュニティ",
        "Ambassador",
        "#42　·　2026-09-21",
        "50",
        "points",
        "3",
        "season",
        "1,000",
        "votes",
        "0x5aAe…eAed",
      ]);
    });

    it("speaks Japanese where the brand does", async function () {
      const japanese = { ...CARD, language: JAPANESE };
      expect(readXml(await renderer.card(japanese)).slice(3)).to.deep.equal([
        ...["50", "ポイント", "3", "シーズン", "1,000", "票"],
        "0x5aAe…eAed",
      ]);
      const withheld = { ...japanese, votes: 0n, votesWithheld: tokens(20) };
      expect(readXml(await renderer.card(withheld))).to.include.members(["20", "票（保留）"]);
      expect(decodeJson(await renderer.contractURI("渚", "NAGISA", JAPANESE))).to.have.property(
        "description",
        "渚への貢献のあかし。受け取った人だけのもので、譲り渡すことはできません。",
      );
    });

    it("has the holder's title below the brand, small enough to fit", async function () {
      const texts = readXml(await renderer.card({ ...CARD, title: "アンバサダー" }));
      expect(texts.slice(0, 3)).to.deep.equal(["ブランド共創コミュニティ", "アンバサダー", "Ambassador"]);
      const sizeOf = async (title: string) =>
        /y="98" font-size="(\d+)"/.exec(await renderer.card({ ...CARD, title }))?.[1];
      expect(await sizeOf("常連")).to.equal("20");
      expect(await sizeOf("a".repeat(64))).to.equal("13");
      expect(await sizeOf("")).to.equal(undefined);
    });

    it("leaves votes out where there are none", async function () {
      expect(readXml(await renderer.card({ ...CARD, votes: 0n }))).not.to.include("votes");
    });

    it("is well-formed whatever the texts are", async function () {
      const nasty = `<script>&"'\u0000\u0001\t\n\u001f</script>`;
      const texts = readXml(await renderer.card({ ...CARD, brand: nasty, kindName: nasty }));
      expect(texts.slice(0, 2)).to.deep.equal([`<script>&"'\t\n</script>`, `<script>&"'\t\n</script>`]);
    });

    it("leaves out what no XML may have: characters that are none, and bytes that are no text", async function () {
      expect(readXml(await renderer.card({ ...CARD, kindName: "A\uffffB\ufffe" }))).to.include("AB");
      // As a steward's own program could write it; ethers has no text for it. Half of a pair, a beginning without what has to
      // follow it, more bytes than are needed, past the last character.
      for (const bytes of ["eda080", "c3c3c3", "e08080", "f0808080", "f4908080", "f8888080"]) {
        const place = "!".repeat(bytes.length / 2);
        const calldata = renderer.interface.encodeFunctionData("card", [{ ...CARD, kindName: `A${place}B` }]);
        const hex = (text: string) => Buffer.from(text).toString("hex");
        const data = calldata.replace(hex(`A${place}B`), `${hex("A")}${bytes}${hex("B")}`);
        expect(data).not.to.equal(calldata);
        const to = await renderer.getAddress();
        const provider = renderer.runner?.provider ?? expect.fail("there is no provider");
        const [svg] = renderer.interface.decodeFunctionResult("card", await provider.call({ to, data }));
        expect(readXml(svg as string), bytes).to.include("AB");
      }
    });

    it("keeps Japanese names of 57 bytes as they are", async function () {
      const brand = "みんなでつくるブランド共創会議室";
      const longest = `${brand}あいう`;
      expect(Buffer.byteLength(longest)).to.equal(57);
      expect(readXml(await renderer.card({ ...CARD, brand: longest, kindName: longest }))).to.include(
        longest,
      );
    });

    it("makes long texts smaller, so that they fit the card's 520 units", async function () {
      const sizeOf = async (kindName: string) => {
        const svg = await renderer.card({ ...CARD, kindName });
        return Number(/y="180" font-size="(\d+)"/.exec(svg)?.[1]);
      };
      expect(await sizeOf("")).to.equal(46);
      expect(await sizeOf("Short")).to.equal(46);
      expect(await sizeOf("a".repeat(19))).to.equal(45);
      expect(await sizeOf("a".repeat(64))).to.equal(13);
      expect(await sizeOf("é".repeat(19))).to.equal(41);
      // The first letter of two bytes whose second one is the lowest there is; the first of three.
      expect(await sizeOf("\u00c0".repeat(19))).to.equal(41);
      expect(await sizeOf("\u0800".repeat(12))).to.equal(46);
      expect(await sizeOf("共".repeat(11))).to.equal(46);
      expect(await sizeOf("共".repeat(12))).to.equal(43);
      expect(await sizeOf("🎂".repeat(12))).to.equal(43);
    });

    it("gives neighbouring kinds colours far apart", async function () {
      const hueOf = async (kind: bigint) => /hsl\((\d+),/.exec(await renderer.card({ ...CARD, kind }))?.[1];
      expect(await hueOf(1n)).to.equal("137");
      expect(await hueOf(2n)).to.equal("274");
      expect(await hueOf(3n)).to.equal("51");
    });
  });

  describe("CalendarDate", function () {
    const DATES = [
      "1970-01-01",
      "1999-12-31",
      "2000-01-01",
      "2000-02-28",
      "2000-02-29",
      "2000-03-01",
      "2000-12-31",
      "2023-02-28",
      "2023-03-01",
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-12-31",
      "2026-04-01",
      "2099-12-31",
      "2100-02-28",
      "2100-03-01",
      "2400-02-29",
      "2400-12-31",
      "9999-12-31",
    ];

    async function dateAt(timestamp: number): Promise<string> {
      const texts = readXml(await renderer.card({ ...CARD, awardedAt: BigInt(timestamp) }));
      return texts[2]?.split("　·　")[1] ?? "";
    }

    for (const date of DATES) {
      it(`is ${date} from its first second to its last`, async function () {
        const midnight = Date.parse(`${date}T00:00:00Z`) / 1000;
        expect(new Date(midnight * 1000).toISOString().slice(0, 10)).to.equal(date);
        expect(await dateAt(midnight)).to.equal(date);
        expect(await dateAt(midnight + 86_399)).to.equal(date);
      });
    }

    it("agrees with JavaScript on every first and last day of a month for four years", async function () {
      for (let month = 0; month < 48; month += 1) {
        for (const day of [0, 1]) {
          const timestamp = Date.UTC(2097, month, day) / 1000;
          expect(await dateAt(timestamp)).to.equal(new Date(timestamp * 1000).toISOString().slice(0, 10));
        }
      }
    });
  });

  describe("a badge of a DAO", function () {
    const launchWithNastyName = (connection: Connection) =>
      launchDAO(connection, { token: { name: `ブランド "<&'>"` } });
    let dao: DAO;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithNastyName);
      const { asSafe, badge, member } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.RECIPE, member, ZeroHash));
      await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, member, ZeroHash));
    });

    it("is drawn with what is on chain", async function () {
      const { badge } = dao;
      const document = decodeJson(await badge.tokenURI(1)) as { name: string; image: string };
      expect(document.name).to.equal("レシピ #1");
      expect(readXml(decodeSvg(document.image)).slice(0, 3)).to.deep.equal([
        `ブランド "<&'>"`,
        "常連",
        "レシピ",
      ]);
      expect(await badge.card(1)).to.equal(decodeSvg(document.image));
      expect(readXml(await badge.card(2))).to.include("1,000");
      expect(decodeJson(await badge.contractURI())).to.have.property("name", `ブランド "<&'>"`);
    });

    it("isn't drawn where there is none", async function () {
      const { badge } = dao;
      for (const draw of [badge.tokenURI(3), badge.card(3)]) {
        await expect(draw).to.be.revertedWithCustomError(badge, "ERC721NonexistentToken").withArgs(3);
      }
    });
  });
});
