import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { award, balanceOf, deployToken, enterSeason, fundSeason, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

const TEN = 1n;

interface Launched extends DAO {
  plain: Contract;
}

/** The member and another have half of the points each; season 1 has 1,000 of an honest token to share. */
async function launchWithPoints(connection: Connection): Promise<Launched> {
  const dao = await launchDAO(connection, { kinds: [kindConfig({ points: 10n })] });
  const plain = await deployToken("PlainToken", [dao.stranger]);
  await award(dao, TEN, dao.member);
  await award(dao, TEN, dao.other);
  await fundSeason(dao, dao.stranger, 1n, plain, 1_000n);
  return { ...dao, plain };
}

describe("Attack: a season funded with a token that isn't what it seems", function () {
  let dao: Launched;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPoints);
  });

  afterEach(async function () {
    // Whatever it was: the honest token's budget is all there.
    const { plain, rewards } = dao;
    const { budget, paid } = await rewards.budgetOf(1, plain);
    expect([budget, await balanceOf(plain, rewards)]).to.deep.equal([1_000n, 1_000n - paid]);
  });

  it("is refused where it takes a fee", async function () {
    const { rewards, stranger } = dao;
    const fee = await deployToken("FeeToken", [stranger]);
    await fee.getFunction("charge").send();
    await expect(fundSeason(dao, stranger, 1n, fee, 1_000n))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsFeeOnTransfer")
      .withArgs(fee, 1_000, 990);
    expect(await rewards.budgetOf(1, fee)).to.deep.equal([0n, 0n]);
  });

  it("takes its fee from who claims, and from nobody else, where it starts later", async function () {
    const { rewards, stranger, member, other } = dao;
    const fee = await deployToken("FeeToken", [stranger]);
    await fundSeason(dao, stranger, 1n, fee, 1_000n);
    await fee.getFunction("charge").send();
    await openClaims(dao, 1n);
    for (const account of [member, other]) {
      await rewards.claim(1, fee, account);
      expect(await balanceOf(fee, account)).to.equal(495);
    }
    expect(await rewards.budgetOf(1, fee)).to.deep.equal([1_000n, 1_000n]);
  });

  it("is refused where it returns false, when funded and when claimed", async function () {
    const { rewards, stranger, member } = dao;
    const [honest, refusing] = [
      await deployToken("FalseToken", [stranger]),
      await deployToken("FalseToken", [stranger]),
    ];
    await refusing.getFunction("refuse").send();
    await expect(fundSeason(dao, stranger, 1n, refusing, 10n))
      .to.be.revertedWithCustomError(rewards, "SafeERC20FailedOperation")
      .withArgs(refusing);
    await fundSeason(dao, stranger, 1n, honest, 10n);
    await honest.getFunction("refuse").send();
    await openClaims(dao, 1n);
    await expect(rewards.claim(1, honest, member))
      .to.be.revertedWithCustomError(rewards, "SafeERC20FailedOperation")
      .withArgs(honest);
    expect(await rewards.budgetOf(1, honest)).to.deep.equal([10n, 0n]);
  });

  describe("whose balances change by themselves", function () {
    let rebasing: Contract;

    beforeEach(async function () {
      rebasing = await deployToken("RebasingToken", [dao.stranger]);
      await fundSeason(dao, dao.stranger, 1n, rebasing, 1_000n);
    });

    const rebase = async (percent: number) => rebasing.getFunction("rebase").send(percent);

    it("is paid out first come, first served, after it shrank", async function () {
      const { rewards, member, other } = dao;
      await rebase(50);
      await openClaims(dao, 1n);
      await rewards.claim(1, rebasing, member);
      expect(await balanceOf(rebasing, member)).to.equal(500);
      expect(await balanceOf(rebasing, rewards)).to.equal(0);
      await expect(rewards.claim(1, rebasing, other)).to.be.revertedWithCustomError(
        rebasing,
        "ERC20InsufficientBalance",
      );
      // Somebody can make up for it, and until then the claim isn't lost.
      expect(await rewards.claimable(1, rebasing, other)).to.equal(500);
      await rebasing.connect(dao.stranger).getFunction("transfer").send(rewards, 500);
      await rewards.claim(1, rebasing, other);
      expect(await balanceOf(rebasing, other)).to.equal(500);
    });

    it("has nothing to return after it shrank", async function () {
      const { rewards } = dao;
      await rebase(50);
      await expect(rewards.returnUnclaimed(rebasing))
        .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingUnclaimed")
        .withArgs(rebasing);
    });

    it("gives the treasury by how much it grew, and contributors what it was", async function () {
      const { rewards, at, member, other } = dao;
      await rebase(200);
      await rewards.returnUnclaimed(rebasing);
      expect(await balanceOf(rebasing, at.timelock)).to.equal(1_000);
      await openClaims(dao, 1n);
      for (const account of [member, other]) {
        await rewards.claim(1, rebasing, account);
        expect(await balanceOf(rebasing, account)).to.equal(500);
      }
      expect(await balanceOf(rebasing, rewards)).to.equal(0);
    });
  });
});

