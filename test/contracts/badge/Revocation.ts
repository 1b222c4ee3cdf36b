import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { connect, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { enactLater } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

describe("ContributionBadge, taking badges", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  async function award(kind: bigint, account = dao.member.address) {
    return dao.asSafe(await dao.badge.award.populateTransaction(kind, account, ZeroHash));
  }

  describe("revoke", function () {
    it("takes a badge with its points, and says why", async function () {
      const { asSafe, badge, member, safe } = dao;
      await award(KIND.BUG);
      const transaction = asSafe(await badge.revoke.populateTransaction(1, "given twice"));
      await expect(transaction)
        .to.emit(badge, "BadgeRevoked")
        .withArgs(1, member, safe.address, "given twice");
      await expect(transaction).to.emit(badge, "Transfer").withArgs(member, ZeroAddress, 1);
      expect(await badge.balanceOf(member)).to.equal(0);
      expect(await badge.totalPoints()).to.equal(0);
      await expect(badge.ownerOf(1))
        .to.be.revertedWithCustomError(badge, "ERC721NonexistentToken")
        .withArgs(1);
    });

    it("needs a reason and a badge", async function () {
      const { asSafe, badge } = dao;
      await award(KIND.BUG);
      await expect(asSafe(await badge.revoke.populateTransaction(1, ""))).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeRevokedWithoutReason",
      );
      await expect(asSafe(await badge.revoke.populateTransaction(2, "no reason")))
        .to.be.revertedWithCustomError(badge, "ERC721NonexistentToken")
        .withArgs(2);
    });

    it("isn't for kinds with votes, also where the badge got none", async function () {
      const { asSafe, badge } = dao;
      await award(KIND.AMBASSADOR);
      await expect(
        asSafe(await badge.revoke.populateTransaction(1, "no reason")),
      ).to.be.revertedWithCustomError(badge, "ContributionBadgeVotingKind");
    });
  });

  describe("revokeVoting", function () {
    it("takes a badge with its votes, by a passed proposal", async function () {
      const { at, badge, token, governor, member } = dao;
      await award(KIND.AMBASSADOR);
      const proposal = enactLater(dao, [await badge.revokeVoting.populateTransaction(1, "bought followers")]);
      await proposal;
      const execution = governor.execute(...proposal.args);
      await expect(execution)
        .to.emit(badge, "BadgeRevoked")
        .withArgs(1, member, at.timelock, "bought followers");
      await expect(execution)
        .to.emit(token, "ContributionVotesMoved")
        .withArgs(member, ZeroAddress, tokens(1_000));
      expect(await token.contributionVotes(member)).to.equal(0);
      expect(await token.getVotes(member)).to.equal(0);
    });

    it("takes exactly nothing from a badge whose votes were withheld", async function () {
      const { badge, token, governor, member, other } = dao;
      for (let count = 0; count < 10; count++) await award(KIND.AMBASSADOR, other.address);
      await award(KIND.AMBASSADOR);
      const proposal = enactLater(dao, [await badge.revokeVoting.populateTransaction(11, "by mistake")]);
      await proposal;
      await expect(governor.execute(...proposal.args)).not.to.emit(token, "ContributionVotesMoved");
      expect(await badge.balanceOf(member)).to.equal(0);
      expect(await token.totalContributionVotes()).to.equal(tokens(10_000));
    });

    it("isn't for kinds without votes", async function () {
      const { badge, governor } = dao;
      await award(KIND.BUG);
      const proposal = enactLater(dao, [await badge.revokeVoting.populateTransaction(1, "no reason")]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNotVotingKind",
      );
    });
  });

  describe("renounce", function () {
    it("gives a badge up with its points and votes", async function () {
      const { badge, token, member } = dao;
      await award(KIND.AMBASSADOR);
      const transaction = badge.connect(member).renounce(1);
      await expect(transaction).to.emit(badge, "BadgeRenounced").withArgs(1, member);
      await expect(transaction).to.emit(badge, "Transfer").withArgs(member, ZeroAddress, 1);
      expect(await token.getVotes(member)).to.equal(0);
      expect(await badge.pointsOf(member)).to.equal(0);
    });

    it("is its holder's alone", async function () {
      const { badge, stranger } = dao;
      await award(KIND.BUG);
      await expect(badge.connect(stranger).renounce(1))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNotHolder")
        .withArgs(1, stranger);
      await expect(badge.connect(stranger).renounce(2))
        .to.be.revertedWithCustomError(badge, "ERC721NonexistentToken")
        .withArgs(2);
    });
  });
});
