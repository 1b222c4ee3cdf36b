import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { MembershipPass__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { decodeJson, decodeSvg, readXml } from "../../helpers/documents.js";
import {
  launchWithModules,
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  type ModularDAO,
} from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";
import { award, recoverAll } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const LANGUAGE = { english: 0n, japanese: 1n } as const;

const TERMS: Record<"kind" | "royaltyBps" | "colour" | "language", bigint> = {
  kind: MODULE_KIND.CUSTOMER,
  royaltyBps: 500n,
  colour: 0x8e4b4an,
  language: LANGUAGE.japanese,
};

/** Badge 1 is the member's, and entitles; badge 2 is the other's, and doesn't. */
async function launchWithPass(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  await dao.asSafe(await dao.pass.setTerms.populateTransaction(TERMS));
  await makeMembers(dao, dao.member);
  await award(dao, MODULE_KIND.VOTER, dao.other);
  return dao;
}

interface Metadata {
  name: string;
  description: string;
  image: string;
  attributes: unknown[];
}

describe("MembershipPass", function () {
  let dao: ModularDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPass);
  });

  const setTerms = async (terms: Partial<typeof TERMS>) =>
    dao.asSafe(await dao.pass.setTerms.populateTransaction({ ...TERMS, ...terms }));

  const metadataOf = async (id: bigint) => decodeJson(await dao.pass.tokenURI(id)) as Metadata;

  describe("mint", function () {
    it("gives the badge's holder the pass of its number, whoever calls", async function () {
      const { pass, member, stranger } = dao;
      await expect(pass.connect(stranger).mint(1)).to.emit(pass, "Transfer").withArgs(ZeroAddress, member, 1);
      expect([await pass.ownerOf(1), await pass.balanceOf(member)]).to.deep.equal([member.address, 1n]);
    });

    it("needs a badge of the kind that entitles to it", async function () {
      const { badge, pass } = dao;
      await expect(pass.mint(2))
        .to.be.revertedWithCustomError(pass, "MembershipPassNotEntitled")
        .withArgs(2, MODULE_KIND.VOTER);
      await expect(pass.mint(3)).to.be.revertedWithCustomError(badge, "ERC721NonexistentToken").withArgs(3);
      await setTerms({ kind: 0n });
      await expect(pass.mint(1))
        .to.be.revertedWithCustomError(pass, "MembershipPassNotEntitled")
        .withArgs(1, MODULE_KIND.CUSTOMER);
    });

    it("gives nothing where no kind was named yet", async function () {
      const fresh = await networkHelpers.loadFixture(launchWithModules);
      await makeMembers(fresh, fresh.member);
      expect(await fresh.pass.terms()).to.deep.equal([0n, 0n, 0n, 0n]);
      await expect(fresh.pass.mint(1)).to.be.revertedWithCustomError(fresh.pass, "MembershipPassNotEntitled");
    });

    it("happens once for a badge, also when the pass was sold or the account recovered", async function () {
      const { pass, member, other, stranger } = dao;
      await pass.mint(1);
      const again = async () =>
        expect(pass.mint(1)).to.be.revertedWithCustomError(pass, "MembershipPassMintedBefore").withArgs(1);
      await again();
      await pass.connect(member).transferFrom(member, other, 1);
      await again();
      await recoverAll(dao, member, stranger, [1n]);
      await again();
      expect(await pass.ownerOf(1)).to.equal(other);
    });

    it("goes to who recovered the badge, where there was no pass yet, and stays when the badge is taken", async function () {
      const { badge, pass, member, stranger, asSafe } = dao;
      await recoverAll(dao, member, stranger, [1n]);
      await pass.mint(1);
      expect(await pass.ownerOf(1)).to.equal(stranger);
      await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
      expect(await pass.ownerOf(1)).to.equal(stranger);
      await expect(pass.mint(1)).to.be.revertedWithCustomError(badge, "ERC721NonexistentToken");
    });
  });

  describe("setTerms", function () {
    it("keeps and tells them, and that cards look different", async function () {
      const { pass } = dao;
      const sent = setTerms({ royaltyBps: 1_000n, language: LANGUAGE.english });
      await expect(sent)
        .to.emit(pass, "PassTermsSet")
        .withArgs([MODULE_KIND.CUSTOMER, 1_000n, 0x8e4b4an, LANGUAGE.english]);
      await expect(sent).to.emit(pass, "ContractURIUpdated");
      await expect(sent).to.emit(pass, "BatchMetadataUpdate").withArgs(1, 2);
      expect(await pass.terms()).to.deep.equal([MODULE_KIND.CUSTOMER, 1_000n, 0x8e4b4an, LANGUAGE.english]);
    });

    it("refuses a royalty above a tenth, and a kind that there isn't", async function () {
      const { pass, badge } = dao;
      await expect(setTerms({ royaltyBps: 1_001n }))
        .to.be.revertedWithCustomError(pass, "MembershipPassInvalidRoyalty")
        .withArgs(1_001);
      await expect(setTerms({ kind: 9n }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
        .withArgs(9);
    });

    it("is a passed proposal's, unless stewards were given it", async function () {
      const { pass, stranger } = dao;
      await expect(pass.connect(stranger).setTerms(TERMS))
        .to.be.revertedWithCustomError(pass, "AccessManagedUnauthorized")
        .withArgs(stranger);
      const fresh = await networkHelpers.loadFixture(launchWithModules);
      const call = await fresh.pass.setTerms.populateTransaction(TERMS);
      await expect(fresh.asSafe(call))
        .to.be.revertedWithCustomError(fresh.pass, "AccessManagedUnauthorized")
        .withArgs(fresh.safe.address);
      await enact(fresh, [call]);
      expect((await fresh.pass.terms()).kind).to.equal(MODULE_KIND.CUSTOMER);
      await expect(fresh.pass.setAuthority(fresh.at.manager)).to.be.revertedWithCustomError(
        fresh.pass,
        "BadgeModuleFollowsBadge",
      );
    });
  });

  describe("a pass", function () {
    beforeEach(async function () {
      await dao.pass.mint(1);
    });

    it("shows who holds it now: title, points, since when", async function () {
      const { pass, member, stranger } = dao;
      const before = readXml(await pass.card(1));
      expect(before).to.include.members(["ブランド共創コミュニティ", "常連", "10", "1"]);
      await pass.connect(member).transferFrom(member, stranger, 1);
      const after = readXml(await pass.card(1));
      expect(after).to.include.members(["Guest", "0", "1"]);
      expect(after).not.to.include("常連");
      const { description, image } = await metadataOf(1n);
      expect(description).to.contain("「Guest」、0ポイント");
      expect(decodeSvg(image)).to.equal(await pass.card(1));
    });

    it("has nothing of its holder among its attributes", async function () {
      const { name, attributes } = await metadataOf(1n);
      expect(name).to.equal("ブランド共創コミュニティ 会員カード 第1号");
      expect(attributes).to.deep.equal([{ trait_type: "Number", display_type: "number", value: 1 }]);
    });

    it("tells markets to read it anew when it changes hands, and whenever anybody asks them to", async function () {
      const { pass, member, other, stranger } = dao;
      await expect(pass.connect(member).transferFrom(member, other, 1))
        .to.emit(pass, "MetadataUpdate")
        .withArgs(1);
      await expect(pass.connect(stranger).refresh(1)).to.emit(pass, "MetadataUpdate").withArgs(1);
      await expect(pass.refresh(2)).to.be.revertedWithCustomError(pass, "ERC721NonexistentToken").withArgs(2);
      await expect(pass.card(2)).to.be.revertedWithCustomError(pass, "ERC721NonexistentToken").withArgs(2);
      await expect(pass.tokenURI(2))
        .to.be.revertedWithCustomError(pass, "ERC721NonexistentToken")
        .withArgs(2);
    });

    it("shows no title where there are none", async function () {
      const { pass, badge, asSafe } = dao;
      await asSafe(await badge.setTitles.populateTransaction([]));
      expect(readXml(await pass.card(1))).to.include("会員カード");
      expect((await metadataOf(1n)).description).not.to.contain("「");
    });

    it("can be approved and sold as any ERC-721", async function () {
      const { pass, member, other, stranger } = dao;
      await pass.connect(member).approve(stranger, 1);
      await pass.connect(stranger)["safeTransferFrom(address,address,uint256)"](member, other, 1);
      expect(await pass.ownerOf(1)).to.equal(other);
    });
  });

  describe("the collection", function () {
    it("has the token's name and symbol, and describes itself in the brand's language", async function () {
      const { pass } = dao;
      expect([await pass.name(), await pass.symbol()]).to.deep.equal([
        "ブランド共創コミュニティ",
        "KYO-PASS",
      ]);
      const japanese = decodeJson(await pass.contractURI()) as Metadata;
      expect(japanese).to.deep.equal({
        name: "ブランド共創コミュニティ 会員カード",
        symbol: "KYO-PASS",
        description:
          "ブランド共創コミュニティの会員カード。絵と言葉は、いま持っている人の称号とポイントを映します。",
      });
      await setTerms({ language: LANGUAGE.english });
      const english = decodeJson(await pass.contractURI()) as Metadata;
      expect(english.name).to.equal("ブランド共創コミュニティ membership");
      expect(english.description).to.contain("Membership cards of ブランド共創コミュニティ.");
    });

    it("has badges speak its language, too", async function () {
      const { badge } = dao;
      expect(readXml(await badge.card(1))).to.include.members(["ポイント", "シーズン"]);
      expect(decodeJson(await badge.contractURI())).to.have.property(
        "description",
        "ブランド共創コミュニティへの貢献のあかし。受け取った人だけのもので、譲り渡すことはできません。",
      );
      await setTerms({ language: LANGUAGE.english });
      expect(readXml(await badge.card(1))).to.include.members(["points", "season"]);
    });

    it("asks markets for the royalty, to the treasury", async function () {
      const { pass, at } = dao;
      expect(await pass.royaltyInfo(1, tokens(2))).to.deep.equal([at.timelock, tokens(1) / 10n]);
      expect(await pass.royaltyInfo(999, 2n ** 256n - 1n)).to.deep.equal([
        at.timelock,
        (2n ** 256n - 1n) / 20n,
      ]);
      expect(await pass.royaltyInfo(1, 19)).to.deep.equal([at.timelock, 0n]);
    });

    it("says which standards it has", async function () {
      const { pass } = dao;
      for (const [id, expected] of [
        ["0x01ffc9a7", true], // ERC-165
        ["0x80ac58cd", true], // ERC-721
        ["0x5b5e139f", true], // its metadata
        ["0x2a55205a", true], // ERC-2981
        ["0x49064906", true], // ERC-4906
        ["0xe8a3d485", true], // ERC-7572
        ["0xb45a3c0e", false], // ERC-5192: it isn't locked
        ["0xffffffff", false],
      ] as const) {
        expect(await pass.supportsInterface(id), id).to.equal(expected);
      }
    });

    it("needs a renderer with code", async function () {
      const { pass, stranger } = dao;
      await expect(new MembershipPass__factory(stranger).deploy(stranger))
        .to.be.revertedWithCustomError(pass, "MembershipPassInvalidRenderer")
        .withArgs(stranger);
      expect(await pass.RENDERER()).to.be.properAddress;
    });
  });
});
