import { expect } from "chai";
import { connect } from "../../helpers/chain.js";
import { enact } from "../../helpers/proposal.js";
import { balanceOf, fundSeason, launchWithBudget, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

describe("ContributionRewards, the budget of a season", function () {
  it("is never exceeded, also where a badge that was upgraded counts wrong", async function () {
    const dao = await networkHelpers.loadFixture(launchWithBudget);
    const { badge, rewards, plain, member, other, stranger } = dao;
    await fundSeason(dao, stranger, 2n, plain, 5_000n);
    const generous = await ethers.deployContract("GenerousBadge");
    await openClaims(dao, 1n);
    await enact(dao, [await badge.upgradeToAndCall.populateTransaction(generous, "0x")]);

    await rewards.claim(1, plain, member);
    expect(await balanceOf(plain, member)).to.equal(750);
    await expect(rewards.claim(1, plain, other))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBudgetExceeded")
      .withArgs(1, plain, 750, 250);
    expect(await balanceOf(plain, rewards)).to.equal(5_250);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 750n]);
  });
});
