import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, DAY, now, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { award, recoverAll } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const VOTES = tokens(1_000);
const WINDOW = 7n * DAY;

/** Badge 1 of `other` has used the bucket up; the badges 2 and 3 of `member` came without their votes, 4 is of a kind without. */
async function launchWithheld(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection, {
    token: { contributionLimit: { amount: VOTES, window: WINDOW } },
  });
  const { member, other } = dao;
  for (const account of [other, member, member]) await award(dao, KIND.AMBASSADOR, account);
  await award(dao, KIND.BUG, member);
  return dao;
}

describe("Votes that were withheld", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithheld);
  });

  const refill = async () => travelTo((await now(dao.connection)) + WINDOW);
  const votesOf = async (account: Signer) => dao.token.contributionVotes(account);

  async function expectNothing(ids: bigint[]): Promise<void> {
    const { badge, stranger } = dao;
    await expect(badge.connect(stranger).grantVotes(ids)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeNoVotesGranted",
    );
  }

  it("are given later by anyone, and change the card and nothing else", async function () {
    const { badge, member, stranger, token } = dao;
    await refill();
    const before = await badge.memberOf(member);
    const transaction = badge.connect(stranger).grantVotes([2n]);
    await expect(transaction).to.emit(badge, "VotesGranted").withArgs(2, member, VOTES);
    await expect(transaction).to.emit(badge, "MetadataUpdate").withArgs(2);
    await expect(transaction).not.to.emit(badge, "Transfer");
    expect((await badge.badgeOf(2)).votes).to.equal(VOTES);
    expect((await badge.badgeOf(3)).votes).to.equal(0);
    expect(await badge.memberOf(member)).to.deep.equal(before);
    expect(await votesOf(member)).to.equal(VOTES);
    expect(await token.totalContributionVotes()).to.equal(2n * VOTES);
  });

  it("are given once", async function () {
    const { badge, member } = dao;
    await refill();
    await badge.grantVotes([2n]);
    await refill();
    await expectNothing([2n]);
    await badge.grantVotes([2n, 3n, 3n]);
    expect(await votesOf(member)).to.equal(2n * VOTES);
    await refill();
    await expectNothing([2n, 3n]);
  });

  it("stay within the bucket, one badge after the other", async function () {
    const { badge, member } = dao;
    await refill();
    await badge.grantVotes([3n, 2n]);
    expect((await badge.badgeOf(3)).votes).to.equal(VOTES);
    expect((await badge.badgeOf(2)).votes).to.equal(0);
    expect(await votesOf(member)).to.equal(VOTES);
    await expectNothing([2n]);
  });

  it("come to badges further on in a batch that fit, though one before them doesn't", async function () {
    const { badge, member, other } = dao;
    const small = kindConfig({ name: "Tasting", votes: VOTES / 4n });
    await enact(dao, [await badge.addVotingKind.populateTransaction(small)]);
    await refill();
    await award(dao, KIND.AMBASSADOR, other); // 5, which uses the bucket up
    await award(dao, await badge.kindCount(), member); // 6
    expect((await badge.badgeOf(6)).votes).to.equal(0);
    await travelTo((await now(dao.connection)) + WINDOW / 2n);
    await badge.grantVotes([2n, 6n]);
    expect((await badge.badgeOf(2)).votes).to.equal(0);
    expect((await badge.badgeOf(6)).votes).to.equal(VOTES / 4n);
    expect(await votesOf(member)).to.equal(VOTES / 4n);
  });

  it("ask the token for nothing where there is nothing to give", async function () {
    const { badge, member, token } = dao;
    await badge.connect(member).renounce(3);
    await refill();
    const receipt = await (await badge.grantVotes([1n, 3n, 4n, 5n, 2n])).wait();
    const moved = await token.queryFilter(
      token.filters.ContributionVotesMoved(),
      receipt?.blockNumber,
      receipt?.blockNumber,
    );
    expect(moved.map(({ args }) => [...args])).to.deep.equal([[ZeroAddress, member.address, VOTES]]);
  });

  it("stay within the share", async function () {
    const { badge, token } = dao;
    const limit = { amount: tokens(10_000), window: WINDOW };
    // 0.16 % of 600,000 are 960 votes, less than the 1,000 that are out.
    await enact(dao, [await token.setContributionLimit.populateTransaction(16, limit)]);
    await refill();
    await expectNothing([2n, 3n]);
    // 0.34 % are 2,040.
    await enact(dao, [await token.setContributionLimit.populateTransaction(34, limit)], "# More");
    await badge.grantVotes([2n, 3n]);
    expect(await token.totalContributionVotes()).to.equal(2n * VOTES);
    await expectNothing([3n]);
  });

  it("are none for badges that have theirs, of kinds without, that never were, or for no badge", async function () {
    await refill();
    for (const ids of [[1n], [4n], [0n], [5n], [2n ** 256n - 1n], [1n, 4n, 5n], []]) await expectNothing(ids);
  });

  it("are none for a badge that was given up or revoked, also in a batch", async function () {
    const { badge, member, token } = dao;
    await badge.connect(member).renounce(2);
    await enact(dao, [await badge.revokeVoting.populateTransaction(3, "bought followers")]);
    await refill();
    await expectNothing([2n, 3n]);
    await award(dao, KIND.BUG, member);
    expect(await token.totalContributionVotes()).to.equal(VOTES);
  });

  it("go when the badge goes, exactly", async function () {
    const { badge, member, token } = dao;
    await refill();
    await badge.grantVotes([2n]);
    await badge.connect(member).renounce(3);
    expect(await votesOf(member)).to.equal(VOTES);
    await enact(dao, [await badge.revokeVoting.populateTransaction(2, "bought followers")]);
    expect(await votesOf(member)).to.equal(0);
    expect(await token.totalContributionVotes()).to.equal(VOTES);
  });

  it("are whoever's the badge is: a recovery takes along what was given, and what can be", async function () {
    const { badge, launcher, member, token } = dao;
    await refill();
    await badge.grantVotes([2n]);
    await recoverAll(dao, member, launcher, [2n, 3n]);
    expect(await votesOf(launcher)).to.equal(VOTES);
    await refill();
    await expect(badge.grantVotes([3n]))
      .to.emit(badge, "VotesGranted")
      .withArgs(3, launcher, VOTES);
    expect(await votesOf(launcher)).to.equal(2n * VOTES);
    expect(await votesOf(member)).to.equal(0);
    await badge.connect(launcher).renounce(3);
    expect(await votesOf(launcher)).to.equal(VOTES);
    expect(await token.totalContributionVotes()).to.equal(2n * VOTES);
  });

  it("are given for a kind that was closed since: the badge was earned before", async function () {
    const { badge, member } = dao;
    await enact(dao, [await badge.closeVotingKind.populateTransaction(KIND.AMBASSADOR)]);
    await refill();
    await badge.grantVotes([2n]);
    expect(await votesOf(member)).to.equal(VOTES);
  });

  it("aren't given while awards are halted", async function () {
    const { asSafe, badge, handover, owners } = dao;
    await refill();
    await handover.connect(owners[0]).haltAwards();
    await expect(badge.grantVotes([2n])).to.be.revertedWithCustomError(badge, "ContributionBadgeHalted");
    await asSafe(await badge.resume.populateTransaction());
    await badge.grantVotes([2n]);
  });

  it("are on the card as withheld, until they are given", async function () {
    const { badge } = dao;
    const attributes = async (id: bigint) => {
      const [, json = ""] = (await badge.tokenURI(id)).split("base64,");
      return Buffer.from(json, "base64").toString();
    };
    expect(await badge.card(2))
      .to.include("votes withheld")
      .and.to.include(">1,000<");
    expect(await attributes(2n)).to.include('"Votes withheld","display_type":"number","value":1000');
    await refill();
    await badge.grantVotes([2n]);
    expect(await badge.card(2)).not.to.include("withheld");
    expect(await attributes(2n)).not.to.include("withheld");
  });

  it("can be delegated before they are there, and are the delegate's then", async function () {
    const { badge, holders, member, token } = dao;
    await token.connect(member).delegate(holders[2]);
    await refill();
    await expect(badge.grantVotes([2n]))
      .to.emit(token, "DelegateVotesChanged")
      .withArgs(holders[2], tokens(100_000), tokens(100_000) + VOTES);
    expect(await token.getVotes(member)).to.equal(0);
  });
});
