import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { enact, Proposal } from "../../helpers/proposal.js";
import { award, joinWith, recoverAll } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const VOTES = tokens(1_000);

/** `member`, who delegates to alice, has the votes of the badges 1 and 2; `other` delegates to bob. */
async function launchWithVotes(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { holders, member, other, token } = dao;
  await token.connect(member).delegate(holders[0]);
  await token.connect(other).delegate(holders[1]);
  await award(dao, KIND.AMBASSADOR, member);
  await award(dao, KIND.AMBASSADOR, member);
  return dao;
}

describe("Votes for contributors, from the award to the end", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithVotes);
  });

  /** Of what is earned, in all and by those who vote with it: alice for the member, bob for the other. */
  async function expectVotes(ofAlice: bigint, ofBob: bigint): Promise<void> {
    const { holders, member, other, token } = dao;
    expect(await token.contributionVotes(member)).to.equal(ofAlice);
    expect(await token.contributionVotes(other)).to.equal(ofBob);
    expect(await token.totalContributionVotes()).to.equal(ofAlice + ofBob);
    expect(await token.getVotes(holders[0])).to.equal(tokens(300_000) + ofAlice);
    expect(await token.getVotes(holders[1])).to.equal(tokens(200_000) + ofBob);
    expect(await token.getVotes(member)).to.equal(0);
    expect(await token.getVotes(other)).to.equal(0);
  }

  it("are the delegate's, however they come and go", async function () {
    const { badge, member, other, holders, token } = dao;
    await expectVotes(2n * VOTES, 0n);
    await recoverAll(dao, member, other, [1n]);
    await expectVotes(VOTES, VOTES);
    await badge.connect(member).renounce(2);
    await expectVotes(0n, VOTES);
    await enact(dao, [await badge.revokeVoting.populateTransaction(1, "bought followers")]);
    await expectVotes(0n, 0n);
    await joinWith(dao, member, KIND.AMBASSADOR, 0n, null);
    await expectVotes(VOTES, 0n);
    await token.connect(member).delegate(ZeroAddress);
    expect(await token.getVotes(member)).to.equal(VOTES);
    expect(await token.getVotes(holders[0])).to.equal(tokens(300_000));
  });

  it("are what they were, at every moment that is past", async function () {
    const { badge, connection, member, other, holders, token } = dao;
    const known: { time: bigint; votes: bigint[] }[] = [];
    const accounts = [holders[0], holders[1], member, other];
    const remember = async () => {
      const votes = await Promise.all(accounts.map((account) => token.getVotes(account)));
      known.push({ time: await now(connection), votes });
      await networkHelpers.mine();
    };
    await remember();
    await recoverAll(dao, member, other, [1n]);
    await remember();
    await token.connect(other).delegate(member);
    await remember();
    await badge.connect(member).renounce(2);
    await enact(dao, [await badge.revokeVoting.populateTransaction(1, "bought followers")]);
    expect(await token.totalContributionVotes()).to.equal(0);
    for (const { time, votes } of known) {
      const past = await Promise.all(accounts.map((account) => token.getPastVotes(account, time)));
      expect(past).to.deep.equal(votes);
      expect(await token.getPastTotalSupply(time)).to.equal(tokens(4_600_000) + 2n * VOTES);
    }
  });

  it("count in a proposal as they were at its snapshot, whatever happens to the badge during the vote", async function () {
    const { badge, governor, member, other, stranger, token } = dao;
    await token.connect(member).delegate(ZeroAddress);
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
    await proposal.propose(dao.holders[2]).start();
    await badge.connect(member).renounce(1);
    await proposal.vote({ for: [member] });
    expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(2n * VOTES);
    await token.connect(other).delegate(ZeroAddress);
    await recoverAll(dao, member, other, [2n]);
    expect(await governor.getVotes(member, await governor.proposalSnapshot(proposal.id))).to.equal(
      2n * VOTES,
    );
  });

  it("can be taken by a passed proposal only", async function () {
    const { asSafe, badge, member, owners, safe } = dao;
    const reason = "an opponent";
    await expect(asSafe(await badge.revoke.populateTransaction(1, reason))).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeVotingKind",
    );
    await expect(asSafe(await badge.revokeVoting.populateTransaction(1, reason)))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
    await expect(badge.connect(owners[0]).revokeVoting(1, reason))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(owners[0]);
    expect(await badge.ownerOf(1)).to.equal(member);
    await expectVotes(2n * VOTES, 0n);
  });

  it("stay within their limit by whichever way they are granted, and what was withheld stays so", async function () {
    const { badge, member, other, stranger, token } = dao;
    for (let count = 0; count < 8; count++) await award(dao, KIND.AMBASSADOR, stranger);
    const transaction = await joinWith(dao, member, KIND.AMBASSADOR, 0n, null);
    await expect(transaction).to.emit(token, "ContributionVotesWithheld").withArgs(member, VOTES);
    expect((await badge.badgeOf(11)).votes).to.equal(0);
    expect(await token.totalContributionVotes()).to.equal(10n * VOTES);
    // The bucket refills; the badge keeps having none, wherever it goes.
    await networkHelpers.time.increase(7n * DAY);
    await recoverAll(dao, member, other, [1n, 2n, 11n]);
    expect(await token.contributionVotes(other)).to.equal(2n * VOTES);
    expect(await token.totalContributionVotes()).to.equal(10n * VOTES);
    await badge.connect(other).renounce(11);
    expect(await token.totalContributionVotes()).to.equal(10n * VOTES);
  });
});
