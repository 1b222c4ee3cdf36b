import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  joinWith,
  recoverAll,
  refuse,
  request,
  requestAndWait,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

/** Kinds whose points tell them apart in a sum: 1 and 1,000. */
const launchForYears = (connection: Connection) =>
  launchDAO(connection, { kinds: [kindConfig({ points: 1n }), kindConfig({ points: 1_000n })] });

const ONE = 1n;
const THOUSAND = 2n;

const VOTES = tokens(1_000);

describe("Recoveries, what comes with the badges", function () {
  let dao: DAO;

  describe("points and seasons", function () {
    /** `member` has 1 and 1,000 points from each of the seasons 1 to 3, by the badges 1 to 6. */
    async function launchWithSeasons(connection: Connection): Promise<DAO> {
      const launched = await launchForYears(connection);
      for (let season = 1n; season <= 3n; season++) {
        await enterSeason(launched, season);
        await award(launched, ONE, launched.member);
        await award(launched, THOUSAND, launched.member);
      }
      return launched;
    }

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithSeasons);
    });

    const ORDERS: bigint[][] = [
      [1n, 2n, 3n, 4n, 5n, 6n],
      [6n, 5n, 4n, 3n, 2n, 1n],
      [5n, 1n, 3n, 2n, 6n, 4n],
      [3n, 6n, 1n, 5n, 4n, 2n],
    ];

    for (const order of ORDERS) {
      it(`are the same in the order ${order.join(", ")}, at once and one by one`, async function () {
        const { badge, member, other } = dao;
        const before = await badge.memberOf(member);
        expect(before).to.deep.equal([6n, 3_003n, 3n, 1_001n, 2n, 1_001n]);
        await requestAndWait(dao, member, other);
        await networkHelpers.mine();
        const snapshot = await networkHelpers.takeSnapshot();
        await badge.recover(member, order);
        expect(await badge.memberOf(other)).to.deep.equal(before);
        expect(await badge.memberOf(member)).to.deep.equal([0n, 0n, 3n, 0n, 2n, 0n]);
        await snapshot.restore();
        for (const id of order) await badge.recover(member, [id]);
        expect(await badge.memberOf(other)).to.deep.equal(before);
        expect(await badge.memberOf(member)).to.deep.equal([0n, 0n, 3n, 0n, 2n, 0n]);
      });
    }

    it("leave everybody's sums alone, at every step", async function () {
      const { badge, member, other } = dao;
      await requestAndWait(dao, member, other);
      for (const id of [4n, 1n, 6n, 2n, 5n, 3n]) {
        await badge.recover(member, [id]);
        expect(await badge.totalPoints()).to.equal(3_003);
        expect((await badge.pointsOf(member)) + (await badge.pointsOf(other))).to.equal(3_003);
        for (const season of [1, 2, 3]) expect(await badge.totalSeasonPoints(season)).to.equal(1_001);
        for (const season of [2, 3]) {
          const known = await Promise.all(
            [member, other].map((account) => badge.seasonPointsOf(account, season)),
          );
          expect((known[0] ?? 0n) + (known[1] ?? 0n)).to.equal(1_001);
        }
      }
      expect(await badge.totalAwarded()).to.equal(6);
    });

    it("don't bring the day of the first badge along: the new account's is that on which it got any", async function () {
      const { badge, connection, member, other } = dao;
      await requestAndWait(dao, member, other);
      expect(await badge.memberSince(member)).to.be.above(0);
      await badge.recover(member, [6n]);
      const today = await now(connection);
      expect(await badge.memberSince(other)).to.equal(today - (today % DAY));
      expect(await badge.memberSince(member), "of what is left").to.equal(0);
      expect(await badge.memberOf(member)).to.deep.equal([5n, 2_003n, 3n, 1n, 2n, 1_001n]);
      // Until it gets one in a later season.
      await award(dao, ONE, member);
      expect(await badge.memberSince(member)).to.equal(0);
      await enterSeason(dao, 5n);
      await award(dao, ONE, member);
      const later = await now(connection);
      expect(await badge.memberSince(member)).to.equal(later - (later % DAY));
    });

    it("are added to an account's own", async function () {
      const { badge, member, other } = dao;
      await award(dao, ONE, other); // 7, of season 3
      await recoverAll(dao, member, other, [2n, 6n, 4n, 1n, 3n, 5n]);
      expect(await badge.memberOf(other)).to.deep.equal([7n, 3_004n, 3n, 1_002n, 2n, 1_001n]);
    });

    it("are known of the last two seasons of both together", async function () {
      const { badge, member, other } = dao;
      await enterSeason(dao, 4n);
      await award(dao, ONE, other); // 7
      await recoverAll(dao, member, other, [5n, 1n, 4n, 6n, 3n, 2n]);
      expect(await badge.memberOf(other)).to.deep.equal([7n, 3_004n, 4n, 1n, 3n, 1_001n]);
    });

    it("replace an older season that the new account had before", async function () {
      const { badge, member, other } = dao;
      await recoverAll(dao, member, other, [1n, 2n, 3n, 4n, 5n, 6n]);
      await enterSeason(dao, 5n);
      await award(dao, THOUSAND, dao.stranger); // 7, of season 5
      await recoverAll(dao, dao.stranger, other, [7n]);
      expect(await badge.memberOf(other)).to.deep.equal([7n, 4_003n, 5n, 1_000n, 3n, 1_001n]);
    });

    it("are taken with a badge from who has it then", async function () {
      const { asSafe, badge, member, other } = dao;
      await requestAndWait(dao, member, other);
      await badge.recover(member, [4, 5]);
      await asSafe(await badge.revoke.populateTransaction(4, "by mistake"));
      await asSafe(await badge.revoke.populateTransaction(6, "by mistake"));
      await badge.connect(other).renounce(5);
      expect(await badge.memberOf(other)).to.deep.equal([0n, 0n, 3n, 0n, 2n, 0n]);
      expect(await badge.memberOf(member)).to.deep.equal([3n, 1_002n, 3n, 0n, 2n, 1n]);
      await badge.recover(member, [1, 2, 3]);
      expect(await badge.memberOf(other)).to.deep.equal([3n, 1_002n, 3n, 0n, 2n, 1n]);
      const totals = await Promise.all([3, 2].map((season) => badge.totalSeasonPoints(season)));
      const taken = await Promise.all([3, 2].map((season) => badge.takenSeasonPoints(season)));
      expect(totals).to.deep.equal([1_001n, 1_001n]);
      expect(taken).to.deep.equal([1_001n, 1_000n]);
    });
  });

  describe("titles", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
    });

    it("change for both at each step, with an event where one does", async function () {
      const { badge, member, other } = dao;
      for (const kind of [KIND.AMBASSADOR, KIND.AMBASSADOR, KIND.BUG]) await award(dao, kind, member);
      expect(await badge.titleOf(member)).to.deep.equal([3n, "Ambassador"]);
      await requestAndWait(dao, member, other);

      const first = await badge.recover(member, [1]);
      await expect(first).to.emit(badge, "TitleChanged").withArgs(member, 2);
      await expect(first).to.emit(badge, "TitleChanged").withArgs(other, 2);
      await expect(first).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 3);
      expect(await badge.titleOf(member)).to.deep.equal([2n, "常連"]);
      expect(await badge.titleOf(other)).to.deep.equal([2n, "常連"]);

      const second = await badge.recover(member, [3]);
      await expect(second).not.to.emit(badge, "TitleChanged");
      // The card shows whose it is.
      await expect(second).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 3);

      const third = await badge.recover(member, [2]);
      await expect(third).to.emit(badge, "TitleChanged").withArgs(member, 1);
      await expect(third).to.emit(badge, "TitleChanged").withArgs(other, 3);
      expect(await badge.titleOf(member)).to.deep.equal([1n, "Guest"]);
      expect(await badge.titleOf(other)).to.deep.equal([3n, "Ambassador"]);
    });
  });

  describe("votes", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
    });

    it("move with the badges that gave them, and not with others or with tokens", async function () {
      const { badge, token, member, other, holders } = dao;
      await token.connect(holders[0]).transfer(member, tokens(7));
      await award(dao, KIND.AMBASSADOR, member);
      await award(dao, KIND.AMBASSADOR, member);
      await award(dao, KIND.BUG, member);
      await requestAndWait(dao, member, other);
      await expect(badge.recover(member, [3])).not.to.emit(token, "ContributionVotesMoved");
      const transaction = await badge.recover(member, [1, 2]);
      await expect(transaction)
        .to.emit(token, "ContributionVotesMoved")
        .withArgs(member, other, 2n * VOTES);
      expect(await token.contributionVotes(member)).to.equal(0);
      expect(await token.contributionVotes(other)).to.equal(2n * VOTES);
      expect(await token.totalContributionVotes()).to.equal(2n * VOTES);
      expect(await token.getVotes(member)).to.equal(tokens(7));
      expect(await token.balanceOf(member)).to.equal(tokens(7));
      expect(await token.balanceOf(other)).to.equal(0);
    });

    it("go from the old account's delegate to the new one's, and change nothing of the past", async function () {
      const { badge, token, member, other, holders, connection } = dao;
      const [alice, bob] = holders;
      await award(dao, KIND.AMBASSADOR, member);
      await token.connect(member).delegate(alice);
      await token.connect(other).delegate(bob);
      await requestAndWait(dao, member, other);
      const before = await now(connection);
      await networkHelpers.mine();
      const transaction = await badge.recover(member, [1]);
      await expect(transaction)
        .to.emit(token, "DelegateVotesChanged")
        .withArgs(alice, tokens(300_000) + VOTES, tokens(300_000));
      await expect(transaction)
        .to.emit(token, "DelegateVotesChanged")
        .withArgs(bob, tokens(200_000), tokens(200_000) + VOTES);
      expect(await token.getVotes(member)).to.equal(0);
      expect(await token.getVotes(other)).to.equal(0);
      const after = await now(connection);
      await networkHelpers.mine();
      expect(await token.getPastVotes(alice, before)).to.equal(tokens(300_000) + VOTES);
      expect(await token.getPastVotes(bob, before)).to.equal(tokens(200_000));
      expect(await token.getPastVotes(alice, after)).to.equal(tokens(300_000));
      expect(await token.getPastVotes(bob, after)).to.equal(tokens(200_000) + VOTES);
      expect(await token.getPastTotalSupply(after)).to.equal(await token.getPastTotalSupply(before));
    });

    it("move although the bucket is empty, and are none where they were withheld", async function () {
      const { badge, token, member, other, stranger } = dao;
      for (let count = 0; count < 9; count++) await award(dao, KIND.AMBASSADOR, stranger);
      await award(dao, KIND.AMBASSADOR, member); // 10, the last of the bucket
      await award(dao, KIND.AMBASSADOR, member); // 11, withheld
      expect((await badge.badgeOf(11)).votes).to.equal(0);
      await requestAndWait(dao, member, other);
      await expect(badge.recover(member, [11])).not.to.emit(token, "ContributionVotesMoved");
      await badge.recover(member, [10]);
      expect(await token.contributionVotes(other)).to.equal(VOTES);
      expect(await token.totalContributionVotes()).to.equal(10n * VOTES);
    });
  });

  describe("the referral", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
      const { member, stranger } = dao;
      await award(dao, KIND.BUG, stranger);
      await joinWith(dao, member, KIND.BUG, KIND.BUG, stranger);
      expect(await dao.badge.referrerOf(member)).to.equal(stranger);
    });

    it("moves to a newcomer, with the first step", async function () {
      const { badge, member, other, stranger } = dao;
      await award(dao, KIND.BUG, member); // 4
      await requestAndWait(dao, member, other);
      expect(await badge.referrerOf(other)).to.equal(ZeroAddress);
      await badge.recover(member, [4]);
      expect(await badge.referrerOf(other)).to.equal(stranger);
      expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
      expect(await badge.balanceOf(other)).to.equal(1);
    });

    it("moves, too, where no badge is left", async function () {
      const { badge, member, other, stranger } = dao;
      await badge.connect(member).renounce(2);
      await recoverAll(dao, member, other, []);
      expect(await badge.referrerOf(other)).to.equal(stranger);
      expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
    });

    it("can't be named by who awaits it: it could name the account that it was, and move beside itself", async function () {
      const { badge, member, other, stranger } = dao;
      await request(dao, member, other);
      await expect(joinWith(dao, other, 0n, KIND.BUG, member)).not.to.emit(badge, "ReferralRecorded");
      expect(await badge.referrerOf(other)).to.equal(ZeroAddress);
      await refuse(dao, other);
      await joinWith(dao, other, KIND.BUG, KIND.BUG, stranger);
      expect(await badge.referrerOf(other)).to.equal(stranger);
    });

    it("doesn't move to an account that has a history", async function () {
      const { badge, member, other, stranger } = dao;
      await award(dao, KIND.BUG, other); // 4
      await badge.connect(other).renounce(4);
      await recoverAll(dao, member, other, [2n]);
      expect(await badge.referrerOf(other)).to.equal(ZeroAddress);
      expect(await badge.referrerOf(member)).to.equal(stranger);
    });

    it("doesn't replace the one that a newcomer has", async function () {
      const { badge, member, other, stranger, holders } = dao;
      await award(dao, KIND.BUG, holders[0]);
      await joinWith(dao, other, 0n, KIND.BUG, holders[0]);
      expect(await badge.balanceOf(other)).to.equal(0);
      await recoverAll(dao, member, other, [2n]);
      expect(await badge.referrerOf(other)).to.equal(holders[0]);
      expect(await badge.referrerOf(member)).to.equal(stranger);
    });

    it("adds up what both earned for referrals in this season", async function () {
      const { badge, member, other, stranger, holders, owners } = dao;
      await award(dao, KIND.BUG, other); // 4
      await joinWith(dao, holders[0], 0n, KIND.BUG, other); // 5
      await joinWith(dao, holders[1], 0n, KIND.BUG, member); // 6
      await joinWith(dao, holders[2], 0n, KIND.BUG, member); // 7
      expect(await badge.referralsOf(member)).to.deep.equal([2n, 3n]);
      await recoverAll(dao, member, other, [2n, 6n, 7n]);
      expect(await badge.referralsOf(other)).to.deep.equal([3n, 3n]);
      const transaction = await joinWith(dao, owners[0], 0n, KIND.BUG, other);
      await expect(transaction).to.emit(badge, "ReferralRecorded").withArgs(owners[0], other, 0);
      expect(await badge.referralsOf(stranger)).to.deep.equal([1n, 3n]);
    });

    it("adds up those of this season only, also where it moves in two steps", async function () {
      const { badge, member, other, holders, owners } = dao;
      await award(dao, KIND.BUG, other); // 4
      await joinWith(dao, holders[0], 0n, KIND.BUG, other); // 5
      await joinWith(dao, holders[1], 0n, KIND.BUG, other); // 6
      await enterSeason(dao, 2n);
      await joinWith(dao, owners[0], 0n, KIND.BUG, member); // 7
      await requestAndWait(dao, member, other);
      for (const id of [2, 7]) await badge.recover(member, [id]);
      expect(await badge.referralsOf(other)).to.deep.equal([1n, 3n]);
    });

    it("can be named from the second on in which nothing is awaited any more", async function () {
      const { badge, member, other, stranger } = dao;
      await request(dao, member, other);
      const { end } = await badge.recoveryOf(other);
      await travelTo(end - DAY / 2n);
      await joinWith(dao, other, KIND.BUG, KIND.BUG, stranger, end);
      expect(await badge.referrerOf(other)).to.equal(stranger);
    });

    it("starts to count anew in the next season", async function () {
      const { badge, member, other, holders } = dao;
      await joinWith(dao, holders[1], 0n, KIND.BUG, member); // 4
      await enterSeason(dao, 2n);
      await recoverAll(dao, member, other, [2n, 4n]);
      expect(await badge.referralsOf(other)).to.deep.equal([0n, 3n]);
    });
  });
});
