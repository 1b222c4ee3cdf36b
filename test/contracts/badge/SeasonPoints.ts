import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";
import { award, claimTimes, enterSeason, revoke } from "../../helpers/seasons.js";

const { networkHelpers } = await connect();

const TEN = 1n;
const NONE = 2n;
const FRIEND = 3n;

const LIMIT = 100n;

/** Badges of 10 points, of none and of 30; 100 points a season. */
const launchWithLimit = (connection: Connection) =>
  launchDAO(connection, {
    kinds: [kindConfig({ points: 10n }), kindConfig({ points: 0n }), kindConfig({ points: 30n })],
    members: {
      seasonLength: 90n * DAY,
      disputeWindow: 14n * DAY,
      seasonPointsLimit: LIMIT,
      referralLimit: 3n,
      recoveryLimit: 2n,
    },
  });

describe("ContributionBadge, the points of a season", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithLimit);
  });

  async function expectLimited(attempt: Promise<unknown>, requested: bigint, available: bigint) {
    await expect(attempt)
      .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeSeasonPointsLimited")
      .withArgs(requested, available);
  }

  /** By a passed proposal. */
  const setLimit = async (points: bigint) =>
    enact(dao, [await dao.badge.setLimits.populateTransaction(points, 3, 2)]);

  describe("their limit", function () {
    it("lets awards through up to it, and not one point more", async function () {
      const { badge, member, other } = dao;
      expect(await badge.seasonPointsLimit()).to.equal(LIMIT);
      await expectLimited(award(dao, TEN, member, 11), 110n, 100n);
      await award(dao, TEN, member, 9);
      await expectLimited(award(dao, TEN, other, 2), 20n, 10n);
      await award(dao, TEN, other);
      expect(await badge.totalSeasonPoints(1)).to.equal(LIMIT);
      await expectLimited(award(dao, TEN, other), 10n, 0n);
      // What has no points needs no room.
      await award(dao, NONE, other, 3);
    });

    it("begins anew with each season", async function () {
      const { badge, member } = dao;
      await award(dao, TEN, member, 10);
      const { end } = await badge.seasonBounds(1);
      const call = await badge.award.populateTransaction(TEN, member, ZeroHash);
      await networkHelpers.time.setNextBlockTimestamp(end - 1n);
      await expectLimited(dao.asSafe(call), 10n, 0n);
      await enterSeason(dao, 2n);
      await expectLimited(award(dao, TEN, member, 11), 110n, 100n);
      await award(dao, TEN, member, 10);
      expect(await badge.totalSeasonPoints(2)).to.equal(LIMIT);
    });

    it("isn't given back by what is revoked or given up", async function () {
      const { badge, member } = dao;
      await award(dao, TEN, member, 10);
      await revoke(dao, 1n);
      await badge.connect(member).renounce(2);
      await expectLimited(award(dao, TEN, member), 10n, 0n);
    });

    it("is raised and lowered by a passed proposal, at once", async function () {
      const { badge, member } = dao;
      await award(dao, TEN, member, 10);
      await setLimit(120n);
      await expectLimited(award(dao, TEN, member, 3), 30n, 20n);
      await award(dao, TEN, member);
      // Below what was awarded: nothing more, but what has no points.
      await setLimit(50n);
      await expectLimited(award(dao, TEN, member), 10n, 0n);
      await award(dao, NONE, member);
      expect(await badge.totalSeasonPoints(1)).to.equal(110);
      await setLimit(0n);
      await enterSeason(dao, 2n);
      await expectLimited(award(dao, TEN, member), 10n, 0n);
    });

    it("leaves the badge of a referral out, and not the record", async function () {
      const { asSafe, badge, drop, member, other, stranger, connection } = dao;
      await award(dao, TEN, member, 6);
      const campaign = `0x${"11".repeat(32)}`;
      const leaf = {
        index: 0,
        claimant: other.address,
        byKey: false,
        amount: 0,
        kind: TEN,
        evidence: ZeroHash,
      };
      const root = await drop.leafHash(campaign, leaf);
      const deadline = (await now(connection)) + DAY;
      await asSafe(await drop.open.populateTransaction(campaign, { root, deadline, referralKind: FRIEND }));
      // 40 left: for the claim and the referral. With the next one taken, only for the claim.
      await award(dao, TEN, stranger);
      await expect(drop.connect(other).claim(campaign, leaf, [], other, member, "0x"))
        .to.emit(badge, "ReferralRecorded")
        .withArgs(other, member, 0);
      expect(await badge.pointsOf(other)).to.equal(10);
      expect(await badge.pointsOf(member)).to.equal(60);
      expect(await badge.referralsOf(member)).to.deep.equal([0n, 3n]);
    });

    it("lets the badge of a referral through that just fits", async function () {
      const { asSafe, badge, drop, member, other, connection } = dao;
      await award(dao, TEN, member, 6);
      const campaign = `0x${"22".repeat(32)}`;
      const leaf = {
        index: 0,
        claimant: other.address,
        byKey: false,
        amount: 0,
        kind: TEN,
        evidence: ZeroHash,
      };
      const root = await drop.leafHash(campaign, leaf);
      const deadline = (await now(connection)) + DAY;
      await asSafe(await drop.open.populateTransaction(campaign, { root, deadline, referralKind: FRIEND }));
      await drop.connect(other).claim(campaign, leaf, [], other, member, "0x");
      expect(await badge.pointsOf(member)).to.equal(90);
      expect(await badge.totalSeasonPoints(1)).to.equal(LIMIT);
    });
  });

  describe("excludePoints", function () {
    beforeEach(async function () {
      await award(dao, TEN, dao.member, 4);
      await revoke(dao, 1n);
      await revoke(dao, 2n);
    });

    it("has the season shared by less, by as much as was decided", async function () {
      const { badge, governor } = dao;
      const proposal = enactLater(dao, [await badge.excludePoints.populateTransaction(1, 15)]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.emit(badge, "PointsExcluded")
        .withArgs(1, 15);
      expect(await badge.totalSeasonPoints(1)).to.equal(25);
      expect(await badge.takenSeasonPoints(1)).to.equal(5);
      expect(await badge.totalPoints()).to.equal(20);
    });

    it("excludes no more than was taken, and nothing twice", async function () {
      const { badge, governor } = dao;
      for (const [points, taken] of [
        [21n, 20n],
        [20n, 20n],
        [1n, 0n],
      ] as const) {
        const proposal = enactLater(
          dao,
          [await badge.excludePoints.populateTransaction(1, points)],
          `${points} of ${taken}`,
        );
        await proposal;
        const execution = governor.execute(...proposal.args);
        if (points <= taken) await execution;
        else
          await expect(execution)
            .to.be.revertedWithCustomError(badge, "ContributionBadgeNotTaken")
            .withArgs(1, points, taken);
      }
      expect(await badge.totalSeasonPoints(1)).to.equal(20);
    });

    it("is possible until claims open, to the second, also when the next season awards", async function () {
      const { badge, governor, member } = dao;
      const { opens } = await claimTimes(dao, 1n);
      const { end } = await badge.seasonBounds(1);
      await travelTo(end);
      await award(dao, TEN, member);
      const calls = [
        await badge.excludePoints.populateTransaction(1, 20),
        await badge.excludePoints.populateTransaction(2, 0),
      ];
      const proposal = enactLater(dao, calls);
      await proposal;
      const before = await networkHelpers.takeSnapshot();
      await networkHelpers.time.setNextBlockTimestamp(opens);
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeSharesFixed")
        .withArgs(1, opens);
      await before.restore();
      await networkHelpers.time.setNextBlockTimestamp(opens - 1n);
      await governor.execute(...proposal.args);
      expect(await badge.totalSeasonPoints(1)).to.equal(20);
      expect(await badge.takenSeasonPoints(1)).to.equal(0);
      expect(await badge.totalSeasonPoints(2)).to.equal(10);
    });
  });
});
