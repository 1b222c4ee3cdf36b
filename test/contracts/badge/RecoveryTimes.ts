import { expect } from "chai";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  phaseOf,
  recoverAll,
  refuse,
  request,
  TIME_TO_MOVE,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

async function launchWithMember(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  await award(dao, KIND.BUG, dao.member);
  return dao;
}

describe("Recoveries, and their time", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMember);
  });

  /** The next transaction is in this second. */
  const at = (time: bigint) => networkHelpers.time.setNextBlockTimestamp(time);

  it("is 30 days from the eta, to the second: until then badges move", async function () {
    const { badge, member, other } = dao;
    await award(dao, KIND.BUG, member);
    await award(dao, KIND.BUG, member);
    await request(dao, member, other);
    const { eta, end } = await badge.recoveryOf(member);
    expect(end).to.equal(eta + TIME_TO_MOVE);
    await travelTo(eta);
    await expect(badge.recover(member, [3]))
      .to.emit(badge, "RecoveryBegun")
      .withArgs(member, other);
    await at(end - 1n);
    await badge.recover(member, [2]);
    await at(end);
    await expect(badge.recover(member, [1]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    expect(await badge.ownerOf(1)).to.equal(member);
    expect(await badge.ownerOf(2)).to.equal(other);
  });

  it("is over by itself where it was never begun, to the second: both accounts are free", async function () {
    const { asSafe, badge, member, other, stranger } = dao;
    await request(dao, member, other);
    const { end } = await badge.recoveryOf(member);
    const again = await badge.requestRecovery.populateTransaction(member, stranger);
    await at(end - 1n);
    await expect(asSafe(again))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(member);
    await at(end);
    await expect(asSafe(again)).to.emit(badge, "RecoveryRequested");
    expect(await phaseOf(dao, other)).to.equal("over");
    expect(await phaseOf(dao, member)).to.equal("requested");
  });

  it("is over by itself where it was begun; another one can be requested from the next season on", async function () {
    const { badge, member, other } = dao;
    await award(dao, KIND.BUG, member);
    await request(dao, member, other);
    const { eta, end } = await badge.recoveryOf(member);
    await travelTo(eta);
    await badge.recover(member, [2]);
    await travelTo(end);
    expect(await badge.currentSeason()).to.equal(1);
    await expect(request(dao, member, other))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(member);
    await enterSeason(dao, 2n);
    await recoverAll(dao, member, other, [1n]);
    expect(await badge.balanceOf(other)).to.equal(2);
  });

  it("leaves nothing to refuse or to cancel, once it is over", async function () {
    const { asSafe, badge, member, other } = dao;
    await request(dao, member, other);
    const { end } = await badge.recoveryOf(member);
    for (const [account, second] of [
      [member, end],
      [other, end + 1n],
    ] as const) {
      await at(second);
      await expect(refuse(dao, account))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(account);
    }
    await expect(asSafe(await badge.cancelRecovery.populateTransaction(member)))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    // It was asked for, and nobody refused it.
    expect(await badge.recoveries()).to.deep.equal([1n, 2n]);
  });
});
