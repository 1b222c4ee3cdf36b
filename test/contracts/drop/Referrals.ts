import { expect } from "chai";
import { id as hash, TypedDataEncoder, Wallet, ZeroAddress } from "ethers";
import { connect, type Connection, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { type Campaign, CLAIM, dropDomain, openCampaign } from "../../helpers/drop.js";
import { enact } from "../../helpers/proposal.js";
import { signAsSafe } from "../../helpers/safe.js";
import { award } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

/** Positions of the leaves. */
const LEAF = { ACCOUNT: 0, KEY: 1, NEITHER: 2, SAFE: 3 } as const;

interface Opened extends DAO {
  key: Wallet;
  /** A member, who can bring newcomers. */
  referrer: Signer;
  campaign: Campaign;
}

async function launchWithReferrals(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  const [referrer] = dao.holders;
  await award(dao, KIND.BUG, referrer);
  const key = new Wallet(hash("claim key"));
  const campaign = await openCampaign(
    dao,
    [
      { claimant: dao.member.address, amount: tokens(10), kind: KIND.BUG },
      { claimant: key.address, byKey: true, amount: tokens(10) },
      { claimant: dao.member.address },
      { claimant: dao.safe.address, amount: tokens(5) },
    ],
    { funding: tokens(100), referralKind: KIND.RECIPE },
  );
  return { ...dao, key, referrer, campaign };
}

describe("LoyaltyDrop, claims that name a referrer", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithReferrals);
  });

  async function expectUnsigned(attempt: Promise<unknown>, claimant: string): Promise<void> {
    await expect(attempt)
      .to.be.revertedWithCustomError(dao.drop, "ClaimantInvalidSignature")
      .withArgs(claimant);
  }

  it("record it, and award the member who brought the newcomer", async function () {
    const { badge, drop, member, referrer, campaign } = dao;
    const claiming = campaign.claim(member, LEAF.ACCOUNT, { referrer });
    await expect(claiming).to.emit(badge, "ReferralRecorded").withArgs(member, referrer, 3);
    await expect(claiming).to.emit(drop, "Claimed").withArgs(campaign.name, LEAF.ACCOUNT, member, tokens(10));
    expect(await badge.referrerOf(member)).to.equal(referrer);
    expect(await badge.ownerOf(2)).to.equal(member);
    expect((await badge.badgeOf(3)).kind).to.equal(KIND.RECIPE);
    expect(await badge.ownerOf(3)).to.equal(referrer);
  });

  it("can name nobody", async function () {
    const { badge, member, campaign } = dao;
    await expect(campaign.claim(member, LEAF.ACCOUNT)).not.to.emit(badge, "ReferralRecorded");
    expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
  });

  it("record it for a leaf that gives neither tokens nor a badge", async function () {
    const { badge, member, referrer, campaign } = dao;
    await expect(campaign.claim(member, LEAF.NEITHER, { referrer }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(member, referrer, 2);
  });

  it("are delivered by a stranger with the account's signature, and not without", async function () {
    const { badge, member, stranger, referrer, campaign } = dao;
    await expectUnsigned(campaign.claim(stranger, LEAF.ACCOUNT, { referrer }), member.address);
    await expectUnsigned(
      campaign.claim(stranger, LEAF.ACCOUNT, { referrer, signer: stranger }),
      member.address,
    );
    await expect(campaign.claim(stranger, LEAF.ACCOUNT, { referrer, signer: member }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(member, referrer, 3);
  });

  it("are delivered by a stranger with the ERC-1271 signature of a contract", async function () {
    const { drop, badge, safe, owners, stranger, referrer, campaign } = dao;
    const [name, leaf, proof, account, named] = await campaign.args(LEAF.SAFE, { referrer });
    const message = { campaign: name, index: leaf.index, account, referrer: named };
    const digest = TypedDataEncoder.hash(await dropDomain(drop), CLAIM, message);
    const signature = await signAsSafe(safe, owners, digest);
    const asStranger = drop.connect(stranger);
    await expectUnsigned(asStranger.claim(name, leaf, proof, account, ZeroAddress, signature), safe.address);
    await expect(asStranger.claim(name, leaf, proof, account, named, signature))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(safe.address, referrer, 2);
  });

  it("are what the claim key signed", async function () {
    const { badge, key, other, stranger, referrer, campaign } = dao;
    await expect(campaign.claim(stranger, LEAF.KEY, { account: other, referrer, signer: key }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(other, referrer, 2);
  });

  it("are refused as the badge refuses them, and can be made again without", async function () {
    const { badge, drop, member, stranger, campaign } = dao;
    await expect(campaign.claim(member, LEAF.ACCOUNT, { referrer: member }))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeSelfReferral")
      .withArgs(member);
    await expect(campaign.claim(member, LEAF.ACCOUNT, { referrer: stranger }))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotMember")
      .withArgs(stranger);
    await award(dao, KIND.BUG, member);
    await expect(campaign.claim(member, LEAF.ACCOUNT)).to.emit(drop, "Claimed");
  });

  it("are left out, and what was signed goes on, where the account isn't new any more", async function () {
    const { badge, drop, key, member, stranger, referrer, campaign } = dao;
    await award(dao, KIND.BUG, member);
    for (const [line, signer] of [
      [LEAF.ACCOUNT, member],
      [LEAF.KEY, key],
    ] as const) {
      const claiming = campaign.claim(stranger, line, { account: member, referrer, signer });
      await expect(claiming).to.emit(drop, "Claimed");
      await expect(claiming).not.to.emit(badge, "ReferralRecorded");
    }
    expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
    expect(await badge.referralsOf(referrer)).to.deep.equal([0n, 3n]);
  });

  it("are left out, and what was signed goes on, where who is named gave all badges up", async function () {
    const { badge, drop, key, other, stranger, referrer, campaign } = dao;
    const claim = await campaign.args(LEAF.KEY, { account: other, referrer, signer: key });
    await badge.connect(referrer).renounce(1);
    const claiming = drop.connect(stranger).claim(...claim);
    await expect(claiming).to.emit(drop, "Claimed");
    await expect(claiming).not.to.emit(badge, "ReferralRecorded");
    expect(await dao.token.balanceOf(other)).to.equal(tokens(10));
    expect(await badge.referrerOf(other)).to.equal(ZeroAddress);
  });

  it("are refused by a campaign that doesn't reward them, and by one from before the rotation", async function () {
    const { badge, drop, member, referrer, campaign } = dao;
    const without = await openCampaign(dao, [{ claimant: member.address }], { name: "夏" });
    await expect(without.claim(member, 0, { referrer }))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropNoReferrals")
      .withArgs(without.name);
    await enact(dao, [await badge.rotateIssuerRole.populateTransaction()]);
    for (const options of [{ referrer }, {}]) {
      await expect(campaign.claim(member, LEAF.NEITHER, options))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropIssuerRotated")
        .withArgs(campaign.name);
    }
    expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
  });
});

describe("LoyaltyDrop, undistributed tokens", function () {
  it("neither vote nor circulate, until a newcomer claims them and votes at once", async function () {
    const dao = await networkHelpers.loadFixture(launchDAO);
    const { drop, token, at, member, stranger } = dao;
    const figures = async () => [
      await token.getVotes(at.timelock),
      await token.getVotes(drop),
      await token.circulatingSupply(),
      await token.getVotes(member),
    ];
    const leaves = [{ claimant: member.address, amount: tokens(30_000) }];
    const campaign = await openCampaign(dao, leaves);
    expect(await figures()).to.deep.equal([tokens(4_000_000), 0n, tokens(600_000), 0n]);

    const [alice] = dao.holders;
    await token.connect(alice).approve(drop, tokens(100_000));
    await drop.connect(alice).fund(campaign.name, tokens(100_000));
    expect(await figures()).to.deep.equal([tokens(4_100_000), 0n, tokens(500_000), 0n]);

    await campaign.claim(stranger, 0);
    expect(await figures()).to.deep.equal([tokens(4_070_000), 0n, tokens(530_000), tokens(30_000)]);
    const claimed = await ethers.provider.getBlock("latest");
    await networkHelpers.mine();
    expect(await token.getPastVotes(member, claimed?.timestamp ?? 0)).to.equal(tokens(30_000));

    await dao.asSafe(await drop.stop.populateTransaction(campaign.name, "over"));
    await drop.close(campaign.name);
    expect(await figures()).to.deep.equal([tokens(4_070_000), 0n, tokens(530_000), tokens(30_000)]);
  });
});
