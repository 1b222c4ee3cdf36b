import { expect } from "chai";
import { type ContractTransactionResponse, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { type Campaign, openCampaign } from "../../helpers/drop.js";
import { travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const VOTES = tokens(1_000);
const WINDOW = 7n * DAY;

/** The lines of the campaign. */
const VICTIM = 0;
const ATTACKER = [1, 2];

interface Opened extends DAO {
  campaign: Campaign;
  key: Wallet;
}

/**
 * A campaign with a badge with votes for `member`, a known account, and two for whoever holds a key: the attacker. The bucket
 * lets the votes of two badges through, the share of 0.5 % of 600,000 tokens those of three.
 */
async function launchWithCampaign(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection, {
    token: { contributionShareBps: 50n, contributionLimit: { amount: 2n * VOTES, window: WINDOW } },
  });
  const key = new Wallet(`0x${"ab".repeat(32)}`);
  const byKey = { claimant: key.address, byKey: true, kind: KIND.AMBASSADOR };
  const campaign = await openCampaign(dao, [
    { claimant: dao.member.address, kind: KIND.AMBASSADOR },
    byKey,
    byKey,
  ]);
  return { ...dao, campaign, key };
}

describe("Attack: a stranger has the votes withheld that somebody else has earned", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCampaign);
  });

  /** Empties the bucket: with the attacker's own lines, which it may claim at any time. */
  async function emptyBucket(): Promise<void> {
    const { campaign, key, stranger } = dao;
    for (const line of ATTACKER) await campaign.claim(stranger, line, { account: stranger, signer: key });
  }

  async function expectWithheld(claiming: Promise<ContractTransactionResponse>): Promise<bigint> {
    const { badge, member, token } = dao;
    await expect(claiming).to.emit(token, "ContributionVotesWithheld").withArgs(member, VOTES);
    const id = await badge.totalAwarded();
    expect(await badge.ownerOf(id)).to.equal(member);
    expect((await badge.badgeOf(id)).votes).to.equal(0);
    expect(await token.getVotes(member)).to.equal(0);
    return id;
  }

  /** Anyone helps: the victim itself, or somebody who wishes it well. */
  async function expectGranted(id: bigint): Promise<void> {
    const { badge, launcher, member, token } = dao;
    const granting = badge.connect(launcher).grantVotes([id]);
    await expect(granting).to.emit(badge, "VotesGranted").withArgs(id, member, VOTES);
    await expect(granting).to.emit(token, "ContributionVotesMoved").withArgs(ZeroAddress, member, VOTES);
    expect((await badge.badgeOf(id)).votes).to.equal(VOTES);
    expect(await token.contributionVotes(member)).to.equal(VOTES);
    expect(await token.getVotes(member)).to.equal(VOTES);
  }

  it("by delivering its line while the bucket is empty: only until it has refilled", async function () {
    const { asSafe, badge, campaign, stranger, other } = dao;
    await asSafe(
      await badge.awardBatch.populateTransaction(KIND.AMBASSADOR, [other, other], [ZeroHash, ZeroHash], ""),
    );
    const id = await expectWithheld(campaign.claim(stranger, VICTIM));
    await travelTo((await now(dao.connection)) + WINDOW / 2n);
    await expectGranted(id);
  });

  it("by parking votes with the treasury around the delivery: only until it is over", async function () {
    const { asSafe, at, badge, campaign, holders, other, token } = dao;
    await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, other, ZeroHash));
    // Half of the tokens: of the rest, 0.5 % are 1,500 votes, and 1,000 are out already.
    const [alice] = holders;
    await token.connect(alice).delegate(at.timelock);
    const id = await expectWithheld(campaign.claim(alice, VICTIM));
    await token.connect(alice).delegate(alice);
    await expectGranted(id);
  });

  it("by emptying the bucket in front of its claim: only until it has refilled", async function () {
    const { badge, campaign, member } = dao;
    await emptyBucket();
    const id = await expectWithheld(campaign.claim(member, VICTIM));
    await expect(badge.grantVotes([id])).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeNoVotesGranted",
    );
    await travelTo((await now(dao.connection)) + WINDOW / 2n);
    await expectGranted(id);
  });

  it("by giving one of a batch before: the others aren't lost with it", async function () {
    const { asSafe, badge, campaign, member, other, stranger, token } = dao;
    await emptyBucket();
    const id = await expectWithheld(campaign.claim(stranger, VICTIM));
    await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, other, ZeroHash));
    await token.connect(dao.holders[0]).transfer(member, 1n);
    await travelTo((await now(dao.connection)) + WINDOW);
    await badge.connect(stranger).grantVotes([id]);
    // The share of 3,000 is full now.
    await expect(badge.grantVotes([id, id + 1n])).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeNoVotesGranted",
    );
    await badge.connect(stranger).renounce(2n);
    await badge.connect(member).grantVotes([id, id + 1n]);
    expect(await token.contributionVotes(other)).to.equal(VOTES);
    expect(await token.contributionVotes(member)).to.equal(VOTES);
  });
});