describe("Attack: a token that calls back while it is moved", function () {
  let dao: Launched;
  let evil: Contract;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPoints);
    evil = await deployToken("ReentrantToken", [dao.stranger]);
    await fundSeason(dao, dao.stranger, 1n, evil, 1_000n);
  });

  /** Has it make `data` of the rewards at its next transfer, and as their caller pay `amount` if it is taken. */
  async function arm(data: string, amount = 0n): Promise<void> {
    await evil.getFunction("arm").send(dao.rewards, data, amount);
  }

  /** That it has called back once, and what came of it: nothing where `error` was thrown. */
  async function expectStruck(error?: string): Promise<void> {
    expect(await evil.getFunction("calls").staticCall()).to.equal(1);
    expect(await evil.getFunction("succeeded").staticCall()).to.equal(error === undefined);
    if (error !== undefined) {
      const answer = (await evil.getFunction("answer").staticCall()) as string;
      expect(dao.rewards.interface.parseError(answer)?.name).to.equal(error);
    }
  }

  const claimOf = ({ address }: { address: string }) =>
    dao.rewards.interface.encodeFunctionData("claim", [1, evil.target, address]);

  it("isn't paid twice by claiming from within a claim", async function () {
    const { rewards, member } = dao;
    await openClaims(dao, 1n);
    await arm(claimOf(member));
    await rewards.claim(1, evil, member);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await balanceOf(evil, member)).to.equal(500);
    expect(await rewards.budgetOf(1, evil)).to.deep.equal([1_000n, 500n]);
  });

  it("pays nobody else from within a claim, and the budget is exact", async function () {
    const { rewards, member, other } = dao;
    await openClaims(dao, 1n);
    await arm(claimOf(other));
    await rewards.claim(1, evil, member);
    await expectStruck("ReentrancyGuardReentrantCall");
    await rewards.claim(1, evil, other);
    expect([await balanceOf(evil, member), await balanceOf(evil, other)]).to.deep.equal([500n, 500n]);
    expect(await rewards.budgetOf(1, evil)).to.deep.equal([1_000n, 1_000n]);
  });

  it("is paid an honest token afterwards when it is claimed from within its own claim", async function () {
    const { rewards, plain, member, other } = dao;
    await openClaims(dao, 1n);
    await arm(rewards.interface.encodeFunctionData("claim", [1, plain.target, member.address]));
    await rewards.claim(1, evil, member);
    await expectStruck("ReentrancyGuardReentrantCall");
    for (const account of [member, other]) {
      await rewards.claim(1, plain, account);
      expect(await balanceOf(plain, account)).to.equal(500);
    }
  });

  it("takes nothing of an honest token by returning what is unclaimed", async function () {
    const { rewards, plain, member } = dao;
    await openClaims(dao, 1n);
    await arm(rewards.interface.encodeFunctionData("returnUnclaimed", [plain.target]));
    await rewards.claim(1, evil, member);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await balanceOf(plain, rewards)).to.equal(1_000);
  });

  it("takes nobody's share by returning from within a claim what is about to be paid", async function () {
    const { rewards, at, member, other } = dao;
    await openClaims(dao, 1n);
    await arm(rewards.interface.encodeFunctionData("returnUnclaimed", [evil.target]));
    await rewards.claim(1, evil, member);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await balanceOf(evil, at.timelock)).to.equal(0);
    await rewards.claim(1, evil, other);
    expect(await balanceOf(evil, other)).to.equal(500);
  });

  it("fails to have a funding counted twice by funding from within it", async function () {
    const { rewards, stranger } = dao;
    await arm(rewards.interface.encodeFunctionData("fund", [1, evil.target, 70]), 70n);
    await fundSeason(dao, stranger, 1n, evil, 30n);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await rewards.budgetOf(1, evil)).to.deep.equal([1_030n, 0n]);
    expect(await balanceOf(evil, rewards)).to.equal(1_030);
  });

  it("fails to return what is unclaimed from within a funding", async function () {
    const { rewards, stranger, at } = dao;
    await evil.connect(stranger).getFunction("transfer").send(rewards, 44);
    await arm(rewards.interface.encodeFunctionData("returnUnclaimed", [evil.target]));
    await fundSeason(dao, stranger, 1n, evil, 50n);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await balanceOf(evil, at.timelock)).to.equal(0);
    expect(await rewards.budgetOf(1, evil)).to.deep.equal([1_050n, 0n]);
  });

  it("fails to return what is unclaimed twice, from within", async function () {
    const { rewards, stranger, at } = dao;
    // What was left of season 1 is in the budget of season 5 once more: a second time would be taken from there.
    await fundSeason(dao, stranger, 5n, evil, 1_000n);
    await enterSeason(dao, 3n);
    await arm(rewards.interface.encodeFunctionData("returnUnclaimed", [evil.target]));
    await rewards.returnUnclaimed(evil);
    await expectStruck("ReentrancyGuardReentrantCall");
    expect(await balanceOf(evil, at.timelock)).to.equal(1_000);
    expect(await balanceOf(evil, rewards)).to.equal(1_000);
  });
});

