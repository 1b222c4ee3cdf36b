import { expect } from "chai";
import { connect, type Connection, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  movedPoints,
  openClaims,
  phaseOf,
  recoverAll,
  refuse,
  request,
  requestAndWait,
  requestLate,
} from "../../helpers/recovery.js";
import { type BrandToken, BrandToken__factory } from "../../../typechain-types/index.js";

const { networkHelpers } = await connect();

const TEN = 1n;
const SEVENTY = 2n;

/** What the points of a season share in each of two currencies: a hundred for ten points, as there are a hundred. */
const BUDGET = tokens(1_000);
const SHARE = tokens(100);

/** Of season 1, `member` has 20 points by the badges 1 and 2, `other` 10 by 3, `stranger` 70 by 4. */
async function launchWithBudget(connection: Connection): Promise<DAO & { plain: BrandToken }> {
  const dao = await launchDAO(connection, {
    kinds: [kindConfig({ points: 10n }), kindConfig({ points: 70n })],
  });
  const { holders, member, other, rewards, stranger, token } = dao;
  const [alice] = holders;
  await award(dao, TEN, member);
  await award(dao, TEN, member);
  await award(dao, TEN, other);
  await award(dao, SEVENTY, stranger);
  const deployed = await connection.ethers.deployContract("PlainToken", [[alice], 3n * BUDGET]);
  // Only what any ERC-20 has is called.
  const plain = BrandToken__factory.connect(await deployed.getAddress(), alice);
  for (const currency of [token, plain]) {
    await currency.connect(alice).approve(rewards, 3n * BUDGET);
    for (const season of [1, 2, 3]) await rewards.connect(alice).fund(season, currency, BUDGET);
  }
  return { ...dao, plain };
}

