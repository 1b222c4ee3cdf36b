import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { deployToken, enterSeason, fundSeason, sendAt } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

interface Launched extends DAO {
  plain: Contract;
}

async function launchWithToken(connection: Connection): Promise<Launched> {
  const dao = await launchDAO(connection);
  return { ...dao, plain: await deployToken("PlainToken", [dao.stranger, dao.other]) };
}

describe("ContributionRewards, fund", function () {
  let dao: Launched;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithToken);
  });

  async function expectNotFundable(attempt: Promise<unknown>, season: bigint): Promise<void> {
    await expect(attempt)
      .to.be.revertedWithCustomError(dao.rewards, "ContributionRewardsNotFundable")
      .withArgs(season);
  }

  it("adds to what a season shares, by anyone, and more than once", async function () {
    const { rewards, plain, stranger, other } = dao;
    const funding = fundSeason(dao, stranger, 1n, plain, 700n);
    await expect(funding).to.emit(rewards, "SeasonFunded").withArgs(1, plain, stranger, 700);
    await expect(funding).to.changeTokenBalances(ethers, plain, [stranger, rewards], [-700, 700]);
    await fundSeason(dao, other, 1n, plain, 35n);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([735n, 0n]);
  });

  it("keeps seasons and tokens apart", async function () {
    const { rewards, token, plain, stranger, holders } = dao;
    await fundSeason(dao, stranger, 1n, plain, 10n);
    await fundSeason(dao, stranger, 2n, plain, 20n);
    await fundSeason(dao, holders[0], 1n, token, 30n);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([10n, 0n]);
    expect(await rewards.budgetOf(2, plain)).to.deep.equal([20n, 0n]);
    expect(await rewards.budgetOf(1, token)).to.deep.equal([30n, 0n]);
    expect(await rewards.budgetOf(2, token)).to.deep.equal([0n, 0n]);
  });

  it("takes brand tokens, that neither vote nor circulate while they are there", async function () {
    const { token, at, holders } = dao;
    await fundSeason(dao, holders[0], 1n, token, tokens(100_000));
    expect(await token.getVotes(at.timelock)).to.equal(tokens(4_100_000));
    expect(await token.getVotes(at.rewards)).to.equal(0);
    expect(await token.circulatingSupply()).to.equal(tokens(500_000));
  });

  it("takes a token that returns nothing", async function () {
    const { rewards, stranger } = dao;
    const silent = await deployToken("SilentToken", [stranger]);
    await fundSeason(dao, stranger, 1n, silent, 50n);
    expect(await rewards.budgetOf(1, silent)).to.deep.equal([50n, 0n]);
  });

  it("is possible from the running season to four ahead", async function () {
    const { plain, stranger, rewards } = dao;
    for (const running of [1n, 3n]) {
      await enterSeason(dao, running);
      await expectNotFundable(fundSeason(dao, stranger, running - 1n, plain, 1n), running - 1n);
      for (const season of [running, running + 4n]) {
        await expect(fundSeason(dao, stranger, season, plain, 1n)).to.emit(rewards, "SeasonFunded");
      }
      await expectNotFundable(fundSeason(dao, stranger, running + 5n, plain, 1n), running + 5n);
    }
  });

  it("closes when the season ends, to the second", async function () {
    const { badge, rewards, plain, stranger } = dao;
    const { end } = await badge.seasonBounds(1);
    await plain.connect(stranger).getFunction("approve").send(rewards, 2);
    const fund = () => rewards.connect(stranger).fund(1, plain, 1);
    await expect(sendAt(end - 1n, fund)).to.emit(rewards, "SeasonFunded");
    await expectNotFundable(sendAt(end, fund), 1n);
  });

  it("takes no amount of zero, and none that a budget can't hold", async function () {
    const { rewards, plain, stranger } = dao;
    await fundSeason(dao, stranger, 1n, plain, 1n);
    for (const amount of [0n, 2n ** 128n - 1n, ethers.MaxUint256]) {
      await expect(rewards.connect(stranger).fund(1, plain, amount))
        .to.be.revertedWithCustomError(rewards, "ContributionRewardsInvalidAmount")
        .withArgs(amount);
    }
  });

  it("holds up to 2^128 - 1", async function () {
    const { rewards, stranger } = dao;
    const most = 2n ** 128n - 1n;
    const many = await ethers.deployContract("PlainToken", [[stranger], most]);
    await fundSeason(dao, stranger, 1n, many, most);
    expect(await rewards.budgetOf(1, many)).to.deep.equal([most, 0n]);
  });

  it("needs an allowance", async function () {
    const { rewards, plain, stranger } = dao;
    await plain.connect(stranger).getFunction("approve").send(rewards, 9);
    await expect(rewards.connect(stranger).fund(1, plain, 10))
      .to.be.revertedWithCustomError(plain, "ERC20InsufficientAllowance")
      .withArgs(rewards, 9, 10);
  });

  it("takes nothing of what is no token", async function () {
    const { rewards, stranger, member } = dao;
    await expect(rewards.connect(stranger).fund(1, member, 1)).to.be.revert(ethers);
    expect(await rewards.budgetOf(1, member)).to.deep.equal([0n, 0n]);
  });
});