describe("Attack: an honest token tells its sender first", function () {
  let dao: Launched;
  let token: Contract;
  let funder: Contract;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPoints);
    const { rewards, stranger } = dao;
    token = await deployToken("SenderHookToken", [stranger]);
    funder = await ethers.deployContract("HookedFunder", [rewards, token]);
    await token.connect(stranger).getFunction("transfer").send(funder, 1_000);
    await fundSeason(dao, stranger, 1n, token, 1_000n);
  });

  const fund = async (amount: bigint, data: string) => funder.getFunction("fund").send(1, amount, data);

  /** The funding counts for what it is, and what was called from within was refused. */
  async function expectCountedOnce(attempt: Promise<unknown>, season: bigint, budget: bigint, held: bigint) {
    await attempt;
    expect(await funder.getFunction("succeeded").staticCall()).to.equal(false);
    expect(await dao.rewards.budgetOf(season, token)).to.deep.equal([budget, 0n]);
    expect(await balanceOf(token, dao.rewards)).to.equal(held);
  }

  it("which funds as usual without a hook in between", async function () {
    await fund(10n, "0x");
    expect(await dao.rewards.budgetOf(1, token)).to.deep.equal([1_010n, 0n]);
  });

  it("which fails to have a transfer counted for another funding too", async function () {
    const inner = dao.rewards.interface.encodeFunctionData("fund", [1, token.target, 60]);
    await expectCountedOnce(fund(40n, inner), 1n, 1_040n, 1_040n);
  });

  it("which fails to have what was unclaimed counted for its own funding", async function () {
    const { rewards, stranger } = dao;
    await token.connect(stranger).getFunction("transfer").send(rewards, 100);
    const inner = rewards.interface.encodeFunctionData("returnUnclaimed", [token.target]);
    await expectCountedOnce(fund(300n, inner), 1n, 1_300n, 1_400n);
  });

  it("which funds a later season, and fails to claim of the one before from within", async function () {
    const { rewards, member } = dao;
    await openClaims(dao, 1n);
    const inner = rewards.interface.encodeFunctionData("claim", [1, token.target, member.address]);
    const funding = funder.getFunction("fund").send(2, 700n, inner);
    await expectCountedOnce(funding, 2n, 700n, 1_700n);
    expect(await balanceOf(token, member)).to.equal(0);
  });
});
