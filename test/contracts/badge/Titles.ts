import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { decodeJson, decodeSvg, readXml } from "../../helpers/documents.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** Kinds whose points reach the titles of the launch (10, 100, 500) exactly, or not quite. */
const launchWithSteps = (connection: Connection) =>
  launchDAO(connection, {
    kinds: [1n, 9n, 10n, 90n, 490n, 0n].map((points) => kindConfig({ points })),
  });
const KINDS = { ONE: 1, NINE: 2, TEN: 3, NINETY: 4, FOUR_NINETY: 5, NOTHING: 6 };

const RANK = { GUEST: 1n, REGULAR: 2n, AMBASSADOR: 3n, CO_CREATOR: 4n };

const LAST = 2n ** 24n - 1n;

interface Title {
  name: string;
  points: bigint;
}

/** A ladder of these points, with names that say them. */
const ladder = (...points: bigint[]): Title[] =>
  points.map((each) => ({ name: `From ${each}`, points: each }));

describe("Titles", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithSteps);
  });

  async function award(kind: number, ...accounts: string[]) {
    const { asSafe, badge, member } = dao;
    const to = accounts.length === 0 ? [member.address] : accounts;
    const evidence = to.map(() => ZeroHash);
    return asSafe(await badge.awardBatch.populateTransaction(kind, to, evidence, ""));
  }

  async function revoke(id: number) {
    return dao.asSafe(await dao.badge.revoke.populateTransaction(id, "by mistake"));
  }

  async function setTitles(titles: Title[]) {
    return dao.asSafe(await dao.badge.setTitles.populateTransaction(titles));
  }

  async function expectTitle(rank: bigint, name: string, account = dao.member.address): Promise<void> {
    expect(await dao.badge.titleOf(account)).to.deep.equal([rank, name]);
    expect(await dao.badge.rankOf(account)).to.equal(rank);
  }

  const asTuples = (titles: Title[]) => titles.map(({ name, points }) => [name, points]);

  describe("titles", function () {
    it("are those of the launch, in any script", async function () {
      expect(await dao.badge.titles()).to.deep.equal(asTuples(dao.config.titles));
    });
  });

  describe("setTitles", function () {
    const ladders: [string, Title[]][] = [
      ["none", []],
      ["one", ladder(0n)],
      ["five, as close and as far as they go", ladder(0n, 1n, 2n, LAST - 1n, LAST)],
      [
        "names of 1 and of 64 bytes",
        [
          { name: "a", points: 0n },
          { name: `${"創".repeat(21)}!`, points: 1n },
          { name: "🎂".repeat(16), points: 2n },
        ],
      ],
    ];
    for (const [what, titles] of ladders) {
      it(`takes ${what}`, async function () {
        await expect(setTitles(titles)).to.emit(dao.badge, "TitlesSet").withArgs(asTuples(titles));
        expect(await dao.badge.titles()).to.deep.equal(asTuples(titles));
      });
    }

    it("refuses a sixth title", async function () {
      await expect(setTitles(ladder(0n, 1n, 2n, 3n, 4n, 5n)))
        .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeTooManyTitles")
        .withArgs(6);
    });

    const unordered: [string, Title[], bigint, bigint][] = [
      ["a first title that isn't everybody's", ladder(1n, 2n), 0n, 1n],
      ["two titles of the same points", ladder(0n, 5n, 5n), 2n, 5n],
      ["two titles that everybody has", ladder(0n, 0n), 1n, 0n],
      ["a title below the one before it", ladder(0n, 10n, 20n, 30n, 29n), 4n, 29n],
    ];
    for (const [what, titles, index, points] of unordered) {
      it(`refuses ${what}`, async function () {
        await expect(setTitles(titles))
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeTitlesOutOfOrder")
          .withArgs(index, points);
      });
    }

    for (const [what, name, length] of [
      ["no name", "", 0],
      ["a name of 65 bytes", `${"創".repeat(21)}ab`, 65],
    ] as const) {
      it(`refuses ${what}`, async function () {
        await expect(setTitles([...ladder(0n), { name, points: 1n }]))
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidText")
          .withArgs(length, 1, 64);
      });
    }

    it("is a steward's, also by a passed proposal, and nobody else's", async function () {
      const { badge, stranger, owners } = dao;
      for (const caller of [stranger, owners[0]]) {
        await expect(badge.connect(caller).setTitles(ladder(0n)))
          .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
      await enact(dao, [await badge.setTitles.populateTransaction(ladder(0n, 7n))]);
      expect(await badge.titles()).to.deep.equal(asTuples(ladder(0n, 7n)));
    });

    it("gives everybody the title that its points have now", async function () {
      await award(KINDS.TEN);
      await expectTitle(RANK.REGULAR, "常連");
      await setTitles(ladder(0n, 11n));
      await expectTitle(1n, "From 0");
      await setTitles(ladder(0n, 2n, 4n, 10n, 11n));
      await expectTitle(4n, "From 10");
      await setTitles([]);
      await expectTitle(0n, "");
    });

    it("tells that badges look different, where there are any", async function () {
      const { badge } = dao;
      await expect(setTitles(ladder(0n))).not.to.emit(badge, "BatchMetadataUpdate");
      await award(KINDS.NOTHING, dao.member.address, dao.other.address);
      await expect(setTitles(ladder(0n, 1n)))
        .to.emit(badge, "BatchMetadataUpdate")
        .withArgs(1, 2);
    });
  });

  describe("titleOf", function () {
    it("is the first for whoever never contributed", async function () {
      await expectTitle(RANK.GUEST, "Guest", dao.stranger.address);
    });

    it("rises at exactly the points of a title, and falls one below", async function () {
      await award(KINDS.NINE); // 9
      await expectTitle(RANK.GUEST, "Guest");
      await award(KINDS.ONE); // 10
      await expectTitle(RANK.REGULAR, "常連");
      await award(KINDS.NINE, ...Array<string>(9).fill(dao.member.address)); // 91
      await award(KINDS.NINE); // 100
      await expectTitle(RANK.AMBASSADOR, "Ambassador");
      await revoke(2);
      await expectTitle(RANK.REGULAR, "常連");
    });

    it("goes by the points of all seasons", async function () {
      await award(KINDS.NINE);
      await networkHelpers.time.increase(3n * dao.config.members.seasonLength);
      await award(KINDS.ONE);
      await expectTitle(RANK.REGULAR, "常連");
    });
  });

  describe("TitleChanged", function () {
    it("tells of a rise, by as many titles as there are, and of nothing else", async function () {
      const { badge, member } = dao;
      await expect(award(KINDS.NINE)).not.to.emit(badge, "TitleChanged");
      await expect(award(KINDS.ONE)).to.emit(badge, "TitleChanged").withArgs(member, RANK.REGULAR);
      await expect(award(KINDS.NOTHING)).not.to.emit(badge, "TitleChanged");
      await expect(award(KINDS.FOUR_NINETY)).to.emit(badge, "TitleChanged").withArgs(member, RANK.CO_CREATOR);
      await expect(award(KINDS.FOUR_NINETY)).not.to.emit(badge, "TitleChanged");
    });

    it("tells it of each who rises in a batch, where it happens", async function () {
      const { badge, member, other, stranger } = dao;
      const accounts = [member, other, member, stranger].map(({ address }) => address);
      await award(KINDS.NINETY, other.address);
      const transaction = award(KINDS.NINETY, ...accounts);
      await expect(transaction)
        .to.emit(badge, "TitleChanged")
        .withArgs(member, RANK.REGULAR)
        .and.to.emit(badge, "TitleChanged")
        .withArgs(member, RANK.AMBASSADOR)
        .and.to.emit(badge, "TitleChanged")
        .withArgs(other, RANK.AMBASSADOR)
        .and.to.emit(badge, "TitleChanged")
        .withArgs(stranger, RANK.REGULAR);
      expect(await eventsOf(transaction, "TitleChanged")).to.equal(4);
    });

    it("tells of a fall, by revoking or renouncing", async function () {
      const { badge, member } = dao;
      await award(KINDS.TEN);
      await award(KINDS.FOUR_NINETY);
      await award(KINDS.ONE);
      await expect(revoke(3)).not.to.emit(badge, "TitleChanged");
      await expect(revoke(2)).to.emit(badge, "TitleChanged").withArgs(member, RANK.REGULAR);
      await expect(badge.connect(member).renounce(1))
        .to.emit(badge, "TitleChanged")
        .withArgs(member, RANK.GUEST);
    });

    it("isn't heard of where there are no titles, or only one", async function () {
      const { badge } = dao;
      for (const titles of [[], ladder(0n)]) {
        await setTitles(titles);
        await expect(award(KINDS.FOUR_NINETY)).not.to.emit(badge, "TitleChanged");
        await expect(revoke(Number(await badge.totalAwarded()))).not.to.emit(badge, "TitleChanged");
      }
    });
  });

  async function eventsOf(transaction: ReturnType<typeof award>, name: string): Promise<number> {
    const receipt = await (await transaction).wait();
    const events = receipt?.logs.map((log) => dao.badge.interface.parseLog(log)?.name);
    return events?.filter((each) => each === name).length ?? 0;
  }

  describe("BatchMetadataUpdate", function () {
    it("covers the badges that a member had when its title changed, once in a batch", async function () {
      const { badge, member, other } = dao;
      await award(KINDS.ONE, member.address, other.address);
      const transaction = award(KINDS.NINETY, member.address, other.address);
      await expect(transaction).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 4);
      expect(await eventsOf(transaction, "BatchMetadataUpdate")).to.equal(1);
      await expect(revoke(3)).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 4);
      await expect(badge.connect(other).renounce(4)).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 4);
    });

    it("isn't for a newcomer's first badge, nor where the title stays", async function () {
      const { badge, member, other } = dao;
      const first = award(KINDS.NINETY, member.address, other.address);
      await expect(first).to.emit(badge, "TitleChanged").withArgs(member, RANK.REGULAR);
      await expect(first).not.to.emit(badge, "BatchMetadataUpdate");
      await expect(award(KINDS.ONE)).not.to.emit(badge, "BatchMetadataUpdate");
      await expect(revoke(3)).not.to.emit(badge, "BatchMetadataUpdate");
    });

    it("is for a newcomer who rises further with a second badge of the same batch", async function () {
      const { badge, member } = dao;
      await expect(award(KINDS.TEN, member.address, dao.other.address, member.address)).not.to.emit(
        badge,
        "BatchMetadataUpdate",
      );
      await expect(award(KINDS.NINETY, dao.stranger.address, dao.stranger.address))
        .to.emit(badge, "BatchMetadataUpdate")
        .withArgs(1, 5);
    });
  });

  describe("on a badge", function () {
    const traits = async (id: number) => {
      const { attributes } = decodeJson(await dao.badge.tokenURI(id)) as {
        attributes: { trait_type: string; value: unknown }[];
      };
      return Object.fromEntries(attributes.map(({ trait_type, value }) => [trait_type, value]));
    };

    it("is the holder's at this moment, on the card and among the attributes", async function () {
      const { badge } = dao;
      await award(KINDS.NINE);
      expect(await traits(1)).to.include({ Kind: "Bug report", "Title of the holder": "Guest" });
      await award(KINDS.ONE);
      expect((await traits(1))["Title of the holder"]).to.equal("常連");
      const texts = readXml(await badge.card(1));
      expect(texts.slice(0, 3)).to.deep.equal(["ブランド共創コミュニティ", "常連", "Bug report"]);
      const { image } = decodeJson(await badge.tokenURI(1)) as { image: string };
      expect(readXml(decodeSvg(image))).to.deep.equal(texts);
    });

    it("is left out where there are no titles", async function () {
      await award(KINDS.TEN);
      await setTitles([]);
      expect(await traits(1)).to.have.all.keys(["Kind", "Season", "Points", "Votes", "Awarded"]);
      // The kind's name comes right after the brand's.
      expect(readXml(await dao.badge.card(1))[1]).to.equal("Bug report");
    });

    it("is escaped for JSON and for XML", async function () {
      const name = `共"創\\<&'>\n</text>`;
      await award(KINDS.TEN);
      await setTitles([{ name, points: 0n }]);
      await expectTitle(1n, name);
      expect((await traits(1))["Title of the holder"]).to.equal(name);
      expect(readXml(await dao.badge.card(1))[1]).to.equal(name);
    });
  });
});
