import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import { award, deployToken, enterSeason, fundSeason, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

const TEN = 1n;

interface Launched extends DAO {
  plain: Contract;
}

/** Season 1 shares 1,000; the member, whose account is being lost, has 30 of 50 points (1 to 3), another 20 (4, 5). */
async function launchWithRequest(connection: Connection): Promise<Launched> {
  const dao = await launchDAO(connection, { kinds: [kindConfig({ points: 10n })] });
  const plain = await deployToken("PlainToken", [dao.stranger]);
  await award(dao, TEN, dao.member, 3);
  await award(dao, TEN, dao.other, 2);
  await fundSeason(dao, dao.stranger, 1n, plain, 1_000n);
  await enterSeason(dao, 2n);
  return { ...dao, plain };
}

describe("ContributionRewards, while an account is recovered", function () {
  let dao: Launched;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithRequest);
  });

  /** Up to the second from which on it can be carried out, which is after claims opened. */
  async function request(): Promise<void> {
    const { asSafe, badge, member, other } = dao;
    await asSafe(await badge.requestRecovery.populateTransaction(member, other));
    await openClaims(dao, 1n);
  }

  async function recover(...ids: bigint[]): Promise<void> {
    const { badge, member } = dao;
    await travelTo((await badge.recoveryOf(member)).eta);
    await badge.recover(member, ids);
  }

  async function expectPaid(account: string, amount: bigint): Promise<void> {
    const { rewards, plain } = dao;
    await expect(rewards.claim(1, plain, account)).to.changeTokenBalance(ethers, plain, account, amount);
  }

  async function expectNothing(account: string): Promise<void> {
    const { rewards, plain } = dao;
    await expect(rewards.claim(1, plain, account))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(1, plain, account);
  }

  it("lets nobody else claim for the old account, which still can", async function () {
    const { rewards, plain, member, stranger } = dao;
    await request();
    for (const attempt of [
      () => rewards.connect(stranger).claim(1, plain, member),
      () => rewards.connect(stranger).claimable(1, plain, member),
    ]) {
      await expect(attempt())
        .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
        .withArgs(member);
    }
    await expect(rewards.connect(member).claim(1, plain, member))
      .to.emit(rewards, "RewardClaimed")
      .withArgs(1, plain, member, 30, 600);
  });

  it("pays the new account for all that nobody was paid for", async function () {
    const { rewards, plain, member, other } = dao;
    await request();
    await recover(1n, 2n, 3n);
    await expectPaid(other.address, 1_000n);
    await expectNothing(member.address);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 1_000n]);
  });

  it("pays nothing twice: neither what the old account nor what the new one was paid", async function () {
    const { rewards, plain, member, other } = dao;
    await request();
    await rewards.connect(member).claim(1, plain, member);
    await recover(1n, 2n, 3n);
    await expectPaid(other.address, 400n);
    await expectNothing(other.address);
    await expectNothing(member.address);
  });

  it("pays the new account what is new since its own claim", async function () {
    const { other } = dao;
    await request();
    await expectPaid(other.address, 400n);
    await recover(1n, 2n, 3n);
    await expectPaid(other.address, 600n);
    await expectNothing(other.address);
  });

  it("is exact when badges move in steps, with claims between them", async function () {
    const { rewards, plain, member, other } = dao;
    await request();
    await recover(1n);
    await expectPaid(other.address, 600n);
    await expect(rewards.connect(member).claim(1, plain, member))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
      .withArgs(member);
    await recover(2n, 3n);
    await expectPaid(other.address, 400n);
    await expectNothing(other.address);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 1_000n]);
  });

  for (const first of ["old", "new"]) {
    it(`pays each account what it holds where it was ended half-way, the ${first} one first`, async function () {
      const { asSafe, badge, rewards, plain, member, other } = dao;
      await request();
      await recover(1n);
      await asSafe(await badge.cancelRecovery.populateTransaction(member));
      const claims = [() => expectPaid(member.address, 400n), () => expectPaid(other.address, 600n)];
      for (const claim of first === "old" ? claims : claims.reverse()) await claim();
      await expectNothing(member.address);
      await expectNothing(other.address);
      expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 1_000n]);
    });
  }

  it("pays nothing twice where it was ended half-way, after the old account had claimed", async function () {
    const { asSafe, badge, rewards, plain, member, other } = dao;
    await request();
    await rewards.connect(member).claim(1, plain, member);
    await recover(1n);
    await asSafe(await badge.cancelRecovery.populateTransaction(member));
    await expectNothing(member.address);
    await expectPaid(other.address, 400n);
  });

  it("doesn't count against the new account what the old one was paid for a badge that is gone", async function () {
    const { asSafe, badge, rewards, plain, member, other } = dao;
    await request();
    await rewards.connect(member).claim(1, plain, member);
    await recover(1n, 2n);
    await asSafe(await badge.revoke.populateTransaction(1, "a mistake"));
    await recover(3n);
    expect((await badge.rewardStanding(1, other)).predecessorPoints).to.equal(20);
    await expectPaid(other.address, 400n);
    await badge.connect(other).renounce(3);
    await expectNothing(other.address);
  });

  it("marks what the old account claims of the season after that as ever", async function () {
    const { asSafe, badge, rewards, plain, member, other, stranger } = dao;
    await award(dao, TEN, member, 1); // 6, of season 2
    await fundSeason(dao, stranger, 2n, plain, 500n);
    await request();
    await recover(1n);
    await asSafe(await badge.cancelRecovery.populateTransaction(member));
    await openClaims(dao, 2n);
    await asSafe(await badge.requestRecovery.populateTransaction(member, other));
    await expect(rewards.connect(member).claim(2, plain, member)).to.changeTokenBalance(
      ethers,
      plain,
      member,
      500n,
    );
    await recover(6n);
    await expect(rewards.claim(2, plain, other))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(2, plain, other);
  });

  it("lets anybody claim for the old account again once it has refused", async function () {
    const { badge, member } = dao;
    await request();
    await badge.connect(member).refuseRecovery(member, "0x");
    await expectPaid(member.address, 600n);
  });
});
