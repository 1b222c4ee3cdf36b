import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "../../helpers/dao.js";
import { type Campaign, fundCampaign, openCampaign } from "../../helpers/drop.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { award, balanceOf, deployToken, fundSeason, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

interface Opened extends DAO {
  small: Campaign;
  large: Campaign;
}

/** Two campaigns: a small one with 10 tokens, whose leaf wants 1,000, and a large one with 1,000. */
async function launchWithTwo(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  const { stranger, member } = dao;
  const small = await openCampaign(
    dao,
    [
      { claimant: stranger.address, amount: tokens(1_000) },
      { claimant: stranger.address, amount: tokens(4) },
    ],
    { name: "small", funding: tokens(10) },
  );
  const deadline = (await now(connection)) + 60n * DAY;
  const leaves = [{ claimant: member.address, amount: tokens(1_000) }];
  const large = await openCampaign(dao, leaves, { name: "large", funding: tokens(1_000), deadline });
  return { ...dao, small, large };
}

describe("Attack: draining one campaign through another", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithTwo);
  });

  it("fails by claiming more than the campaign has, although the drop has it", async function () {
    const { drop, token, stranger, small } = dao;
    expect(await token.balanceOf(drop)).to.equal(tokens(1_010));
    await expect(small.claim(stranger, 0))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropUnderfunded")
      .withArgs(small.name, tokens(1_000), tokens(10));
  });

  it("fails by closing it twice, or after claims", async function () {
    const { asSafe, drop, token, at, stranger, member, small, large } = dao;
    await small.claim(stranger, 1);
    await asSafe(await drop.stop.populateTransaction(small.name, "over"));
    const closing = drop.connect(stranger).close(small.name);
    await expect(closing).to.changeTokenBalance(ethers, token, at.timelock, tokens(6));
    const again = drop.connect(stranger).close(small.name);
    await expect(again).to.emit(drop, "CampaignClosed").withArgs(small.name, 0);
    await expect(again).to.changeTokenBalances(ethers, token, [drop, at.timelock], [0, 0]);
    await expect(large.claim(member, 0)).to.changeTokenBalance(ethers, token, member, tokens(1_000));
  });

  it("fails by funding what is over already, to have it sent on", async function () {
    const { drop, stranger, small, large } = dao;
    await travelTo((await drop.campaignOf(small.name)).terms.deadline);
    await drop.connect(stranger).close(small.name);
    await expect(fundCampaign(dao, small, 1n))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignOver")
      .withArgs(small.name);
    await expect(drop.connect(stranger).close(large.name))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignRunning")
      .withArgs(large.name);
    expect((await drop.campaignOf(large.name)).tokens).to.equal(tokens(1_000));
  });
});

describe("Attack: a steward's own campaign outlives the handover", function () {
  interface Outliving extends DAO {
    campaign: Campaign;
  }

  /** The Safe opens a campaign for its accomplice, for as long as it can; then it has to hand over. */
  async function launchAndHandOver(connection: Connection): Promise<Outliving> {
    const dao = await launchDAO(connection);
    const { stranger, handover, config } = dao;
    const claimant = stranger.address;
    const [referrer] = dao.holders;
    await award(dao, KIND.BUG, referrer);
    const campaign = await openCampaign(
      dao,
      [
        { claimant, kind: KIND.AMBASSADOR },
        { claimant, kind: KIND.BUG, amount: tokens(10) },
        { claimant },
        { claimant, amount: tokens(20) },
      ],
      { deadline: (await now(connection)) + 1_460n * DAY, funding: tokens(100), referralKind: KIND.BUG },
    );
    await travelTo(config.handover.communityDate);
    await handover.handOver();
    return { ...dao, campaign };
  }

  let dao: Outliving;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchAndHandOver);
  });

  it("and gives neither votes, nor points, nor badges for referrals any more", async function () {
    const { badge, drop, token, stranger, holders, campaign } = dao;
    for (const [leaf, options] of [
      [0, {}],
      [2, { referrer: holders[0] }],
    ] as const) {
      await expect(campaign.claim(stranger, leaf, options))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropIssuerRotated")
        .withArgs(campaign.name);
    }
    await campaign.claim(stranger, 1, { referrer: holders[0] });
    expect(await badge.referrerOf(stranger)).to.equal(ZeroAddress);
    expect(await badge.pointsOf(stranger)).to.equal(0);
    expect(await token.getVotes(stranger)).to.equal(tokens(10));
  });

  it("and gives only the tokens that it was funded with", async function () {
    const { token, stranger, campaign } = dao;
    await expect(campaign.claim(stranger, 3)).to.changeTokenBalance(ethers, token, stranger, tokens(20));
  });

  it("until a passed proposal stops it, which the Safe can't any more", async function () {
    const { asSafe, drop, token, at, safe, stranger, campaign } = dao;
    const stop = await drop.stop.populateTransaction(campaign.name, "for whom was this?");
    await expect(asSafe(stop))
      .to.be.revertedWithCustomError(drop, "RoleRestrictedUnauthorized")
      .withArgs(safe.address, ROLE.STEWARD);
    await enact(dao, [stop, await drop.close.populateTransaction(campaign.name)]);
    expect(await token.balanceOf(at.timelock)).to.equal(tokens(4_000_100));
    await expect(campaign.claim(stranger, 3))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignOver")
      .withArgs(campaign.name);
  });

  it("and no new one is opened by the Safe", async function () {
    const { asSafe, drop, safe, campaign } = dao;
    const { terms } = await drop.campaignOf(campaign.name);
    const { root, deadline, referralKind } = terms;
    const open = await drop.open.populateTransaction(ethers.id("new"), { root, deadline, referralKind });
    await expect(asSafe(open))
      .to.be.revertedWithCustomError(drop, "AccessManagedUnauthorized")
      .withArgs(safe.address);
  });
});

describe("Attack: claiming a season's reward more than once", function () {
  async function launchWithBudget(connection: Connection) {
    const dao = await launchDAO(connection);
    const plain = await deployToken("PlainToken", [dao.stranger]);
    await award(dao, KIND.BUG, dao.member, 3);
    await award(dao, KIND.BUG, dao.other, 1);
    await fundSeason(dao, dao.stranger, 1n, plain, 400n);
    await openClaims(dao, 1n);
    return { ...dao, plain };
  }

  it("fails by a second claim, by losing points in between, and by earning new ones", async function () {
    const dao = await networkHelpers.loadFixture(launchWithBudget);
    const { badge, rewards, plain, member, other, stranger } = dao;
    const expectNothing = async () => {
      await expect(rewards.connect(stranger).claim(1, plain, member))
        .to.be.revertedWithCustomError(rewards, "ContributionRewardsNothingToClaim")
        .withArgs(1, plain, member);
    };
    await rewards.claim(1, plain, member);
    await expectNothing();
    await badge.connect(member).renounce(1);
    await expectNothing();
    await award(dao, KIND.BUG, member, 5);
    await expectNothing();
    await rewards.claim(1, plain, other);
    expect([await balanceOf(plain, member), await balanceOf(plain, other)]).to.deep.equal([300n, 100n]);
    expect(await balanceOf(plain, rewards)).to.equal(0);
  });
});