describe("ContributionRewards, with recoveries", function () {
  let dao: Awaited<ReturnType<typeof launchWithBudget>>;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithBudget);
  });

  // Whatever happened, nobody else's share is touched.
  afterEach(async function () {
    const { badge, rewards, member, other, stranger, token } = dao;
    if ((await badge.currentSeason()) === 1n) await openClaims(dao, 1n);
    if ((await badge.currentSeason()) !== 2n) return;
    await claim(stranger);
    expect(await token.balanceOf(stranger)).to.equal(7n * SHARE);
    const { paid, budget } = await rewards.budgetOf(1, token);
    expect(paid).to.be.at.most(budget);
    expect((await token.balanceOf(member)) + (await token.balanceOf(other))).to.equal(paid - 7n * SHARE);
  });

  /** Claims the reward of season 1 in the brand's token, as the account itself unless said otherwise. */
  async function claim(account: Signer, caller = account) {
    return dao.rewards.connect(caller).claim(1, dao.token, account);
  }

  async function expectNothing(account: Signer): Promise<void> {
    await expect(claim(account))
      .to.be.revertedWithCustomError(dao.rewards, "ContributionRewardsNothingToClaim")
      .withArgs(1, dao.at.token, account);
    expect(await dao.rewards.connect(account).claimable(1, dao.token, account)).to.equal(0);
  }

  async function expectPaid(account: Signer, amount: bigint): Promise<void> {
    expect(await dao.token.balanceOf(account)).to.equal(amount);
  }

  it("pay nothing twice: what the old account claimed, the new one can't", async function () {
    const { member, other } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await expectPaid(member, 2n * SHARE);
    await recoverAll(dao, member, other, [1n, 2n]);
    await expect(claim(other))
      .to.emit(dao.rewards, "RewardClaimed")
      .withArgs(1, dao.at.token, other, 10, SHARE);
    await expectNothing(other);
    await expectNothing(member);
  });

  it("pay nothing at all to a newcomer who got what was paid for", async function () {
    const { member, owners } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await recoverAll(dao, member, owners[0], [2n, 1n]);
    await expectNothing(owners[0]);
    await expectNothing(member);
  });

  for (const moment of ["before claims open", "when claims are open"]) {
    it(`pay all to the new account after a recovery ${moment}, and nothing to the old one`, async function () {
      const { member, other } = dao;
      if (moment === "before claims open") {
        await recoverAll(dao, member, other, [1n, 2n]);
        await openClaims(dao, 1n);
      } else {
        await openClaims(dao, 1n);
        await recoverAll(dao, member, other, [1n, 2n]);
      }
      await expectNothing(member);
      await claim(other);
      await expectPaid(other, 3n * SHARE);
      await expectNothing(other);
    });
  }

  it("pay only the new account between two steps: the old one could be paid, and give the badge up", async function () {
    const { badge, rewards, member, other } = dao;
    await openClaims(dao, 1n);
    await requestAndWait(dao, member, other);
    await badge.recover(member, [1]);
    await claim(other);
    await expectPaid(other, 2n * SHARE);
    await expect(claim(member))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
      .withArgs(member);
    await badge.recover(member, [2]);
    await claim(other);
    await expectPaid(other, 3n * SHARE);
    await expectNothing(other);
    await expectNothing(member);
  });

  it("pay a new account that has claimed for its own points for those that it gets", async function () {
    const { member, other } = dao;
    await openClaims(dao, 1n);
    await claim(other);
    await expectPaid(other, SHARE);
    await recoverAll(dao, member, other, [1n, 2n]);
    await claim(other);
    await expectPaid(other, 3n * SHARE);
    await expectNothing(other);
  });

  it("don't hold against the new account what the old one was paid for and gave up", async function () {
    const { badge, member, other } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await badge.connect(member).renounce(1);
    await recoverAll(dao, member, other, [2n]);
    expect(await movedPoints(dao, other, 1n)).to.equal(10);
    await claim(other);
    await expectPaid(other, SHARE);
    await expectNothing(other);
  });

  it("don't hold anything against it where the old one gave up all", async function () {
    const { badge, member, other } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await badge.connect(member).renounce(1);
    await badge.connect(member).renounce(2);
    await recoverAll(dao, member, other, []);
    await claim(other);
    await expectPaid(other, SHARE);
  });

  it("don't pay for a badge that is taken after it was moved", async function () {
    const { asSafe, badge, member, other } = dao;
    await openClaims(dao, 1n);
    await recoverAll(dao, member, other, [1n, 2n]);
    await asSafe(await badge.revoke.populateTransaction(2, "by mistake"));
    await claim(other);
    await expectPaid(other, 2n * SHARE);
    await expectNothing(other);
  });

  it("leave it to the old account alone to claim, while its points are about to move", async function () {
    const { badge, rewards, member, other, stranger } = dao;
    await openClaims(dao, 1n);
    await request(dao, member, other);
    const refusedToOthers = async () => {
      for (const caller of [stranger, other]) {
        await expect(claim(member, caller))
          .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
          .withArgs(member);
        await expect(rewards.connect(caller).claimable(1, dao.token, member))
          .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
          .withArgs(member);
      }
    };
    await refusedToOthers();
    await networkHelpers.time.increaseTo((await badge.recoveryOf(member)).eta);
    await claim(member);
    await expectPaid(member, 2n * SHARE);
    await badge.recover(member, [1]);
    await refusedToOthers();
  });

  it("let anybody claim for an account again, once it has refused", async function () {
    const { member, other, stranger } = dao;
    await openClaims(dao, 1n);
    await request(dao, member, other);
    await refuse(dao, member);
    await claim(member, stranger);
    await expectPaid(member, 2n * SHARE);
  });

  it("let anybody claim for an account again, from the second on in which its recovery is over by itself", async function () {
    const { badge, rewards, member, other, stranger } = dao;
    await openClaims(dao, 1n);
    await request(dao, member, other);
    const { end } = await badge.recoveryOf(member);
    await networkHelpers.time.setNextBlockTimestamp(end - 1n);
    await expect(claim(member, stranger))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
      .withArgs(member);
    await networkHelpers.time.setNextBlockTimestamp(end);
    await claim(member, stranger);
    await expectPaid(member, 2n * SHARE);
    await expectNothing(member);
  });

  it("let anybody claim for both accounts, what each has, where it was begun and is over by itself", async function () {
    const { badge, member, other, stranger } = dao;
    await openClaims(dao, 1n);
    await requestAndWait(dao, member, other);
    await badge.recover(member, [1]);
    await travelTo((await badge.recoveryOf(member)).end);
    await claim(member, stranger);
    await claim(other, stranger);
    await expectPaid(member, SHARE);
    await expectPaid(other, 2n * SHARE);
    await expectNothing(member);
    await expectNothing(other);
  });

  it("let the old account itself claim where nothing was moved since the season ended, and pay it once", async function () {
    const { badge, rewards, member, other, stranger } = dao;
    await requestLate(dao, member, other);
    await badge.recover(member, [1]);
    await openClaims(dao, 1n);
    await expect(claim(member, stranger))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
      .withArgs(member);
    await claim(member);
    await expectPaid(member, SHARE);
    await badge.recover(member, [2]);
    await claim(other);
    await expectPaid(other, 2n * SHARE);
    await expectNothing(other);
    await expectNothing(member);
  });

  it("pay once over recoveries from account to account, season after season", async function () {
    const { badge, rewards, member, other, stranger, holders, token } = dao;
    const [, bob] = holders;
    const before = await token.balanceOf(bob);
    await openClaims(dao, 1n);
    await claim(member);
    await recoverAll(dao, member, other, [1n, 2n]);
    await claim(other);
    await claim(stranger);
    await award(dao, SEVENTY, other); // 5, of season 2
    await expect(request(dao, other, bob))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(other);
    await openClaims(dao, 2n);
    await rewards.claim(2, token, other);
    await recoverAll(dao, other, bob, [1n, 2n, 3n, 5n]);
    for (const account of [member, other, bob]) {
      await expect(rewards.connect(account).claim(2, token, account))
        .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
        .withArgs(2, dao.at.token, account);
    }
    await openClaims(dao, 3n);
    await recoverAll(dao, bob, member, [5n, 3n, 2n, 1n]);
    expect((await badge.memberOf(member)).badges).to.equal(4);
    expect(await token.balanceOf(member)).to.equal(2n * SHARE);
    expect(await token.balanceOf(other)).to.equal(SHARE + BUDGET);
    expect(await token.balanceOf(bob)).to.equal(before);
    expect(await rewards.budgetOf(1, token)).to.deep.equal([BUDGET, BUDGET]);
    expect(await rewards.budgetOf(2, token)).to.deep.equal([BUDGET, BUDGET]);
  });

  it("let anybody claim for the account that is to get the points", async function () {
    const { member, other, stranger } = dao;
    await openClaims(dao, 1n);
    await request(dao, member, other);
    await claim(other, stranger);
    await expectPaid(other, SHARE);
    expect(await phaseOf(dao, other)).to.equal("requested");
  });

  it("are kept apart by currency", async function () {
    const { member, other, plain, rewards } = dao;
    await openClaims(dao, 1n);
    await rewards.connect(member).claim(1, plain, member);
    await recoverAll(dao, member, other, [1n, 2n]);
    await rewards.claim(1, plain, other);
    await claim(other);
    expect(await plain.balanceOf(other)).to.equal(SHARE);
    expect(await plain.balanceOf(member)).to.equal(2n * SHARE);
    await expectPaid(other, 3n * SHARE);
  });

  it("are right where a recovery begins in one season and ends in the next", async function () {
    const { badge, member, other } = dao;
    await requestLate(dao, member, other);
    await badge.recover(member, [1]);
    await openClaims(dao, 1n);
    await claim(other);
    await expectPaid(other, 2n * SHARE);
    await badge.recover(member, [2]);
    await claim(other);
    await expectPaid(other, 3n * SHARE);
    await expectNothing(other);
    await expectNothing(member);
  });

  it("are nobody's for a season that was over before", async function () {
    const { badge, member, other, rewards, token } = dao;
    await enterSeason(dao, 3n);
    await recoverAll(dao, member, other, [1n, 2n]);
    const { end } = await badge.seasonBounds(2);
    const opens = (await badge.seasonBounds(1)).end + (await badge.disputeWindow());
    await expect(rewards.claim(1, token, other))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeClaimsClosed")
      .withArgs(1, opens, end);
  });
});
