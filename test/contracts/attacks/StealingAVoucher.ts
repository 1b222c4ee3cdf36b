import { expect } from "chai";
import { id as hash, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { KIND } from "../../helpers/dao.js";
import {
  CLAIMANT,
  issueVoucher,
  type IssuingDAO,
  launchWithIssuer,
  signRedemption,
  signVoucher,
} from "../../helpers/vouchers.js";

const { networkHelpers } = await connect();

const KEY = new Wallet(hash("a claim key"));
const KEY_OF_THIEF = new Wallet(hash("a claim key of the thief"));

/** With two members, the honest one who brings people and the thief, and somebody who has a voucher. */
async function launchWithThief(connection: Connection) {
  const dao = await launchWithIssuer(connection);
  const { asSafe, badge, member: customer, stranger: thief, holders } = dao;
  const [friend] = holders;
  const members = [friend.address, thief.address];
  await asSafe(
    await badge.awardBatch.populateTransaction(
      KIND.BUG,
      members,
      members.map(() => ZeroHash),
      "",
    ),
  );
  return { ...dao, badge: badge.connect(thief), customer, thief, friend };
}

describe("Attack: a voucher is redeemed by whom it isn't for", function () {
  let world: IssuingDAO & Awaited<ReturnType<typeof launchWithThief>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithThief);
  });

  afterEach(async function () {
    const { badge, thief } = world;
    expect(await badge.balanceOf(thief)).to.equal(1);
    expect(await badge.referralsOf(thief)).to.deep.equal([0n, 3n]);
  });

  describe("who sees a claim key's redemption on its way", function () {
    it("can turn it neither to another account nor to another referrer", async function () {
      const { badge, customer, thief, friend } = world;
      const [voucher, signature] = await issueVoucher(world, {
        claimant: KEY.address,
        byKey: true,
        referralKind: KIND.BUG,
      });
      const consent = await signRedemption(badge, KEY, voucher, {
        account: customer.address,
        referrer: friend.address,
      });
      for (const [account, referrer] of [
        [thief.address, friend.address],
        [thief.address, ZeroAddress],
        [customer.address, thief.address],
        [customer.address, ZeroAddress],
        [friend.address, customer.address],
      ] as const) {
        await expect(badge.redeem(voucher, signature, account, referrer, consent))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(KEY.address);
      }
      // Sent first by the thief as it is, it does what its owner wanted.
      await badge.redeem(voucher, signature, customer, friend, consent);
      expect(await badge.balanceOf(customer)).to.equal(1);
      expect(await badge.referrerOf(customer)).to.equal(friend);
      expect(await badge.referralsOf(friend)).to.deep.equal([1n, 3n]);
    });

    it("can't use it with another voucher, of this issuer or of another", async function () {
      const { badge, customer, asSafe, manager, holders } = world;
      const [, another] = holders;
      await asSafe(await manager.grantRole.populateTransaction(3, another, 0));
      const [voucher] = await issueVoucher(world, { claimant: KEY.address, byKey: true });
      const consent = await signRedemption(badge, KEY, voucher, { account: customer.address });
      const [next, signatureOfNext] = await issueVoucher(world, { ...voucher, nonce: 1n });
      const theirs = { ...voucher, issuer: another.address };
      for (const [other, signature] of [
        [next, signatureOfNext],
        [theirs, await signVoucher(badge, another, theirs)],
      ] as const) {
        await expect(badge.redeem(other, signature, customer, ZeroAddress, consent))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(KEY.address);
      }
    });

    it("can't put a claim key of its own in", async function () {
      const { badge, issuer, thief } = world;
      const [voucher, signature] = await issueVoucher(world, { claimant: KEY.address, byKey: true });
      const mine = { ...voucher, claimant: KEY_OF_THIEF.address };
      const consent = await signRedemption(badge, KEY_OF_THIEF, mine, { account: thief.address });
      await expect(badge.redeem(mine, signature, thief, ZeroAddress, consent))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
        .withArgs(issuer);
      await expect(badge.redeem(voucher, signature, thief, ZeroAddress, consent))
        .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
        .withArgs(KEY.address);
    });
  });

  describe("who sees an account's voucher", function () {
    it("can't have it, also not as if it were a claim key's", async function () {
      const { badge, customer, issuer, thief } = world;
      const [voucher, signature] = await issueVoucher(world);
      await expect(badge.redeem(voucher, signature, thief, ZeroAddress, "0x"))
        .to.be.revertedWithCustomError(CLAIMANT, "ClaimantMismatch")
        .withArgs(customer, thief);
      const byKey = { ...voucher, byKey: true };
      const consent = await signRedemption(badge, customer, voucher, { account: thief.address });
      await expect(badge.redeem(byKey, signature, thief, ZeroAddress, consent))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
        .withArgs(issuer);
      expect(await badge.isVoucherUsed(issuer, voucher.nonce)).to.equal(false);
    });

    it("can't strip it of the referral, or name itself, by redeeming it for its owner", async function () {
      const { badge, customer, thief, friend } = world;
      const [voucher, signature] = await issueVoucher(world, { referralKind: KIND.BUG });
      const receiver = { account: customer.address, referrer: friend.address };
      const consent = await signRedemption(badge, customer, voucher, receiver);
      const forged = await signRedemption(badge, thief, voucher, { ...receiver, referrer: thief.address });
      for (const [referrer, claimSignature] of [
        [ZeroAddress, "0x"],
        [ZeroAddress, consent],
        [thief.address, "0x"],
        [thief.address, consent],
        [thief.address, forged],
        [friend.address, "0x"],
      ] as const) {
        await expect(badge.redeem(voucher, signature, customer, referrer, claimSignature))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(customer);
      }
      await badge.connect(customer).redeem(voucher, signature, customer, friend, "0x");
      expect(await badge.referrerOf(customer)).to.equal(friend);
    });

    it("can't name itself where the voucher rewards no referral", async function () {
      const { badge, customer, thief } = world;
      const [voucher, signature] = await issueVoucher(world);
      await expect(badge.redeem(voucher, signature, customer, thief, "0x")).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNoReferrals",
      );
      await badge.redeem(voucher, signature, customer, ZeroAddress, "0x");
      expect(await badge.balanceOf(customer)).to.equal(1);
      expect(await badge.referrerOf(customer)).to.equal(ZeroAddress);
    });
  });
});
