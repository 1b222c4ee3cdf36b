import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ContributionBadge__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, HOUR, now } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO, prepareLaunch } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const SEASON = 90n * DAY;

/** Two kinds whose points tell them apart in a sum: 1 and 1,000. */
const launchForYears = (connection: Connection) =>
  launchDAO(connection, { kinds: [kindConfig({ points: 1n }), kindConfig({ points: 1_000n })] });

const ONE = 1n;
const THOUSAND = 2n;

describe("MemberPoints", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchForYears);
  });

  async function award(kind: bigint, account = dao.member.address): Promise<void> {
    await dao.asSafe(await dao.badge.award.populateTransaction(kind, account, ZeroHash));
  }

  async function revoke(id: bigint): Promise<void> {
    await dao.asSafe(await dao.badge.revoke.populateTransaction(id, "by mistake"));
  }

  async function enterSeason(season: bigint): Promise<void> {
    const { start } = await dao.badge.seasonBounds(season);
    await travelTo(start);
  }

  /** What the member has, in the order of {IContributionBadge-Member}. */
  async function expectMember(...fields: bigint[]): Promise<void> {
    expect(await dao.badge.memberOf(dao.member)).to.deep.equal(fields);
  }

  describe("seasons", function () {
    it("are counted from 1, from the launch, in a fixed length", async function () {
      const { badge } = dao;
      const first = await badge.seasonBounds(1);
      expect(first.end - first.start).to.equal(SEASON);
      expect(await badge.seasonBounds(100)).to.deep.equal([
        first.start + 99n * SEASON,
        first.start + 100n * SEASON,
      ]);
      await travelTo(first.end - 1n);
      expect(await badge.currentSeason()).to.equal(1);
      await travelTo(first.end);
      expect(await badge.currentSeason()).to.equal(2);
    });

    it("have no number 0", async function () {
      const { badge, member } = dao;
      await expect(badge.seasonBounds(0)).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNonexistentSeason",
      );
      expect(await badge.seasonPointsOf(member, 0)).to.equal(0);
    });

    for (const seasonLength of [
      0n,
      7n * DAY - HOUR,
      7n * DAY + 1n,
      90n * DAY + HOUR / 2n,
      366n * DAY - 1n,
      366n * DAY + HOUR,
    ]) {
      it(`can't have ${seasonLength.toString()} seconds`, async function () {
        const { factory, launcher, config } = await prepareLaunch(dao.connection, {
          members: { seasonLength, disputeWindow: DAY },
        });
        await expect(factory.connect(launcher).launch(config))
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidSeasonLength")
          .withArgs(seasonLength);
      });
    }

    for (const seasonLength of [7n * DAY, 30n * DAY + HOUR, 366n * DAY]) {
      it(`can have ${seasonLength.toString()} seconds`, async function () {
        const { factory, launcher, config } = await prepareLaunch(dao.connection, {
          members: { seasonLength, disputeWindow: DAY },
        });
        await expect(factory.connect(launcher).launch(config)).to.emit(factory, "DAOLaunched");
      });
    }
  });

  describe("the dispute window", function () {
    async function launchWith(disputeWindow: bigint) {
      const { factory, launcher, config } = await prepareLaunch(dao.connection, {
        members: { seasonLength: 7n * DAY, disputeWindow },
      });
      const { badge } = await factory.predict(launcher, config.salt, config.handover);
      return {
        launch: () => factory.connect(launcher).launch(config),
        badge: ContributionBadge__factory.connect(badge, launcher),
      };
    }

    for (const disputeWindow of [0n, HOUR - 1n, HOUR + 1n, 7n * DAY - 1n, 7n * DAY, 2n ** 32n - 1n]) {
      it(`can't have ${disputeWindow.toString()} seconds in a season of a week`, async function () {
        const { launch } = await launchWith(disputeWindow);
        await expect(launch())
          .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeInvalidDisputeWindow")
          .withArgs(disputeWindow, 7n * DAY);
      });
    }

    for (const disputeWindow of [HOUR, 3n * DAY + HOUR, 7n * DAY - HOUR]) {
      it(`can have ${disputeWindow.toString()} seconds in a season of a week`, async function () {
        const { launch, badge } = await launchWith(disputeWindow);
        await launch();
        expect(await badge.disputeWindow()).to.equal(disputeWindow);
      });
    }
  });

  describe("a member", function () {
    it("has nothing at first", async function () {
      const { badge, member } = dao;
      await expectMember(0n, 0n, 0n, 0n, 0n, 0n);
      expect(await badge.pointsOf(member)).to.equal(0);
      expect(await badge.seasonPointsOf(member, 1)).to.equal(0);
    });

    it("has points in total and of the last two seasons in which it earned any", async function () {
      const { badge, member } = dao;
      await award(ONE);
      await award(THOUSAND);
      await expectMember(2n, 1_001n, 1n, 1_001n, 0n, 0n);
      await enterSeason(2n);
      await expectMember(2n, 1_001n, 1n, 1_001n, 0n, 0n);
      await award(ONE);
      await expectMember(3n, 1_002n, 2n, 1n, 1n, 1_001n);
      // Nothing in the third season.
      await enterSeason(4n);
      await award(THOUSAND);
      await award(THOUSAND);
      await expectMember(5n, 3_002n, 4n, 2_000n, 2n, 1n);
      const seasons = await Promise.all(
        [1, 2, 3, 4, 5].map((season) => badge.seasonPointsOf(member, season)),
      );
      expect(seasons).to.deep.equal([0n, 1n, 0n, 2_000n, 0n]);
      expect(await badge.pointsOf(member)).to.equal(3_002n);
      await enterSeason(5n);
      await award(ONE);
      await expectMember(6n, 3_003n, 5n, 1n, 4n, 2_000n);
    });

    it("keeps them apart from another's", async function () {
      const { badge, other } = dao;
      await award(ONE);
      await award(THOUSAND, other.address);
      await expectMember(1n, 1n, 1n, 1n, 0n, 0n);
      expect(await badge.memberOf(other)).to.deep.equal([1n, 1_000n, 1n, 1_000n, 0n, 0n]);
    });

    describe("with badges of three seasons", function () {
      beforeEach(async function () {
        await award(ONE); // 1
        await award(THOUSAND); // 2
        await enterSeason(2n);
        await award(ONE); // 3
        await award(THOUSAND); // 4
        await enterSeason(3n);
        await award(ONE); // 5
        await award(THOUSAND); // 6
        await expectMember(6n, 3_003n, 3n, 1_001n, 2n, 1_001n);
      });

      it("loses the points of a badge of its current season", async function () {
        await revoke(6n);
        await expectMember(5n, 2_003n, 3n, 1n, 2n, 1_001n);
      });

      it("loses the points of a badge of the season before", async function () {
        await revoke(4n);
        await expectMember(5n, 2_003n, 3n, 1_001n, 2n, 1n);
      });

      it("loses of its total only what a badge of an older season counted", async function () {
        await revoke(2n);
        await expectMember(5n, 2_003n, 3n, 1_001n, 2n, 1_001n);
      });

      it("has nothing left when all are gone, and starts anew", async function () {
        for (let id = 1n; id <= 6n; id++) await revoke(id);
        await expectMember(0n, 0n, 3n, 0n, 2n, 0n);
        await enterSeason(4n);
        await award(ONE);
        await expectMember(1n, 1n, 4n, 1n, 3n, 0n);
      });
    });
  });

  describe("memberSince", function () {
    const dayOf = (timestamp: bigint) => timestamp - (timestamp % DAY);

    it("is the day of the first badge, in UTC, and stays it", async function () {
      const { badge, connection, member } = dao;
      expect(await badge.memberSince(member)).to.equal(0);
      await award(ONE);
      const first = dayOf(await now(connection));
      expect(await badge.memberSince(member)).to.equal(first);
      await travelTo(first + DAY);
      await award(THOUSAND);
      await enterSeason(3n);
      await award(ONE);
      expect(await badge.memberSince(member)).to.equal(first);
      for (const id of [1n, 2n, 3n]) await revoke(id);
      expect(await badge.memberSince(member)).to.equal(first);
      await award(ONE);
      expect(await badge.memberSince(member)).to.equal(first);
    });

    it("changes with the day, at midnight", async function () {
      const { badge, connection, member, other } = dao;
      const tomorrow = dayOf(await now(connection)) + DAY;
      await networkHelpers.time.setNextBlockTimestamp(tomorrow - 1n);
      await award(ONE);
      await networkHelpers.time.setNextBlockTimestamp(tomorrow);
      await award(ONE, other.address);
      expect(await badge.memberSince(member)).to.equal(tomorrow - DAY);
      expect(await badge.memberSince(other)).to.equal(tomorrow);
    });
  });

  describe("everybody's points", function () {
    it("are the sum of what is held, and of a season the sum of what was awarded in it", async function () {
      const { badge, other } = dao;
      await award(ONE);
      await award(THOUSAND, other.address);
      await enterSeason(2n);
      await award(THOUSAND);
      expect(await badge.totalPoints()).to.equal(2_001);
      expect(await badge.totalSeasonPoints(1)).to.equal(1_001);
      expect(await badge.totalSeasonPoints(2)).to.equal(1_000);
      await revoke(2n);
      expect(await badge.totalPoints()).to.equal(1_001);
      expect(await badge.totalSeasonPoints(1)).to.equal(1_001);
      expect(await badge.totalSeasonPoints(2)).to.equal(1_000);
      expect(await badge.totalSeasonPoints(3)).to.equal(0);
      const taken = await Promise.all([1, 2, 3].map((season) => badge.takenSeasonPoints(season)));
      expect(taken).to.deep.equal([1_000n, 0n, 0n]);
    });

    it("of a season go on after it as its last award left them", async function () {
      const { badge } = dao;
      await award(THOUSAND);
      await enterSeason(3n);
      expect(await badge.totalSeasonPoints(1)).to.equal(1_000);
      await award(ONE);
      expect(await badge.totalSeasonPoints(1)).to.equal(1_000);
      expect(await badge.totalSeasonPoints(2)).to.equal(0);
      expect(await badge.totalSeasonPoints(3)).to.equal(1);
    });

    for (const [what, awarded] of [
      ["nothing was awarded since", false],
      ["the next season has begun to award", true],
    ] as const) {
      it(`of a season stay what was awarded in it, whenever badges are taken, where ${what}`, async function () {
        const { badge, config, asSafe, connection } = dao;
        for (let count = 0; count < 3; count++) await award(THOUSAND);
        const { end } = await badge.seasonBounds(1);
        const opens = end + config.members.disputeWindow;
        await travelTo(end);
        if (awarded) await award(ONE);
        const inTime = await badge.revoke.populateTransaction(1, "by mistake");
        await networkHelpers.time.setNextBlockTimestamp(opens - 1n);
        await asSafe(inTime);
        expect(await now(connection)).to.equal(opens - 1n);
        expect(await badge.totalSeasonPoints(1)).to.equal(3_000);
        expect(await badge.takenSeasonPoints(1)).to.equal(1_000);
        // In the second in which claims open, no different.
        await networkHelpers.time.setNextBlockTimestamp(opens);
        await revoke(2n);
        expect(await now(connection)).to.equal(opens);
        expect(await badge.totalSeasonPoints(1)).to.equal(3_000);
        expect(await badge.takenSeasonPoints(1)).to.equal(2_000);
        expect(await badge.totalPoints()).to.equal(awarded ? 1_001 : 1_000);
        expect(await badge.seasonPointsOf(dao.member, 1)).to.equal(1_000);
        await enterSeason(3n);
        await award(ONE);
        expect(await badge.totalSeasonPoints(1)).to.equal(3_000);
      });
    }

    it("take the highest points that a kind can have", async function () {
      const { asSafe, badge, member } = dao;
      const points = 2n ** 24n - 1n;
      await asSafe(await badge.addKind.populateTransaction(kindConfig({ points })));
      await award(3n);
      await award(3n);
      expect(await badge.totalPoints()).to.equal(2n * points);
      expect(await badge.memberOf(member)).to.deep.equal([2n, 2n * points, 1n, 2n * points, 0n, 0n]);
      await revoke(1n);
      await expectMember(1n, points, 1n, points, 0n, 0n);
    });
  });
});
