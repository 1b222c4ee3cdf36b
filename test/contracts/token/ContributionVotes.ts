import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, HOUR, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, type Overrides, ROLE } from "../../helpers/dao.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const VOTES = tokens(1_000);

/** A DAO whose `other` was given the roles to move contribution votes and to change their limit. */
async function withOfficer(connection: Connection, overrides?: Overrides) {
  const dao = await launchDAO(connection, overrides);
  const { manager, other } = dao;
  await enact(dao, [
    await manager.grantRole.populateTransaction(ROLE.VOTES_GRANTER, other, 0),
    await manager.grantRole.populateTransaction(ROLE.ADMIN, other, 0),
  ]);
  return { ...dao, token: dao.token.connect(other) };
}

const launchWithOfficer = (connection: Connection) => withOfficer(connection);

/** The share leaves room for 3,000 votes (0.5 % of 600,000), the bucket for much more. */
const launchWithSmallShare = (connection: Connection) =>
  withOfficer(connection, {
    token: { contributionShareBps: 50n, contributionLimit: { amount: tokens(50_000), window: 7n * DAY } },
  });

async function award({ asSafe, badge }: DAO, account: string) {
  return asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, account, ZeroHash));
}

describe("ContributionVotes", function () {
  let dao: DAO;

  describe("granting", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
    });

    it("gives votes and no tokens", async function () {
      const { token, member } = dao;
      await expect(award(dao, member.address))
        .to.emit(token, "ContributionVotesMoved")
        .withArgs(ZeroAddress, member, VOTES)
        .and.to.emit(token, "DelegateVotesChanged")
        .withArgs(member, 0, VOTES);
      expect(await token.contributionVotes(member)).to.equal(VOTES);
      expect(await token.totalContributionVotes()).to.equal(VOTES);
      expect(await token.getVotes(member)).to.equal(VOTES);
      expect(await token.balanceOf(member)).to.equal(0);
      expect(await token.totalSupply()).to.equal(tokens(4_600_000));
      await expect(token.connect(member).transfer(dao.stranger, 1))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(member, 0, 1);
    });

    it("is part of the total of votes, from which quorums are computed", async function () {
      const { connection, token, member } = dao;
      await award(dao, member.address);
      const after = await now(connection);
      await networkHelpers.mine();
      expect(await token.getPastTotalSupply(after)).to.equal(tokens(4_600_000) + VOTES);
      expect(await token.getPastTotalSupply(after - 1n)).to.equal(tokens(4_600_000));
    });

    it("is delegated together with the balance", async function () {
      const { token, holders, member } = dao;
      const [alice, bob] = holders;
      await token.connect(alice).transfer(member, tokens(7));
      await token.connect(member).delegate(bob);
      await award(dao, member.address);
      expect(await token.getVotes(member)).to.equal(0);
      expect(await token.getVotes(bob)).to.equal(tokens(200_007) + VOTES);
      await token.connect(member).delegate(ZeroAddress);
      expect(await token.getVotes(member)).to.equal(tokens(7) + VOTES);
    });

    it("lets the bucket through and no more, and says so", async function () {
      const { token, member, badge } = dao;
      for (let count = 0; count < 10; count++) await award(dao, member.address);
      await expect(award(dao, member.address))
        .to.emit(token, "ContributionVotesWithheld")
        .withArgs(member, VOTES)
        .and.not.to.emit(token, "ContributionVotesMoved");
      expect(await token.contributionVotes(member)).to.equal(10n * VOTES);
      expect((await badge.badgeOf(10)).votes).to.equal(VOTES);
      expect((await badge.badgeOf(11)).votes).to.equal(0);
      expect(await badge.balanceOf(member)).to.equal(11);
    });
  });

  describe("the share of the circulating supply", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithSmallShare);
    });

    it("can be reached and not passed", async function () {
      const { token, member } = dao;
      expect((await token.contributionLimit()).available).to.equal(3n * VOTES);
      for (let count = 0; count < 3; count++) await award(dao, member.address);
      expect((await token.contributionLimit()).available).to.equal(0);
      await expect(token.moveContributionVotes(ZeroAddress, member, 1))
        .to.emit(token, "ContributionVotesWithheld")
        .withArgs(member, 1);
      expect(await token.totalContributionVotes()).to.equal(3n * VOTES);
    });

    it("doesn't use up the bucket with what it withholds", async function () {
      const { token, member } = dao;
      await token.moveContributionVotes(ZeroAddress, member, 3n * VOTES + 1n);
      expect(await token.contributionVotes(member)).to.equal(0);
      expect((await token.contributionLimit()).available).to.equal(3n * VOTES);
    });

    it("shrinks with what goes to the treasury, and what was granted stays", async function () {
      const { token, holders, member, at } = dao;
      const [alice] = holders;
      await award(dao, member.address);
      await award(dao, member.address);
      await token.connect(alice).transfer(at.timelock, tokens(300_000));
      expect(await token.circulatingSupply()).to.equal(tokens(300_000));
      expect((await token.contributionLimit()).available).to.equal(0);
      await expect(award(dao, member.address)).to.emit(token, "ContributionVotesWithheld");
      expect(await token.contributionVotes(member)).to.equal(2n * VOTES);
    });

    it("of nothing is nothing, also where votes are delegated to the treasury", async function () {
      const { token, holders, member, at } = dao;
      await award(dao, member.address);
      await token.connect(member).delegate(at.timelock);
      for (const holder of holders) {
        await token.connect(holder).transfer(at.timelock, await token.balanceOf(holder));
      }
      expect(await token.getVotes(at.timelock)).to.equal(tokens(4_600_000) + VOTES);
      expect(await token.circulatingSupply()).to.equal(0);
      expect((await token.contributionLimit()).available).to.equal(0);
    });
  });

  describe("the bucket", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithOfficer);
    });

    it("refills evenly over its window", async function () {
      const { connection, token, member } = dao;
      await token.moveContributionVotes(ZeroAddress, member, tokens(10_000));
      const emptied = await now(connection);
      expect((await token.contributionLimit()).available).to.equal(0);
      await networkHelpers.time.increaseTo(emptied + (7n * DAY) / 10n);
      expect((await token.contributionLimit()).available).to.equal(tokens(1_000));
      await networkHelpers.time.increaseTo(emptied + 7n * DAY);
      expect((await token.contributionLimit()).available).to.equal(tokens(10_000));
      await networkHelpers.time.increaseTo(emptied + 70n * DAY);
      expect((await token.contributionLimit()).available).to.equal(tokens(10_000));
    });

    it("isn't refilled by taking votes back", async function () {
      const { token, member } = dao;
      await token.moveContributionVotes(ZeroAddress, member, tokens(10_000));
      await token.moveContributionVotes(member, ZeroAddress, tokens(10_000));
      await expect(token.moveContributionVotes(ZeroAddress, member, tokens(1)))
        .to.emit(token, "ContributionVotesWithheld")
        .withArgs(member, tokens(1));
    });
  });

  describe("moveContributionVotes", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithOfficer);
      await dao.token.moveContributionVotes(ZeroAddress, dao.member, tokens(10_000));
    });

    it("takes back what was granted", async function () {
      const { token, member } = dao;
      expect(await token.moveContributionVotes.staticCall(member, ZeroAddress, tokens(4_000))).to.equal(
        tokens(4_000),
      );
      await expect(token.moveContributionVotes(member, ZeroAddress, tokens(4_000)))
        .to.emit(token, "ContributionVotesMoved")
        .withArgs(member, ZeroAddress, tokens(4_000));
      expect(await token.contributionVotes(member)).to.equal(tokens(6_000));
      expect(await token.totalContributionVotes()).to.equal(tokens(6_000));
      expect(await token.getVotes(member)).to.equal(tokens(6_000));
    });

    it("moves between accounts although the bucket is empty, and leaves the total alone", async function () {
      const { token, member, stranger } = dao;
      await expect(token.moveContributionVotes(member, stranger, tokens(10_000)))
        .to.emit(token, "ContributionVotesMoved")
        .withArgs(member, stranger, tokens(10_000));
      expect(await token.contributionVotes(member)).to.equal(0);
      expect(await token.contributionVotes(stranger)).to.equal(tokens(10_000));
      expect(await token.getVotes(member)).to.equal(0);
      expect(await token.getVotes(stranger)).to.equal(tokens(10_000));
      expect(await token.totalContributionVotes()).to.equal(tokens(10_000));
    });

    it("keeps an account's votes when it moves them to itself", async function () {
      const { token, member } = dao;
      await token.moveContributionVotes(member, member, tokens(10_000));
      expect(await token.contributionVotes(member)).to.equal(tokens(10_000));
      expect(await token.getVotes(member)).to.equal(tokens(10_000));
    });

    it("takes no more than there is: a balance is not for the taking", async function () {
      const { token, member, holders } = dao;
      await token.connect(holders[0]).transfer(member, tokens(50_000));
      await expect(token.moveContributionVotes(member, ZeroAddress, tokens(10_000) + 1n))
        .to.be.revertedWithCustomError(token, "BrandTokenInsufficientContributionVotes")
        .withArgs(member, tokens(10_000), tokens(10_000) + 1n);
    });

    it("returns 0 for what is withheld", async function () {
      const { token, member } = dao;
      expect(await token.moveContributionVotes.staticCall(ZeroAddress, member, tokens(1))).to.equal(0);
    });
  });

  describe("setContributionLimit", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithOfficer);
    });

    it("emits and shows the new limit", async function () {
      const { token } = dao;
      await expect(token.setContributionLimit(1_999, { amount: tokens(1), window: HOUR }))
        .to.emit(token, "ContributionLimitSet")
        .withArgs(1_999, tokens(1), HOUR);
      expect(await token.contributionLimit()).to.deep.equal([1_999n, [tokens(1), HOUR], tokens(1)]);
      expect(await token.contributionShare()).to.equal(1_999);
    });

    it("is not retroactive: what has refilled did so at the old rate", async function () {
      const { connection, token, member } = dao;
      await token.moveContributionVotes(ZeroAddress, member, tokens(10_000));
      const emptied = await now(connection);
      const later = emptied + (7n * DAY) / 2n;
      await networkHelpers.time.setNextBlockTimestamp(later);
      await token.setContributionLimit(2_000, { amount: tokens(10_000), window: 70n * DAY });
      expect((await token.contributionLimit()).available).to.equal(tokens(5_000));
      await networkHelpers.time.increaseTo(later + 7n * DAY);
      expect((await token.contributionLimit()).available).to.equal(tokens(6_000));
    });

    it("lets votes stay that are above a lowered share", async function () {
      const { token, member } = dao;
      await token.moveContributionVotes(ZeroAddress, member, tokens(10_000));
      await token.setContributionLimit(0, { amount: tokens(10_000), window: 7n * DAY });
      expect(await token.contributionVotes(member)).to.equal(tokens(10_000));
      expect((await token.contributionLimit()).available).to.equal(0);
      await token.moveContributionVotes(member, ZeroAddress, tokens(10_000));
      expect(await token.totalContributionVotes()).to.equal(0);
    });

    it("refuses what is out of bounds", async function () {
      const { token } = dao;
      // The quorum is 20 %.
      await expect(token.setContributionLimit(2_001, { amount: 1, window: DAY }))
        .to.be.revertedWithCustomError(token, "BrandTokenInvalidShare")
        .withArgs(2_001, 2_000);
      for (const window of [0n, HOUR - 1n, 1825n * DAY + 1n]) {
        await expect(token.setContributionLimit(1, { amount: 1, window }))
          .to.be.revertedWithCustomError(token, "BrandTokenInvalidWindow")
          .withArgs(window);
      }
    });
  });
});
