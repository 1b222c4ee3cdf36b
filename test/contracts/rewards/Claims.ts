import { expect } from "chai";
import { connect, tokens } from "../../helpers/chain.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  claimTimes,
  deployToken,
  enterSeason,
  fundSeason,
  type FundedDAO,
  launchWithBudget,
  openClaims,
  revoke,
  sendAt,
  TEN,
} from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

describe("ContributionRewards, claim", function () {
  let dao: FundedDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBudget);
  });

  async function expectNothing(account: string, season = 1n): Promise<void> {
    const { rewards, plain, stranger } = dao;
    await expect(rewards.connect(stranger).claim(season, plain, account))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(season, plain, account);
    expect(await rewards.claimable(season, plain, account)).to.equal(0);
  }

  async function expectPaid(account: string, amount: bigint): Promise<void> {
    const { rewards, plain, stranger } = dao;
    expect(await rewards.claimable(1, plain, account)).to.equal(amount);
    const claiming = rewards.connect(stranger).claim(1, plain, account);
    await expect(claiming).to.changeTokenBalances(ethers, plain, [account, rewards], [amount, -amount]);
  }

  it("pays a share by points, once", async function () {
    const { rewards, plain, member } = dao;
    await openClaims(dao, 1n);
    expect(await rewards.connect(member).claim.staticCall(1, plain, member)).to.equal(750);
    await expect(rewards.connect(member).claim(1, plain, member))
      .to.emit(rewards, "RewardClaimed")
      .withArgs(1, plain, member, 30, 750);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 750n]);
    await expectNothing(member.address);
  });

  it("pays the account, whoever claims for it", async function () {
    const { rewards, plain, member, stranger } = dao;
    await openClaims(dao, 1n);
    await expect(rewards.connect(stranger).claim(1, plain, member)).to.changeTokenBalances(
      ethers,
      plain,
      [member, stranger],
      [750, 0],
    );
  });

  it("pays each token of a season on its own", async function () {
    const { token, rewards, holders, member, other } = dao;
    await fundSeason(dao, holders[0], 1n, token, tokens(8));
    await openClaims(dao, 1n);
    await expectPaid(member.address, 750n);
    const claiming = rewards.claim(1, token, member);
    await expect(claiming).to.changeTokenBalances(ethers, token, [member, rewards], [tokens(6), -tokens(6)]);
    // A newcomer votes with it at once.
    expect(await token.getVotes(member)).to.equal(tokens(6));
    expect(await token.circulatingSupply()).to.equal(tokens(599_998));
    await expectPaid(other.address, 250n);
  });

  it("pays each season on its own, also to who has points in both", async function () {
    const { rewards, plain, member, stranger } = dao;
    await enterSeason(dao, 2n);
    await award(dao, TEN, member, 2);
    await fundSeason(dao, stranger, 2n, plain, 77n);
    await openClaims(dao, 1n);
    await expectPaid(member.address, 750n);
    await openClaims(dao, 2n);
    await expect(rewards.claim(2, plain, member)).to.changeTokenBalance(ethers, plain, member, 77);
    await expectNothing(member.address, 2n);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 750n]);
    expect(await rewards.budgetOf(2, plain)).to.deep.equal([77n, 77n]);
  });

  it("has nothing for who has no points, without a budget, and without any points at all", async function () {
    const { rewards, token, stranger, member, plain } = dao;
    await fundSeason(dao, stranger, 2n, plain, 5n);
    await openClaims(dao, 1n);
    await expectNothing(stranger.address);
    await expect(rewards.claim(1, token, member))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(1, token, member);
    await openClaims(dao, 2n);
    await expectNothing(member.address, 2n);
  });

  it("has nothing for who has too few points for one unit", async function () {
    const { rewards, member, other, stranger } = dao;
    const few = await deployToken("PlainToken", [stranger]);
    await fundSeason(dao, stranger, 1n, few, 3n);
    await openClaims(dao, 1n);
    await expect(rewards.claim(1, few, other))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(1, few, other);
    await expect(rewards.claim(1, few, member)).to.changeTokenBalance(ethers, few, member, 2);
  });

  it("opens after the dispute window and closes when the next season ends, to the second", async function () {
    const { badge, rewards, plain, member, other } = dao;
    const { opens, closes } = await claimTimes(dao, 1n);
    const refused = async (timestamp: bigint, account: typeof member) => {
      await expect(sendAt(timestamp, () => rewards.claim(1, plain, account)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeClaimsClosed")
        .withArgs(1, opens, closes);
      await travelTo(timestamp);
      await expect(rewards.claimable(1, plain, account))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeClaimsClosed")
        .withArgs(1, opens, closes);
    };
    await refused(opens - 1n, member);
    await expect(sendAt(opens, () => rewards.claim(1, plain, member))).to.emit(rewards, "RewardClaimed");
    const last = await networkHelpers.takeSnapshot();
    await refused(closes, other);
    await last.restore();
    await expect(sendAt(closes - 1n, () => rewards.claim(1, plain, other))).to.emit(rewards, "RewardClaimed");
  });

  it("has no season 0", async function () {
    const { badge, rewards, plain, member } = dao;
    await expect(rewards.claim(0, plain, member)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeClaimsClosed",
    );
  });

  it("stops while awards are halted, and goes on afterwards", async function () {
    const { asSafe, badge, rewards, plain, handover, owners, member } = dao;
    await openClaims(dao, 1n);
    await handover.connect(owners[1]).haltAwards();
    await expect(rewards.claim(1, plain, member)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeHalted",
    );
    await expect(rewards.claimable(1, plain, member)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeHalted",
    );
    await asSafe(await badge.resume.populateTransaction());
    await expectPaid(member.address, 750n);
  });

  describe("after badges were taken", function () {
    it("in the dispute window, pays its holder less and nobody more", async function () {
      const { badge, rewards, plain, at, member, other } = dao;
      const { opens } = await claimTimes(dao, 1n);
      const call = await badge.revoke.populateTransaction(1, "by mistake");
      await revoke(dao, 2n);
      await sendAt(opens - 1n, () => dao.asSafe(call));
      expect(await badge.totalSeasonPoints(1)).to.equal(40);
      await openClaims(dao, 1n);
      await expectPaid(member.address, 250n);
      await expectPaid(other.address, 250n);
      await enterSeason(dao, 3n);
      await expect(rewards.returnUnclaimed(plain)).to.changeTokenBalance(ethers, plain, at.timelock, 500);
    });

    it("since claims opened, pays its holder less and nobody more", async function () {
      const { badge, member, other } = dao;
      const { opens } = await claimTimes(dao, 1n);
      const call = await badge.revoke.populateTransaction(1, "by mistake");
      await sendAt(opens, () => dao.asSafe(call));
      expect(await badge.totalSeasonPoints(1)).to.equal(40);
      await expectPaid(member.address, 500n);
      await expectPaid(other.address, 250n);
    });

    it("since it was claimed, takes nothing back and pays nothing more", async function () {
      const { badge, rewards, plain, member, other } = dao;
      await openClaims(dao, 1n);
      await expectPaid(member.address, 750n);
      await badge.connect(member).renounce(1);
      await revoke(dao, 2n);
      await expectNothing(member.address);
      await expectPaid(other.address, 250n);
      expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 1_000n]);
    });

    it("down to the last, pays nothing", async function () {
      await openClaims(dao, 1n);
      for (const id of [1n, 2n, 3n]) await revoke(dao, id);
      await expectNothing(dao.member.address);
    });
  });
});
