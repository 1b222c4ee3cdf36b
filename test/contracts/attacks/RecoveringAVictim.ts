import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import {
  award,
  enterSeason,
  joinWith,
  openClaims,
  phaseOf,
  recoverAll,
  refuse,
  request,
  requestAndWait,
} from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

const BUDGET = tokens(200);

/** The victim is `member`, with 50 points and votes by badge 1; the accomplice is `other`, with 50 by badge 2. */
async function launchWithVictim(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { holders, member, other, rewards, stranger, token } = dao;
  await award(dao, KIND.AMBASSADOR, member);
  await award(dao, KIND.AMBASSADOR, other);
  await award(dao, KIND.AMBASSADOR, stranger);
  await award(dao, KIND.AMBASSADOR, stranger);
  await token.connect(holders[0]).approve(rewards, BUDGET);
  await rewards.connect(holders[0]).fund(1, token, BUDGET);
  return dao;
}

describe("Attack: a steward recovers what somebody else earned to an accomplice", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithVictim);
  });

  async function expectUntouched(): Promise<void> {
    const { badge, token, member } = dao;
    expect(await badge.ownerOf(1)).to.equal(member);
    expect(await token.getVotes(member)).to.equal(tokens(1_000));
    expect((await badge.recoveryOf(member)).movedIn).to.equal(0);
    expect(await phaseOf(dao, member)).to.equal("over");
  }

  it("fails where the victim refuses, as often as it is tried, and takes no other's turn", async function () {
    const { badge, member, other, stranger, holders } = dao;
    for (const season of [1n, 2n, 3n]) {
      await enterSeason(dao, season);
      for (let count = 0; count < 5; count++) {
        await request(dao, member, other);
        expect(await badge.recoveries()).to.deep.equal([1n, 2n]);
        await refuse(dao, member);
        expect(await badge.recoveries()).to.deep.equal([0n, 2n]);
      }
      for (const from of [stranger, other]) await request(dao, from, holders[from === other ? 0 : 1]);
      for (const from of [stranger, other]) await refuse(dao, from);
    }
    await expectUntouched();
  });

  it("fails where a proposal cancels it, which has the time to", async function () {
    const { badge, member, other } = dao;
    await request(dao, member, other);
    const { eta } = await badge.recoveryOf(member);
    await networkHelpers.time.increase(2n * DAY);
    await enact(dao, [await badge.cancelRecovery.populateTransaction(member)]);
    await travelTo(eta);
    await expect(badge.recover(member, [1]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    await expectUntouched();
  });

  it("can't be hurried: not by the steward, and not by who runs the steps", async function () {
    const { asSafe, badge, member, other } = dao;
    await request(dao, member, other);
    const { eta } = await badge.recoveryOf(member);
    await travelTo(eta - 10n);
    await expect(asSafe(await badge.recover.populateTransaction(member, [1])))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveryTooEarly")
      .withArgs(eta);
    await refuse(dao, member);
    await expectUntouched();
  });

  it("is bounded by the limit, of which a steward can't lift an account", async function () {
    const { asSafe, badge, safe, member, other, stranger, holders } = dao;
    await request(dao, member, holders[0]);
    await request(dao, other, holders[1]);
    await expect(request(dao, stranger, holders[2]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeRecoveriesLimited")
      .withArgs(2);
    await expect(asSafe(await badge.setLimits.populateTransaction(1_000, 3, 255)))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
  });

  it("takes no tokens, and gives back by a second recovery what it took", async function () {
    const { badge, token, member, other } = dao;
    await token.connect(dao.holders[0]).transfer(member, tokens(5));
    await recoverAll(dao, member, other, [1n]);
    expect(await token.balanceOf(member)).to.equal(tokens(5));
    await enterSeason(dao, 2n);
    await recoverAll(dao, other, member, [1n]);
    expect(await badge.ownerOf(1)).to.equal(member);
    expect(await badge.ownerOf(2)).to.equal(other);
    expect(await token.getVotes(member)).to.equal(tokens(1_005));
  });

  it("leaves the reward to the victim until the badges are moved", async function () {
    const { rewards, token, member, other } = dao;
    await openClaims(dao, 1n);
    await requestAndWait(dao, member, other);
    await expect(rewards.connect(other).claim(1, token, member))
      .to.be.revertedWithCustomError(rewards, "ContributionRewardsBeingRecovered")
      .withArgs(member);
    await rewards.connect(member).claim(1, token, member);
    expect(await token.balanceOf(member)).to.equal(tokens(50));
  });
});

describe("Attack: a steward dumps an account on a victim", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithVictim);
  });

  it("doesn't lower the victim's own claim by marks of the account", async function () {
    const { rewards, token, member, other } = dao;
    await openClaims(dao, 1n);
    await rewards.claim(1, token, other);
    await recoverAll(dao, other, member, [2n]);
    await rewards.claim(1, token, member);
    expect(await token.balanceOf(member)).to.equal(tokens(50));
    expect(await token.balanceOf(other)).to.equal(tokens(50));
  });

  it("doesn't lower it by marks for what the account has given up since", async function () {
    const { badge, rewards, token, member, other } = dao;
    await openClaims(dao, 1n);
    await rewards.claim(1, token, other);
    await badge.connect(other).renounce(2);
    await recoverAll(dao, other, member, []);
    await rewards.claim(1, token, member);
    expect(await token.balanceOf(member)).to.equal(tokens(50));
  });

  for (const how of ["revoked", "renounced"]) {
    it(`doesn't lower it by marks for what came along and is ${how} then`, async function () {
      const { asSafe, badge, rewards, token, member, other } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.BUG, other, ZeroHash)); // 5
      await openClaims(dao, 1n);
      await rewards.claim(1, token, other);
      await recoverAll(dao, other, member, [2n, 5n]);
      const own = await badge.seasonPointsOf(member, 1);
      if (how === "revoked") await asSafe(await badge.revoke.populateTransaction(5, "a mistake"));
      else await badge.connect(member).renounce(5);
      expect((await badge.rewardStanding(1, member)).predecessorPoints).to.equal(50);
      expect(await badge.seasonPointsOf(member, 1)).to.equal(own - 10n);
      // 50 of 210 points.
      expect(await rewards.claimable(1, token, member)).to.equal((BUDGET * 50n) / 210n);
    });
  }

  it("is refused by the victim as well", async function () {
    const { badge, member, other } = dao;
    await request(dao, other, member);
    await refuse(dao, member);
    await networkHelpers.time.increase(30n * DAY);
    await expect(badge.recover(other, [2]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(other);
  });

  it("doesn't take the victim's claim of the last season from what is known, nor its referrer", async function () {
    const { badge, rewards, token, member, other, stranger, owners } = dao;
    const [newcomer] = owners;
    await joinWith(dao, newcomer, KIND.BUG, KIND.BUG, stranger); // 5 for the newcomer, 6 for the referrer
    await openClaims(dao, 1n);
    await award(dao, KIND.BUG, other); // 7, of season 2
    await award(dao, KIND.BUG, other); // 8, of season 2
    await recoverAll(dao, other, newcomer, [8n, 2n, 7n]);
    expect(await badge.memberOf(newcomer)).to.deep.equal([4n, 80n, 2n, 20n, 1n, 60n]);
    expect(await badge.referrerOf(newcomer)).to.equal(stranger);
    // 60 of 220 points.
    expect(await rewards.claimable(1, token, newcomer)).to.equal((BUDGET * 60n) / 220n);
    expect(await badge.pointsOf(member)).to.equal(50);
  });

  it("gives it nothing to be ashamed of for ever: a badge can be given up, with all that came with it", async function () {
    const { badge, token, member, other } = dao;
    await recoverAll(dao, other, member, [2n]);
    await badge.connect(member).renounce(2);
    expect(await badge.memberOf(member)).to.deep.equal([1n, 50n, 1n, 50n, 0n, 0n]);
    expect(await token.getVotes(member)).to.equal(tokens(1_000));
  });

  it("doesn't move the victim's own badges, which belong to no recovery", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, other, member);
    await expect(badge.recover(member, [1]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    await expect(badge.recover(other, [1]))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotRecoverable")
      .withArgs(1, other);
  });
});
