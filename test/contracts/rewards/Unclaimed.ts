import { expect } from "chai";
import { connect, tokens } from "../../helpers/chain.js";
import {
  balanceOf,
  claimTimes,
  enterSeason,
  fundSeason,
  type FundedDAO,
  launchWithBudget,
  openClaims,
  sendAt,
} from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

describe("ContributionRewards, returnUnclaimed", function () {
  let dao: FundedDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBudget);
  });

  async function expectNothing(): Promise<void> {
    const { rewards, plain, stranger } = dao;
    await expect(rewards.connect(stranger).returnUnclaimed(plain))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingUnclaimed")
      .withArgs(plain);
  }

  it("gives the treasury what is left when the season after ends, to the second", async function () {
    const { rewards, plain, at, member, stranger } = dao;
    await openClaims(dao, 1n);
    await rewards.claim(1, plain, member);
    const { closes } = await claimTimes(dao, 1n);
    const giveBack = () => rewards.connect(stranger).returnUnclaimed(plain);
    await expect(sendAt(closes - 1n, giveBack))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingUnclaimed")
      .withArgs(plain);
    const returning = sendAt(closes, giveBack);
    await expect(returning).to.emit(rewards, "UnclaimedReturned").withArgs(plain, 250);
    await expect(returning).to.changeTokenBalances(
      ethers,
      plain,
      [rewards, at.timelock, stranger],
      [-250, 250, 0],
    );
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 750n]);
    await expectNothing();
  });

  it("keeps its hands off a budget while it is funded, disputed and claimed", async function () {
    const { rewards, plain, member } = dao;
    await expectNothing();
    await enterSeason(dao, 2n);
    await expectNothing();
    await openClaims(dao, 1n);
    await expectNothing();
    await rewards.claim(1, plain, member);
    await expectNothing();
  });

  it("leaves every season alone that can still be claimed, up to four ahead", async function () {
    const { rewards, plain, stranger } = dao;
    for (const season of [2n, 3n, 4n, 5n]) await fundSeason(dao, stranger, season, plain, 10n ** season);
    await enterSeason(dao, 3n);
    await fundSeason(dao, stranger, 7n, plain, 5n);
    for (const unclaimed of [1_000n, 100n, 1_000n, 10_000n, 100_000n]) {
      expect(await rewards.returnUnclaimed.staticCall(plain)).to.equal(unclaimed);
      await rewards.returnUnclaimed(plain);
      await expectNothing();
      await enterSeason(dao, (await dao.badge.currentSeason()) + 1n);
    }
    // Nobody funded season 6, and season 7 is now the one before.
    await expectNothing();
    expect(await balanceOf(plain, rewards)).to.equal(5);
    await enterSeason(dao, 9n);
    await expect(rewards.returnUnclaimed(plain)).to.emit(rewards, "UnclaimedReturned").withArgs(plain, 5);
    expect(await balanceOf(plain, rewards)).to.equal(0);
  });

  it("returns the budget of a season in which nobody earned anything", async function () {
    const { rewards, at, token, holders } = dao;
    await fundSeason(dao, holders[0], 2n, token, tokens(50));
    await enterSeason(dao, 4n);
    const returning = rewards.returnUnclaimed(token);
    await expect(returning).to.changeTokenBalance(ethers, token, at.timelock, tokens(50));
    // They were the treasury's votes all the time.
    expect(await token.getVotes(at.timelock)).to.equal(tokens(4_000_050));
  });

  it("returns what was sent by mistake, at once and nothing else", async function () {
    const { rewards, plain, at, stranger } = dao;
    await plain.connect(stranger).getFunction("transfer").send(rewards, 33);
    const returning = rewards.returnUnclaimed(plain);
    await expect(returning).to.emit(rewards, "UnclaimedReturned").withArgs(plain, 33);
    await expect(returning).to.changeTokenBalances(ethers, plain, [rewards, at.timelock], [-33, 33]);
    await expectNothing();
  });

  it("has nothing where there never was anything", async function () {
    const { rewards, token } = dao;
    await expect(rewards.returnUnclaimed(token))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingUnclaimed")
      .withArgs(token);
  });

  it("goes on while awards are halted", async function () {
    const { rewards, plain, handover, owners, at } = dao;
    await enterSeason(dao, 3n);
    await handover.connect(owners[0]).haltAwards();
    await expect(rewards.returnUnclaimed(plain)).to.changeTokenBalance(ethers, plain, at.timelock, 1_000);
  });
});
