import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, type KindConfig, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const EVERYBODY = 2n ** 64n - 1n;

const launchWithDailyLimit = (connection: Connection) =>
  launchDAO(connection, { kinds: [kindConfig({ points: 10n, dailyPointsLimit: 30n })] });

describe("BadgeKinds", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  async function award(kind: bigint, count = 1) {
    const { asSafe, badge, member } = dao;
    const accounts = Array<string>(count).fill(member.address);
    return asSafe(
      await badge.awardBatch.populateTransaction(
        kind,
        accounts,
        accounts.map(() => ZeroHash),
        "",
      ),
    );
  }

  async function add(config: Partial<KindConfig>) {
    return dao.asSafe(await dao.badge.addKind.populateTransaction(kindConfig(config)));
  }

  describe("kindOf", function () {
    it("is what was configured, with texts in any script", async function () {
      const { badge, config } = dao;
      for (const [index, kind] of config.kinds.entries()) {
        expect(await badge.kindOf(index + 1)).to.deep.equal([Object.values(kind), 0n, false]);
      }
      expect(await badge.kindCount()).to.equal(3);
    });

    it("refuses a kind that doesn't exist", async function () {
      const { badge } = dao;
      for (const kind of [0, 4]) {
        await expect(badge.kindOf(kind))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
          .withArgs(kind);
      }
    });
  });

  describe("addKind", function () {
    it("numbers kinds, and returns and emits what was added", async function () {
      const { badge } = dao;
      const config = kindConfig({
        name: "翻訳 – traduction",
        description: "d".repeat(1_000),
        image: "i".repeat(256),
        points: 2n ** 24n - 1n,
        issuerRole: ROLE.FIRST_CUSTOM,
        supplyLimit: 2n ** 32n - 1n,
        dailyPointsLimit: 2n ** 32n - 1n,
      });
      await expect(add(config)).to.emit(badge, "KindAdded").withArgs(4, Object.values(config));
      expect(await badge.kindCount()).to.equal(4);
      expect(await badge.kindOf(4)).to.deep.equal([Object.values(config), 0n, false]);
    });

    const texts = [
      { what: "no name", config: { name: "" }, args: [0, 1, 64] },
      { what: "a name of 65 bytes", config: { name: `${"共".repeat(21)}ab` }, args: [65, 1, 64] },
      {
        what: "a description of 1,001 bytes",
        config: { description: "d".repeat(1_001) },
        args: [1_001, 0, 1_000],
      },
      { what: "an image of 257 bytes", config: { image: "i".repeat(257) }, args: [257, 0, 256] },
    ];
    for (const { what, config, args } of texts) {
      it(`refuses ${what}`, async function () {
        await expect(add(config))
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidText")
          .withArgs(...args);
      });
    }

    const LATER_ISSUERS = ROLE.ISSUER + 2n ** 32n;
    for (const issuerRole of [0n, 1n, 2n, 4n, 5n, 6n, 99n, 2n ** 32n, LATER_ISSUERS, EVERYBODY]) {
      it(`refuses ${issuerRole.toString()} as an issuer role`, async function () {
        await expect(add({ issuerRole }))
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidIssuerRole")
          .withArgs(issuerRole);
      });
    }

    for (const issuerRole of [ROLE.ISSUER, 100n, 2n ** 32n - 1n]) {
      it(`takes ${issuerRole.toString()} as an issuer role`, async function () {
        await expect(add({ issuerRole })).to.emit(dao.badge, "KindAdded");
      });
    }

    it("is for kinds without votes", async function () {
      await expect(add({ votes: 1n })).to.be.revertedWithCustomError(
        dao.badge,
        "ContributionBadgeVotingKind",
      );
    });
  });

  describe("addVotingKind", function () {
    it("is done by a passed proposal", async function () {
      const { badge, token, asSafe, member } = dao;
      await enact(dao, [await badge.addVotingKind.populateTransaction(kindConfig({ votes: tokens(3) }))]);
      await asSafe(await badge.award.populateTransaction(4, member, ZeroHash));
      expect(await token.contributionVotes(member)).to.equal(tokens(3));
    });

    it("is for kinds with votes", async function () {
      const { badge, governor } = dao;
      const proposal = enactLater(dao, [await badge.addVotingKind.populateTransaction(kindConfig())]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNotVotingKind",
      );
    });
  });

  describe("closeKind and closeVotingKind", function () {
    it("end a kind's awards for ever; badges stay", async function () {
      const { asSafe, badge, member } = dao;
      await award(KIND.BUG);
      await expect(asSafe(await badge.closeKind.populateTransaction(KIND.BUG)))
        .to.emit(badge, "KindClosed")
        .withArgs(KIND.BUG);
      await expect(award(KIND.BUG))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeKindClosed")
        .withArgs(KIND.BUG);
      await expect(asSafe(await badge.closeKind.populateTransaction(KIND.BUG)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeKindClosed")
        .withArgs(KIND.BUG);
      expect(await badge.ownerOf(1)).to.equal(member);
      const { awarded, closed } = await badge.kindOf(KIND.BUG);
      expect([awarded, closed]).to.deep.equal([1n, true]);
    });

    it("are each for their own", async function () {
      const { asSafe, badge, governor } = dao;
      await expect(
        asSafe(await badge.closeKind.populateTransaction(KIND.AMBASSADOR)),
      ).to.be.revertedWithCustomError(badge, "ContributionBadgeVotingKind");
      const wrong = enactLater(dao, [await badge.closeVotingKind.populateTransaction(KIND.BUG)]);
      await wrong;
      await expect(governor.execute(...wrong.args)).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNotVotingKind",
      );
      await enact(dao, [await badge.closeVotingKind.populateTransaction(KIND.AMBASSADOR)]);
      expect((await badge.kindOf(KIND.AMBASSADOR)).closed).to.equal(true);
    });

    it("refuse a kind that doesn't exist", async function () {
      const { asSafe, badge } = dao;
      await expect(asSafe(await badge.closeKind.populateTransaction(9)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
        .withArgs(9);
    });
  });

  describe("the supply limit", function () {
    beforeEach(async function () {
      await add({ supplyLimit: 5n });
    });

    it("can be reached and not passed", async function () {
      const { badge } = dao;
      await award(4n, 3);
      await expect(award(4n, 3))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeSupplyLimited")
        .withArgs(4, 3, 2);
      await award(4n, 2);
      await expect(award(4n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeSupplyLimited")
        .withArgs(4, 1, 0);
      expect((await badge.kindOf(4)).awarded).to.equal(5);
    });

    it("counts revoked badges too", async function () {
      const { asSafe, badge } = dao;
      await award(4n, 5);
      await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
      await expect(award(4n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeSupplyLimited")
        .withArgs(4, 1, 0);
    });
  });

  describe("the daily limit of points", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithDailyLimit);
      const latest = await now(dao.connection);
      await travelTo((latest / DAY + 2n) * DAY - 60n);
    });

    it("starts anew at midnight, UTC", async function () {
      const { badge, connection } = dao;
      await award(1n, 2);
      await expect(award(1n, 2))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(1, 20, 10);
      await award(1n);
      const midnight = ((await now(connection)) / DAY + 1n) * DAY;
      await networkHelpers.time.setNextBlockTimestamp(midnight - 1n);
      await expect(award(1n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(1, 10, 0);
      await networkHelpers.time.setNextBlockTimestamp(midnight);
      await award(1n, 3);
      await expect(award(1n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(1, 10, 0);
      await networkHelpers.time.setNextBlockTimestamp(midnight + 10n * DAY);
      await award(1n, 3);
    });

    it("isn't lifted by revoking", async function () {
      const { asSafe, badge } = dao;
      await award(1n, 3);
      await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
      await expect(award(1n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(1, 10, 0);
    });

    it("is one for each kind", async function () {
      await add({ points: 10n, dailyPointsLimit: 10n });
      await award(1n, 3);
      await award(2n);
      expect(await dao.badge.totalPoints()).to.equal(40);
    });
  });

  describe("KindTexts", function () {
    it("is code that begins with a stop, so that a call to it does nothing", async function () {
      const { asSafe, badge, at, deployer } = dao;
      // The badge creates one contract a kind: the next one's address follows from how many there are.
      const nonce = await ethers.provider.getTransactionCount(at.badge);
      await asSafe(await badge.addKind.populateTransaction(kindConfig({ name: "Fourth" })));
      const texts = ethers.getCreateAddress({ from: at.badge, nonce });
      const code = await ethers.provider.getCode(texts);
      expect(code.slice(0, 4)).to.equal("0x00");
      const encoded = ethers.AbiCoder.defaultAbiCoder().decode(
        ["string", "string", "string"],
        `0x${code.slice(4)}`,
      );
      expect([...encoded]).to.deep.equal(["Fourth", "Found a defect before others did.", ""]);
      await deployer.sendTransaction({ to: texts, data: "0x12345678" });
    });
  });
});
