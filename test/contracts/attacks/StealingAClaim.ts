import { expect } from "chai";
import { Signature, Wallet, ZeroAddress } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { type Campaign, type ClaimArgs, openCampaign } from "../../helpers/drop.js";
import { travelTo } from "../../helpers/proposal.js";
import { award, sendAt } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Positions of the leaves. */
const LEAF = { KEY: 0, ACCOUNT: 1 } as const;

interface Opened extends DAO {
  key: Wallet;
  campaign: Campaign;
  /** What the customer sends, and everybody can see before it is mined. */
  pending: ClaimArgs;
}

/** The first two holders are members, and so can be named as referrers. */
async function launchWithPending(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  for (const holder of dao.holders) await award(dao, KIND.BUG, holder);
  const key = new Wallet(ethers.id("claim key"));
  const campaign = await openCampaign(
    dao,
    [
      { claimant: key.address, byKey: true, amount: tokens(10), kind: KIND.BUG },
      { claimant: dao.member.address, amount: tokens(20), kind: KIND.BUG },
    ],
    { funding: tokens(100), referralKind: KIND.RECIPE },
  );
  const [referrer] = dao.holders;
  const pending = await campaign.args(LEAF.KEY, { account: dao.other, referrer, signer: key });
  return { ...dao, key, campaign, pending };
}

describe("Attack: a claim is seen before it is mined", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPending);
  });

  async function expectRefused(change: { account?: string; referrer?: string; signature?: string }) {
    const { drop, key, stranger, pending } = dao;
    const [name, leaf, proof, account, referrer, signature] = pending;
    await expect(
      drop
        .connect(stranger)
        .claim(
          name,
          leaf,
          proof,
          change.account ?? account,
          change.referrer ?? referrer,
          change.signature ?? signature,
        ),
    )
      .to.be.revertedWithCustomError(drop, "ClaimantInvalidSignature")
      .withArgs(key.address);
  }

  it("fails to send it elsewhere", async function () {
    await expectRefused({ account: dao.stranger.address });
  });

  it("fails to name another referrer, or none", async function () {
    await expectRefused({ referrer: dao.holders[1].address });
    await expectRefused({ referrer: ZeroAddress });
  });

  it("fails to sign for it, and to put the signature in another form", async function () {
    const { stranger, pending, campaign } = dao;
    const [, leaf, , , referrer, signature] = pending;
    const { r, s, v } = Signature.from(signature);
    const mirrored = ethers.concat([
      r,
      ethers.toBeHex(CURVE_ORDER - BigInt(s), 32),
      ethers.toBeHex(v === 27 ? 28 : 27),
    ]);
    await expectRefused({ signature: mirrored });
    await expectRefused({
      account: stranger.address,
      signature: await campaign.sign(stranger, leaf.index, stranger.address, referrer),
    });
  });

  it("gains nothing by sending the same first: it goes where it was to go, with the same referrer", async function () {
    const { badge, drop, token, stranger, other, holders, pending, campaign } = dao;
    await expect(drop.connect(stranger).claim(...pending)).to.changeTokenBalances(
      ethers,
      token,
      [other, stranger],
      [tokens(10), 0],
    );
    expect(await badge.referrerOf(other)).to.equal(holders[0]);
    await expect(drop.connect(other).claim(...pending))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropAlreadyClaimed")
      .withArgs(campaign.name, LEAF.KEY);
  });

  it("fails to strip an account's referral by delivering its leaf without one", async function () {
    const { badge, drop, stranger, member, holders, campaign } = dao;
    for (const referrer of [ZeroAddress, holders[1].address]) {
      await expect(campaign.claim(stranger, LEAF.ACCOUNT, { referrer }))
        .to.be.revertedWithCustomError(drop, "ClaimantInvalidSignature")
        .withArgs(member);
    }
    await expect(campaign.claim(member, LEAF.ACCOUNT, { referrer: holders[0] }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(member, holders[0], 5);
  });

  it("fails with a referral's signature for a claim without, and the other way round", async function () {
    const { drop, stranger, member, holders, campaign } = dao;
    const [name, leaf, proof, account, referrer, signature] = await campaign.args(LEAF.ACCOUNT, {
      referrer: holders[0],
      signer: member,
    });
    const [, , , , , without] = await campaign.args(LEAF.ACCOUNT, { signer: member });
    for (const [named, signed] of [
      [ZeroAddress, signature],
      [referrer, without],
    ] as const) {
      await expect(drop.connect(stranger).claim(name, leaf, proof, account, named, signed))
        .to.be.revertedWithCustomError(drop, "ClaimantInvalidSignature")
        .withArgs(member);
    }
  });
});

describe("Attack: claiming more than once, or too late", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithPending);
  });

  it("fails for the same leaf, by the account and by a stranger", async function () {
    const { drop, token, member, stranger, campaign } = dao;
    await campaign.claim(member, LEAF.ACCOUNT);
    for (const caller of [member, stranger]) {
      await expect(campaign.claim(caller, LEAF.ACCOUNT, { signer: member }))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropAlreadyClaimed")
        .withArgs(campaign.name, LEAF.ACCOUNT);
    }
    expect(await token.balanceOf(member)).to.equal(tokens(20));
  });

  it("fails for a claim key's leaf with a new signature for another account", async function () {
    const { drop, key, stranger, member, pending, campaign } = dao;
    await drop.connect(stranger).claim(...pending);
    await expect(campaign.claim(stranger, LEAF.KEY, { account: member, signer: key }))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropAlreadyClaimed")
      .withArgs(campaign.name, LEAF.KEY);
  });

  it("succeeds for one of two leaves of one index, whoever made that mistake", async function () {
    const { drop, token, member } = dao;
    const claimant = member.address;
    const campaign = await openCampaign(
      dao,
      [
        { claimant, index: 9n, amount: tokens(1) },
        { claimant, index: 9n, amount: tokens(2) },
      ],
      { name: "twice", funding: tokens(10) },
    );
    await campaign.claim(member, 1);
    await expect(campaign.claim(member, 0))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropAlreadyClaimed")
      .withArgs(campaign.name, 9);
    expect(await token.balanceOf(member)).to.equal(tokens(2));
  });

  it("succeeds in the last second, and fails in the next and once the rest is returned", async function () {
    const { drop, member, stranger, pending, campaign } = dao;
    const { deadline } = (await drop.campaignOf(campaign.name)).terms;
    await expect(sendAt(deadline - 1n, () => campaign.claim(member, LEAF.ACCOUNT))).to.emit(drop, "Claimed");
    const late = () => drop.connect(stranger).claim(...pending);
    await expect(sendAt(deadline, late))
      .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignOver")
      .withArgs(campaign.name);
    await travelTo(deadline);
    await drop.close(campaign.name);
    await expect(late())
      .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignOver")
      .withArgs(campaign.name);
  });
});
