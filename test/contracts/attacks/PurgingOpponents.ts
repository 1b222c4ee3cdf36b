import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { Proposal } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

async function launchWithOpponent(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { asSafe, badge, member } = dao;
  await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, member, ZeroHash));
  return dao;
}

describe("Attack: the steward takes its opponents' votes before a snapshot", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithOpponent);
    const { governor, holders, stranger } = dao;
    await new Proposal(governor, [{ to: stranger.address, data: "0x" }]).propose(holders[0]);
  });

  afterEach(async function () {
    const { token, member, connection } = dao;
    const snapshot = await now(connection);
    await networkHelpers.mine();
    expect(await token.getPastVotes(member, snapshot)).to.equal(tokens(1_000));
  });

  it("can't by revoking the badge, whichever way", async function () {
    const { asSafe, badge, safe } = dao;
    await expect(
      asSafe(await badge.revoke.populateTransaction(1, "an opponent")),
    ).to.be.revertedWithCustomError(badge, "ContributionBadgeVotingKind");
    await expect(asSafe(await badge.revokeVoting.populateTransaction(1, "an opponent")))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
  });

  it("can't by taking the votes from the token, or by renouncing in the opponent's name", async function () {
    const { asSafe, badge, token, member, stranger, safe } = dao;
    await expect(asSafe(await token.moveContributionVotes.populateTransaction(member, stranger, 1)))
      .to.be.revertedWithCustomError(token, "RoleRestrictedUnauthorized")
      .withArgs(safe.address, 6);
    await expect(asSafe(await badge.renounce.populateTransaction(1)))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotHolder")
      .withArgs(1, safe.address);
  });

  it("can't by closing the kind or halting awards, which leave badges as they are", async function () {
    const { asSafe, badge, handover, owners } = dao;
    await handover.connect(owners[0]).haltAwards();
    await expect(
      asSafe(await badge.closeVotingKind.populateTransaction(KIND.AMBASSADOR)),
    ).to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized");
  });
});

describe("Attack: the issuer outvotes the holders with badges for its friends", function () {
  it("fails at the bucket, and in the long run at the share of what circulates", async function () {
    const { asSafe, badge, token, stranger, config } = await networkHelpers.loadFixture(launchDAO);
    const friends = Array<string>(60).fill(stranger.address);
    const hashes = friends.map(() => ZeroHash);
    for (let week = 0; week < 14; week++) {
      await asSafe(await badge.awardBatch.populateTransaction(KIND.AMBASSADOR, friends, hashes, ""));
      const granted = await token.totalContributionVotes();
      expect(granted).to.be.at.most(tokens(10_000) * BigInt(week + 1));
      expect(granted).to.be.at.most(tokens(120_000));
      await networkHelpers.time.increase(config.token.contributionLimit.window);
    }
    expect(await token.contributionVotes(stranger)).to.equal(tokens(120_000));
  });
});
