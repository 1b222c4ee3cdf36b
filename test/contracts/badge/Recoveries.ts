import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, DAY, HOUR, now } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  phaseOf,
  recoverAll,
  refuse,
  request,
  TIME_TO_MOVE,
  timeToRecover,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const STEWARD_DELAY = 2n * DAY;

async function withMember(dao: DAO): Promise<DAO> {
  await award(dao, KIND.BUG, dao.member);
  return dao;
}

const launchWithMember = async (connection: Connection) => withMember(await launchDAO(connection));

/** The Safe has to schedule what it does as a steward. */
const launchWithDelay = async (connection: Connection) =>
  withMember(await launchDAO(connection, { handover: { stewardDelay: STEWARD_DELAY } }));

describe("Recoveries, until they are carried out", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMember);
  });

  describe("requestRecovery", function () {
    it("announces from when on it can be carried out: a whole decision and three days later", async function () {
      const { badge, member, other, connection } = dao;
      const time = await timeToRecover(dao);
      expect(time).to.equal(HOUR + 3n * DAY + DAY + 2n * DAY + 3n * DAY);
      const transaction = await request(dao, member, other);
      const eta = (await now(connection)) + time;
      await expect(transaction).to.emit(badge, "RecoveryRequested").withArgs(member, other, eta);
      const end = eta + TIME_TO_MOVE;
      for (const account of [member, other]) {
        expect(await badge.recoveryOf(account)).to.deep.equal([
          member.address,
          eta,
          1n,
          0n,
          other.address,
          end,
          1n,
        ]);
      }
      expect(await badge.recoveryOf(dao.stranger)).to.deep.equal([
        ZeroAddress,
        0n,
        0n,
        0n,
        ZeroAddress,
        0n,
        0n,
      ]);
      expect(await badge.balanceOf(member)).to.equal(1);
    });

    it("takes governance as it is set at this moment, and not as it is changed later", async function () {
      const { badge, governor, timelock, member, other, stranger, connection } = dao;
      await request(dao, member, other);
      const { eta } = await badge.recoveryOf(member);
      await enact(dao, [
        await governor.setVotingDelay.populateTransaction(DAY),
        await governor.setVotingPeriod.populateTransaction(9n * DAY),
        await governor.setLateQuorumVoteExtension.populateTransaction(5n * DAY),
        await timelock.updateDelay.populateTransaction(7n * DAY),
      ]);
      expect((await badge.recoveryOf(member)).eta).to.equal(eta);
      await award(dao, KIND.BUG, stranger);
      await request(dao, stranger, dao.holders[0]);
      const time = await timeToRecover(dao);
      expect(time).to.equal(25n * DAY);
      expect((await badge.recoveryOf(stranger)).eta).to.equal((await now(connection)) + time);
    });

    it("is for a steward only", async function () {
      const { badge, member, other, owners, stranger } = dao;
      for (const caller of [stranger, owners[0], member, other]) {
        await expect(badge.connect(caller).requestRecovery(member, other))
          .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
      await enact(dao, [await badge.requestRecovery.populateTransaction(member, other)]);
      expect(await phaseOf(dao, member)).to.equal("requested");
    });

    it("is scheduled in public by a steward with an execution delay", async function () {
      dao = await networkHelpers.loadFixture(launchWithDelay);
      const { asSafe, at, badge, manager, member, other, safe } = dao;
      const call = await badge.requestRecovery.populateTransaction(member, other);
      await expect(asSafe(call))
        .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
        .withArgs(await manager.hashOperation(safe.address, at.badge, call.data));
      await asSafe(await manager.schedule.populateTransaction(at.badge, call.data, 0));
      await networkHelpers.time.increase(STEWARD_DELAY);
      await expect(asSafe(call)).to.emit(badge, "RecoveryRequested");
    });

    it("needs two accounts, of which the old one has or had something", async function () {
      const { asSafe, badge, member, other } = dao;
      for (const [from, to] of [
        [member.address, ZeroAddress],
        [ZeroAddress, member.address],
        [member.address, member.address],
        [other.address, member.address],
      ] as const) {
        await expect(asSafe(await badge.requestRecovery.populateTransaction(from, to)))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRecovery")
          .withArgs(from, to);
      }
      expect((await badge.recoveries()).requested).to.equal(0);
    });

    it("is for accounts that take part in no other", async function () {
      const { badge, member, other, stranger } = dao;
      await award(dao, KIND.BUG, other);
      await award(dao, KIND.BUG, stranger);
      await request(dao, member, other);
      for (const [from, to, busy] of [
        [member, stranger, member],
        [other, stranger, other],
        [stranger, other, other],
        [stranger, member, member],
        [other, member, other],
        [member, other, member],
      ] as const) {
        await expect(request(dao, from, to))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
          .withArgs(busy);
      }
    });

    it("is for accounts that took part in no other in this season, on either side", async function () {
      const { badge, member, other, stranger } = dao;
      await award(dao, KIND.BUG, stranger);
      await recoverAll(dao, member, other, [1n]);
      for (const [from, to, busy] of [
        [other, dao.holders[0], other],
        [member, dao.holders[0], member],
        [stranger, member, member],
        [stranger, other, other],
      ] as const) {
        await expect(request(dao, from, to))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
          .withArgs(busy);
      }
      await enterSeason(dao, 2n);
      await request(dao, other, member);
      const { oldAccount, newAccount, requestedIn, movedIn, id } = await badge.recoveryOf(member);
      expect([oldAccount, newAccount]).to.deep.equal([other.address, member.address]);
      expect([requestedIn, movedIn, id]).to.deep.equal([2n, 0n, 2n]);
    });

    it("is limited, in a season, to as many as the DAO says, those that were canceled included", async function () {
      const { asSafe, badge, member, other, stranger } = dao;
      await award(dao, KIND.BUG, stranger);
      await award(dao, KIND.BUG, other);
      expect(await badge.recoveries()).to.deep.equal([0n, 2n]);
      await request(dao, member, other);
      await asSafe(await badge.cancelRecovery.populateTransaction(member));
      await request(dao, member, other);
      expect(await badge.recoveries()).to.deep.equal([2n, 2n]);
      await expect(request(dao, stranger, dao.holders[0]))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveriesLimited")
        .withArgs(2);
      await enterSeason(dao, 2n);
      expect(await badge.recoveries()).to.deep.equal([0n, 2n]);
      await request(dao, stranger, dao.holders[0]);
      // The other one is over by itself meanwhile.
      expect(await phaseOf(dao, member)).to.equal("over");
    });

    it("is not limited by those that were refused, each in the season in which it was requested", async function () {
      const { badge, member, other, stranger, holders } = dao;
      await award(dao, KIND.BUG, stranger);
      const { end } = await badge.seasonBounds(1);
      await travelTo(end - DAY);
      await request(dao, member, other);
      await enterSeason(dao, 2n);
      await request(dao, stranger, holders[0]);
      await refuse(dao, member);
      expect(await badge.recoveries()).to.deep.equal([1n, 2n]);
      await refuse(dao, stranger);
      expect(await badge.recoveries()).to.deep.equal([0n, 2n]);
      await request(dao, member, other);
      await request(dao, stranger, holders[0]);
      await refuse(dao, holders[0]);
      expect(await badge.recoveries()).to.deep.equal([1n, 2n]);
    });
  });

  describe("cancelRecovery", function () {
    it("ends it, by a steward", async function () {
      const { asSafe, badge, member, other } = dao;
      await request(dao, member, other);
      await expect(asSafe(await badge.cancelRecovery.populateTransaction(member)))
        .to.emit(badge, "RecoveryCanceled")
        .withArgs(member, other);
      for (const account of [member, other]) expect(await phaseOf(dao, account)).to.equal("over");
      await request(dao, member, dao.stranger);
    });

    it("needs no schedule where a steward has an execution delay", async function () {
      dao = await networkHelpers.loadFixture(launchWithDelay);
      const { asSafe, at, badge, manager, member, other } = dao;
      const call = await badge.requestRecovery.populateTransaction(member, other);
      await asSafe(await manager.schedule.populateTransaction(at.badge, call.data, 0));
      await networkHelpers.time.increase(STEWARD_DELAY);
      await asSafe(call);
      await expect(asSafe(await badge.cancelRecovery.populateTransaction(member)))
        .to.emit(badge, "RecoveryCanceled")
        .withArgs(member, other);
    });

    it("comes in time where a proposal is made within three days, however late its quorum is reached", async function () {
      const { badge, governor, member, other, connection } = dao;
      await request(dao, member, other);
      const { eta } = await badge.recoveryOf(member);
      await travelTo((await now(connection)) + 3n * DAY - 2n * HOUR);
      const proposal = enactLater(dao, [await badge.cancelRecovery.populateTransaction(member)]);
      await proposal;
      const extension = await governor.lateQuorumVoteExtension();
      expect((await now(connection)) + extension + HOUR).to.be.at.most(eta);
      await expect(governor.execute(...proposal.args))
        .to.emit(badge, "RecoveryCanceled")
        .withArgs(member, other);
      await travelTo(eta);
      await expect(badge.recover(member, [1])).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNoRecovery",
      );
    });

    it("is for stewards, and for what isn't carried out yet", async function () {
      const { asSafe, badge, member, other, stranger } = dao;
      await expect(asSafe(await badge.cancelRecovery.populateTransaction(member)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(member);
      await award(dao, KIND.BUG, member);
      await request(dao, member, other);
      for (const caller of [stranger, member, other]) {
        await expect(badge.connect(caller).cancelRecovery(member))
          .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
          .withArgs(caller, ROLE.STEWARD);
      }
      await expect(asSafe(await badge.cancelRecovery.populateTransaction(other)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(other);
    });

    it("also ends one that has begun: what was moved stays", async function () {
      const { asSafe, badge, member, other } = dao;
      await award(dao, KIND.BUG, member);
      await request(dao, member, other);
      await travelTo((await badge.recoveryOf(member)).eta);
      await badge.recover(member, [2]);
      await expect(asSafe(await badge.cancelRecovery.populateTransaction(member)))
        .to.emit(badge, "RecoveryCanceled")
        .withArgs(member, other);
      await expect(badge.recover(member, [1]))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(member);
      expect(await badge.ownerOf(1)).to.equal(member);
      expect(await badge.ownerOf(2)).to.equal(other);
      for (const account of [member, other]) {
        expect(await phaseOf(dao, account)).to.equal("over");
        await expect(request(dao, account, dao.stranger)).to.be.revertedWithCustomError(
          badge,
          "ContributionBadgeRecoveryBusy",
        );
      }
    });
  });

  describe("setLimits", function () {
    it("is for a passed proposal only, and holds at once", async function () {
      const { asSafe, badge, governor, member, other, safe } = dao;
      const call = await badge.setLimits.populateTransaction(500, 7, 0);
      await expect(asSafe(call))
        .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
        .withArgs(safe.address);
      const proposal = enactLater(dao, [call]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.emit(badge, "LimitsSet")
        .withArgs(500, 7, 0);
      expect(await badge.seasonPointsLimit()).to.equal(500);
      expect(await badge.recoveries()).to.deep.equal([0n, 0n]);
      expect(await badge.referralsOf(member)).to.deep.equal([0n, 7n]);
      await expect(request(dao, member, other))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveriesLimited")
        .withArgs(0);
    });
  });
});
