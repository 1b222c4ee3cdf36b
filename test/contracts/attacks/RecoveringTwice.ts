import { expect } from "chai";
import { connect, type Connection, DAY, now, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  openClaims,
  recoverAll,
  request,
  requestAndWait,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const BUDGET = tokens(900);

/** Three accounts of one person: `member` with two badges of 50 points and votes, `other` with one. */
async function launchWithAccounts(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { holders, member, other, rewards, stranger, token } = dao;
  await award(dao, KIND.AMBASSADOR, member); // 1
  await award(dao, KIND.AMBASSADOR, member); // 2
  await award(dao, KIND.AMBASSADOR, other); // 3
  for (let count = 0; count < 6; count++) await award(dao, KIND.AMBASSADOR, stranger); // 4 to 9
  await token.connect(holders[0]).approve(rewards, BUDGET);
  await rewards.connect(holders[0]).fund(1, token, BUDGET);
  return dao;
}

describe("Attack: one person has points, votes or rewards counted twice by recovering accounts", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithAccounts);
  });

  const claim = (account: Signer) => dao.rewards.claim(1, dao.token, account);

  async function expectNothing(account: Signer): Promise<void> {
    await expect(claim(account))
      .to.be.revertedWithCustomError(dao.rewards, "ContributionRewardsNothingToClaim")
      .withArgs(1, dao.at.token, account);
  }

  it("can't carry the same recovery out again, in whole or in part", async function () {
    const { badge, token, member, other } = dao;
    await recoverAll(dao, member, other, [1n, 2n]);
    for (const ids of [[], [1], [1, 2], [3]]) {
      await expect(badge.recover(member, ids))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(member);
    }
    expect(await badge.totalPoints()).to.equal(450);
    expect(await token.totalContributionVotes()).to.equal(tokens(9_000));
    expect(await token.contributionVotes(other)).to.equal(tokens(3_000));
  });

  it("can't send one account's badges to two others", async function () {
    const { badge, member, other, holders } = dao;
    await requestAndWait(dao, member, other);
    await expect(request(dao, member, holders[0]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(member);
    await badge.recover(member, [1]);
    await expect(request(dao, member, holders[0]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(member);
  });

  it("can't hide a claim by a second recovery in the season in which it counts", async function () {
    const { badge, member, other, holders } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await recoverAll(dao, member, other, [1n, 2n]);
    // A third account would be asked for the marks of the second one only.
    await expect(request(dao, other, holders[0]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(other);
    await claim(other);
    await expectNothing(other);
    // In the season after, when it could be, there is nothing left to claim.
    await enterSeason(dao, 3n);
    await recoverAll(dao, other, holders[0], [1n, 2n, 3n]);
    await expect(claim(holders[0])).to.be.revertedWithCustomError(badge, "ContributionBadgeClaimsClosed");
  });

  it("can't hide it by two recoveries into one account either", async function () {
    const { badge, member, other, holders } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await claim(other);
    await recoverAll(dao, member, holders[0], [1n, 2n]);
    await expect(request(dao, other, holders[0]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
      .withArgs(holders[0]);
    await expectNothing(holders[0]);
  });

  it("can't by asking for a recovery in the season before and carrying two out in the next", async function () {
    const { badge, member, other, holders } = dao;
    const [alice] = holders;
    await travelTo((await badge.seasonBounds(1)).end - DAY);
    await request(dao, member, other);
    await openClaims(dao, 1n);
    await dao.rewards.connect(member).claim(1, dao.token, member);
    await badge.recover(member, [1, 2]);
    for (const [from, to, busy] of [
      [other, alice, other],
      [member, alice, member],
    ] as const) {
      await expect(request(dao, from, to))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryBusy")
        .withArgs(busy);
    }
  });

  it("can't by going to and fro over the seasons: the old account's mark is of a season that is over", async function () {
    const { member, other, rewards, token, holders } = dao;
    await openClaims(dao, 1n);
    await claim(member);
    await recoverAll(dao, member, other, [1n, 2n]);
    await claim(other);
    expect((await token.balanceOf(member)) + (await token.balanceOf(other))).to.equal(tokens(300));

    await token.connect(holders[0]).approve(rewards, 2n * BUDGET);
    await rewards.connect(holders[0]).fund(2, token, BUDGET);
    await award(dao, KIND.BUG, other); // 10, the only points of season 2
    await openClaims(dao, 2n);
    await rewards.claim(2, token, other);
    await recoverAll(dao, other, member, [1n, 2n, 3n, 10n]);
    await expect(rewards.claim(2, token, member))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
      .withArgs(2, dao.at.token, member);
    expect(await token.balanceOf(other)).to.equal(tokens(200) - tokens(100) + BUDGET);
  });

  it("can't vote twice: of a snapshot, the votes are the old account's or the new one's", async function () {
    const { badge, token, member, other, connection } = dao;
    await requestAndWait(dao, member, other);
    const before = await now(connection);
    await badge.recover(member, [1]);
    const between = await now(connection);
    await badge.recover(member, [2]);
    const after = await now(connection);
    await networkHelpers.mine();
    for (const [time, old] of [
      [before, 2],
      [between, 1],
      [after, 0],
    ] as const) {
      expect(await token.getPastVotes(member, time)).to.equal(tokens(1_000 * old));
      expect(await token.getPastVotes(other, time)).to.equal(tokens(3_000 - 1_000 * old));
    }
  });
});
