import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { enactLater } from "../../helpers/proposal.js";
import { award, openClaims, recoverAll, phaseOf, requestAndWait } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const BUG = 1n;
const AMBASSADOR = 2n;

/** `member` has badge 1 without votes and badge 2 with votes, undeservedly; `stranger` has one of each too. */
async function launchWithBadges(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  for (const account of [dao.member, dao.stranger]) {
    await award(dao, KIND.BUG, account);
    await award(dao, KIND.AMBASSADOR, account);
  }
  return dao;
}

describe("Attack: a member has its badges moved to another account before they are revoked", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBadges);
  });

  const revoke = async (id: bigint) =>
    dao.asSafe(await dao.badge.revoke.populateTransaction(id, "not a defect"));

  it("gains nothing: a badge is revoked by its number, whoever has it", async function () {
    const { badge, member, other, safe } = dao;
    await recoverAll(dao, member, other, [BUG, AMBASSADOR]);
    const transaction = await revoke(BUG);
    await expect(transaction)
      .to.emit(badge, "BadgeRevoked")
      .withArgs(BUG, other, safe.address, "not a defect");
    await expect(transaction).to.emit(badge, "Transfer").withArgs(other, ZeroAddress, BUG);
    expect(await badge.memberOf(other)).to.deep.equal([1n, 50n, 1n, 50n, 0n, 0n]);
    expect(await badge.memberOf(member)).to.deep.equal([0n, 0n, 1n, 0n, 0n, 0n]);
  });

  it("gains nothing by a recovery between the proposal to revoke and its execution", async function () {
    const { badge, token, governor, member, other, at } = dao;
    await requestAndWait(dao, member, other);
    const proposal = enactLater(dao, [await badge.revokeVoting.populateTransaction(AMBASSADOR, "bought")]);
    await proposal;
    await badge.recover(member, [AMBASSADOR]);
    expect(await token.contributionVotes(other)).to.equal(tokens(1_000));
    const execution = governor.execute(...proposal.args);
    await expect(execution).to.emit(badge, "BadgeRevoked").withArgs(AMBASSADOR, other, at.timelock, "bought");
    await expect(execution)
      .to.emit(token, "ContributionVotesMoved")
      .withArgs(other, ZeroAddress, tokens(1_000));
    expect(await token.contributionVotes(other)).to.equal(0);
    expect(await token.contributionVotes(member)).to.equal(0);
    expect(await token.totalContributionVotes()).to.equal(tokens(1_000));
  });

  it("can't have it moved before it is revoked, while the recovery is only announced", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await revoke(BUG);
    await expect(badge.recover(member, [BUG, AMBASSADOR]))
      .to.be.revertedWithCustomError(badge, "ERC721NonexistentToken")
      .withArgs(BUG);
    await badge.recover(member, [AMBASSADOR]);
    expect(await phaseOf(dao, member)).to.equal("over");
    expect(await badge.balanceOf(other)).to.equal(1);
  });

  it("can't hide a badge between two steps", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await badge.recover(member, [BUG]);
    await revoke(BUG);
    expect(await badge.pointsOf(other)).to.equal(0);
    expect(await badge.pointsOf(member)).to.equal(50);
    await badge.recover(member, [AMBASSADOR]);
    expect(await badge.memberOf(other)).to.deep.equal([1n, 50n, 1n, 50n, 0n, 0n]);
  });

  it("ends the recovery where the last badge is revoked, with a step that moves nothing", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await badge.recover(member, [AMBASSADOR]);
    await revoke(BUG);
    expect(await phaseOf(dao, member)).to.equal("moving");
    await expect(badge.recover(member, [])).to.emit(badge, "RecoveryCompleted").withArgs(member, other);
  });

  it("can be renounced on either side, by who has it then, and by nobody else", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await badge.recover(member, [BUG]);
    await expect(badge.connect(member).renounce(BUG))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotHolder")
      .withArgs(BUG, member);
    await expect(badge.connect(other).renounce(AMBASSADOR))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotHolder")
      .withArgs(AMBASSADOR, other);
    await badge.connect(other).renounce(BUG);
    await badge.connect(member).renounce(AMBASSADOR);
    await badge.recover(member, []);
    expect(await badge.totalPoints()).to.equal(60);
    expect(await badge.totalSeasonPoints(1)).to.equal(120);
    expect(await badge.takenSeasonPoints(1)).to.equal(60);
  });

  it("doesn't raise the others' shares by being revoked late, and isn't paid itself", async function () {
    const { badge, rewards, token, holders, member, other, stranger } = dao;
    await token.connect(holders[0]).approve(rewards, tokens(120));
    await rewards.connect(holders[0]).fund(1, token, tokens(120));
    await openClaims(dao, 1n);
    await recoverAll(dao, member, other, [BUG, AMBASSADOR]);
    await revoke(BUG);
    expect(await badge.totalSeasonPoints(1)).to.equal(120);
    expect(await rewards.claimable(1, token, stranger)).to.equal(tokens(60));
    expect(await rewards.claimable(1, token, other)).to.equal(tokens(50));
    expect(await rewards.claimable(1, token, member)).to.equal(0);
  });
});
