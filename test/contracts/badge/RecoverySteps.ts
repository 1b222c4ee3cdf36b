import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import {
  award,
  enterSeason,
  movedPoints,
  openClaims,
  phaseOf,
  recoverAll,
  refuse,
  request,
  requestAndWait,
  requestLate,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

/** `member` has the badges 1 to 3, `stranger` has 4. */
async function launchWithBadges(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  await award(dao, KIND.BUG, dao.member);
  await award(dao, KIND.AMBASSADOR, dao.member);
  await award(dao, KIND.RECIPE, dao.member);
  await award(dao, KIND.BUG, dao.stranger);
  return dao;
}

describe("Recoveries, carried out", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBadges);
  });

  /** Of both accounts, whose last recovery is the same one. */
  async function expectPhase(phase: "requested" | "moving" | "over", movedIn: bigint): Promise<void> {
    const { badge, member, other } = dao;
    const recovery = await badge.recoveryOf(member);
    expect(await badge.recoveryOf(other)).to.deep.equal(recovery);
    expect([recovery.oldAccount, recovery.newAccount]).to.deep.equal([member.address, other.address]);
    expect(recovery.movedIn).to.equal(movedIn);
    expect(await phaseOf(dao, member)).to.equal(phase);
  }

  it("can't be before the time has come, to the second", async function () {
    const { badge, member, other } = dao;
    await request(dao, member, other);
    const { eta } = await badge.recoveryOf(member);
    await networkHelpers.time.setNextBlockTimestamp(eta - 1n);
    await expect(badge.recover(member, [1, 2, 3]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryTooEarly")
      .withArgs(eta);
    await expectPhase("requested", 0n);
    await networkHelpers.time.increaseTo(eta - 1n);
    await networkHelpers.time.setNextBlockTimestamp(eta);
    await badge.recover(member, [1, 2, 3]);
    await expectPhase("over", 1n);
    expect((await badge.recoveryOf(member)).end).to.equal(eta);
  });

  it("move all that there is, by anybody, and say so", async function () {
    const { badge, member, other, stranger } = dao;
    await requestAndWait(dao, member, other);
    const transaction = await badge.connect(stranger).recover(member, [1, 2, 3]);
    await expect(transaction).to.emit(badge, "BadgesRecovered").withArgs(member, other, [1, 2, 3]);
    await expect(transaction).to.emit(badge, "RecoveryCompleted").withArgs(member, other);
    for (const id of [1, 2, 3]) {
      await expect(transaction).to.emit(badge, "Transfer").withArgs(member, other, id);
      expect(await badge.ownerOf(id)).to.equal(other);
      expect((await badge.badgeOf(id)).account).to.equal(other);
    }
    expect(await badge.balanceOf(member)).to.equal(0);
    expect(await badge.balanceOf(other)).to.equal(3);
    expect(await badge.ownerOf(4)).to.equal(stranger);
    await expectPhase("over", 1n);
  });

  it("leave a badge as it was but for its holder", async function () {
    const { badge, member, other } = dao;
    const before = await badge.badgeOf(2);
    await enterSeason(dao, 2n);
    await recoverAll(dao, member, other, [2n]);
    const after = await badge.badgeOf(2);
    for (const field of ["kind", "awardedAt", "season", "points", "votes"] as const) {
      expect(after[field]).to.equal(before[field]);
    }
    expect(after.season).to.equal(1);
    expect(after.account).to.equal(other);
  });

  it("take as many steps as there are, in any order", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    const first = await badge.recover(member, [3]);
    await expect(first).to.emit(badge, "RecoveryBegun").withArgs(member, other);
    await expect(first).not.to.emit(badge, "RecoveryCompleted");
    await expectPhase("moving", 1n);
    expect(await badge.balanceOf(member)).to.equal(2);
    const last = await badge.recover(member, [2, 1]);
    await expect(last).not.to.emit(badge, "RecoveryBegun");
    await expect(last).to.emit(badge, "RecoveryCompleted").withArgs(member, other);
    await expectPhase("over", 1n);
    await expect(badge.recover(member, []))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
  });

  it("are of the old account's badges only, each once", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await expect(badge.recover(member, [1, 4]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotRecoverable")
      .withArgs(4, member);
    await expect(badge.recover(member, [1, 2, 1]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotRecoverable")
      .withArgs(1, member);
    await expect(badge.recover(member, [1, 5]))
      .to.be.revertedWithCustomError(badge, "ERC721NonexistentToken")
      .withArgs(5);
    await expectPhase("requested", 0n);
    expect(await badge.balanceOf(member)).to.equal(3);
  });

  it("move something, or aren't taken: nobody begins one only to end the time to refuse", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    const refused = async () => {
      await expect(badge.recover(member, []))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNothingToRecover")
        .withArgs(member);
    };
    await refused();
    await expectPhase("requested", 0n);
    await badge.recover(member, [1]);
    await refused();
  });

  it("are there only after a request", async function () {
    const { badge, member, other, stranger } = dao;
    await requestAndWait(dao, member, other);
    for (const account of [other, stranger]) {
      await expect(badge.recover(account, [4]))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(account);
    }
  });

  it("end at once for a member who has no badge left", async function () {
    const { badge, member, other } = dao;
    for (const id of [1, 2, 3]) await badge.connect(member).renounce(id);
    await requestAndWait(dao, member, other);
    const transaction = badge.recover(member, []);
    await expect(transaction).to.emit(badge, "RecoveryCompleted").withArgs(member, other);
    await expect(transaction).not.to.emit(badge, "BadgesRecovered");
    await expectPhase("over", 1n);
  });

  it("also move what the old account is awarded meanwhile", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await award(dao, KIND.BUG, member); // 5
    await badge.recover(member, [1, 2, 3]);
    await expectPhase("moving", 1n);
    await award(dao, KIND.BUG, member); // 6
    await badge.recover(member, [5]);
    await expectPhase("moving", 1n);
    await badge.recover(member, [6]);
    await expectPhase("over", 1n);
    expect(await badge.balanceOf(other)).to.equal(5);
  });

  it("leave to the old account what it is awarded afterwards; it can be recovered in the next season", async function () {
    const { badge, member, other } = dao;
    await recoverAll(dao, member, other, [1n, 2n, 3n]);
    await award(dao, KIND.BUG, member); // 5
    expect(await badge.ownerOf(5)).to.equal(member);
    expect((await badge.memberOf(member)).points).to.equal(10);
    await expect(badge.recover(member, [5]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    await enterSeason(dao, 2n);
    await recoverAll(dao, member, other, [5n]);
    expect(await badge.balanceOf(other)).to.equal(4);
  });

  it("keep both accounts busy until the season after the last step", async function () {
    const { badge, member, other } = dao;
    await requestLate(dao, member, other);
    await badge.recover(member, [1]);
    await enterSeason(dao, 2n);
    await expect(request(dao, member, dao.stranger))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(member);
    await badge.recover(member, [2, 3]);
    const { requestedIn, movedIn } = await badge.recoveryOf(other);
    expect([requestedIn, movedIn]).to.deep.equal([1n, 2n]);
    await expect(request(dao, other, dao.stranger))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(other);
    await enterSeason(dao, 3n);
    await request(dao, other, dao.stranger);
  });

  it("count, for the new account, the points of the season before that were moved in this one", async function () {
    const { badge, member, other } = dao;
    await requestLate(dao, member, other);
    await badge.recover(member, [1]);
    await openClaims(dao, 1n);
    expect(await movedPoints(dao, other, 1n)).to.equal(0);
    await award(dao, KIND.BUG, member); // 5, of season 2
    await badge.recover(member, [2, 5]);
    expect(await movedPoints(dao, other, 1n)).to.equal(50);
    await badge.recover(member, [3]);
    const { predecessor, predecessorPoints, leaving, left } = await badge.rewardStanding(1, other);
    expect([predecessor, predecessorPoints, leaving, left]).to.deep.equal([
      member.address,
      70n,
      false,
      false,
    ]);
    const ofOld = await badge.rewardStanding(1, member);
    expect([ofOld.predecessor, ofOld.predecessorPoints, ofOld.left]).to.deep.equal([ZeroAddress, 0n, true]);
    await openClaims(dao, 2n);
    expect(await movedPoints(dao, other, 2n)).to.equal(0);
    expect((await badge.rewardStanding(2, member)).left).to.equal(false);
  });

  it("count no older season, and a badge of one can be taken again later, whoever is in another recovery then", async function () {
    const { asSafe, badge, member, other, stranger } = dao;
    await enterSeason(dao, 2n);
    await award(dao, KIND.BUG, member); // 5
    await openClaims(dao, 2n);
    await recoverAll(dao, member, other, [1n, 2n, 3n, 5n]);
    expect(await movedPoints(dao, other, 2n)).to.equal(10);
    await asSafe(await badge.revoke.populateTransaction(1, "a mistake"));
    expect(await movedPoints(dao, other, 2n)).to.equal(10);
    await enterSeason(dao, 4n);
    await request(dao, other, stranger);
    const before = await badge.recoveryOf(other);
    for (const id of [3, 5]) await asSafe(await badge.revoke.populateTransaction(id, "a mistake"));
    expect(await badge.recoveryOf(other)).to.deep.equal(before);
    expect(await badge.memberOf(other)).to.deep.equal([1n, 50n, 2n, 0n, 1n, 50n]);
  });

  it("stop with awards, while a recovery can be refused and canceled", async function () {
    const { asSafe, badge, handover, member, other, owners, stranger } = dao;
    await request(dao, stranger, dao.holders[0]);
    await requestAndWait(dao, member, other);
    await badge.recover(member, [1]);
    await handover.connect(owners[0]).haltAwards();
    await expect(badge.recover(member, [2, 3])).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeHalted",
    );
    await refuse(dao, stranger);
    await asSafe(await badge.resume.populateTransaction());
    await badge.recover(member, [2, 3]);
    await expectPhase("over", 1n);
  });
});
