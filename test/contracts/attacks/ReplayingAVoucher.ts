import { expect } from "chai";
import { encodeBytes32String, id as hash, Wallet, ZeroAddress } from "ethers";
import { ContributionBadge__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  badgeDomain,
  CLAIMANT,
  issueVoucher,
  launchWithIssuer,
  REDEMPTION,
  signRedemption,
  signVoucher,
  signVoucherAsSafe,
  VOUCHER,
  type Voucher,
  voucherOf,
} from "../../helpers/vouchers.js";

const { ethers, networkHelpers } = await connect();

const KEY = new Wallet(hash("a claim key"));
const GARBAGE = `0x${"11".repeat(64)}1b`;

/** With a second DAO of the same brand: the same implementations, the same verifier, the same Safe as issuer. */
async function launchTwice(connection: Connection) {
  const dao = await launchWithIssuer(connection);
  const { factory, launcher, config } = dao;
  const salt = encodeBytes32String("second");
  await factory.connect(launcher).launch({ ...config, salt });
  const { badge } = await factory.predict(launcher, salt, config.handover);
  return { ...dao, second: ContributionBadge__factory.connect(badge, launcher) };
}

describe("Attack: a voucher is used where or when it is worth nothing", function () {
  let world: Awaited<ReturnType<typeof launchTwice>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchTwice);
  });

  async function redeem(voucher: Voucher, signature: string, badge = world.badge) {
    return badge.redeem(voucher, signature, voucher.claimant, ZeroAddress, "0x");
  }

  it("can't twice, by whomever, whatever else it is said to be", async function () {
    const { badge, issuer, member, stranger } = world;
    const [voucher, signature] = await issueVoucher(world);
    await redeem(voucher, signature);
    const again = [voucher, { ...voucher, kind: 2n }, { ...voucher, claimant: stranger.address }];
    for (const caller of [member, stranger, issuer]) {
      for (const each of again) {
        await expect(redeem(each, signature, badge.connect(caller)))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherUsed")
          .withArgs(issuer, voucher.nonce);
      }
    }
    await badge.connect(member).renounce(1);
    await expect(redeem(voucher, signature))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherUsed")
      .withArgs(issuer, voucher.nonce);
  });

  it("can't on the badge of another DAO, also where the issuer is the same", async function () {
    const { badge, second, safe, owners } = world;
    const voucher = await voucherOf(world);
    const signature = await signVoucherAsSafe(badge, safe, owners, voucher);
    await expect(redeem(voucher, signature, second))
      .to.be.revertedWithCustomError(second, "ContributionBadgeInvalidVoucher")
      .withArgs(safe.address);
    await redeem(voucher, signature);
    // There, the same nonce is another voucher's.
    await redeem(voucher, await signVoucherAsSafe(second, safe, owners, voucher), second);
  });

  it("can't with what a claim key signed for another DAO", async function () {
    const { badge, second, safe, owners, member, stranger } = world;
    const voucher = await voucherOf(world, { claimant: KEY.address, byKey: true });
    const signature = await signVoucherAsSafe(second, safe, owners, voucher);
    const consent = await signRedemption(badge, KEY, voucher, { account: stranger.address });
    await expect(second.redeem(voucher, signature, stranger, ZeroAddress, consent))
      .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
      .withArgs(KEY.address);
    const meant = await signRedemption(second, KEY, voucher, { account: member.address });
    await second.redeem(voucher, signature, member, ZeroAddress, meant);
    expect(await second.balanceOf(member)).to.equal(1);
  });

  it("can't on another chain: both signatures are for one", async function () {
    const { badge, issuer, member } = world;
    const domain = await badgeDomain(badge);
    const elsewhere = { ...domain, chainId: 10n };
    const voucher = await voucherOf(world, {
      issuer: issuer.address,
      claimant: KEY.address,
      byKey: true,
    });
    const receiver = { account: member.address, referrer: ZeroAddress };
    const message = { issuer: voucher.issuer, nonce: voucher.nonce, ...receiver };
    const consent = await KEY.signTypedData(elsewhere, REDEMPTION, message);
    await expect(
      badge.redeem(
        voucher,
        await issuer.signTypedData(elsewhere, VOUCHER, voucher),
        member,
        ZeroAddress,
        consent,
      ),
    )
      .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
      .withArgs(issuer);
    await expect(
      badge.redeem(
        voucher,
        await issuer.signTypedData(domain, VOUCHER, voucher),
        member,
        ZeroAddress,
        consent,
      ),
    )
      .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
      .withArgs(KEY.address);
  });

  it("can't after it was canceled, nor after it expired", async function () {
    const { badge, issuer } = world;
    const [canceled, signatureOfCanceled] = await issueVoucher(world);
    await badge.connect(issuer).cancelVoucher(canceled.nonce);
    await expect(redeem(canceled, signatureOfCanceled))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherUsed")
      .withArgs(issuer, canceled.nonce);
    const [expired, signatureOfExpired] = await issueVoucher(world, { nonce: 1n });
    await travelTo(expired.expiry);
    await expect(redeem(expired, signatureOfExpired))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherExpired")
      .withArgs(expired.expiry);
    await expect(redeem({ ...expired, expiry: expired.expiry + DAY }, signatureOfExpired))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
      .withArgs(issuer);
  });

  it("can't after its issuer was dismissed", async function () {
    const { asSafe, badge, manager, issuer } = world;
    const [voucher, signature] = await issueVoucher(world);
    await asSafe(await manager.revokeRole.populateTransaction(ROLE.ISSUER, issuer));
    await expect(redeem(voucher, signature))
      .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
      .withArgs(issuer, ROLE.ISSUER);
    expect(await badge.isVoucherUsed(issuer, voucher.nonce)).to.equal(false);
  });

  it("can't after power was handed over, which ends every issuer", async function () {
    const { badge, handover, safe, owners, issuer, config } = world;
    const expiry = config.handover.communityDate + 300n * DAY;
    const ofSafe = await voucherOf(world, { expiry });
    const vouchers = [
      [ofSafe, await signVoucherAsSafe(badge, safe, owners, ofSafe)],
      await issueVoucher(world, { expiry }),
    ] as const;
    await travelTo(config.handover.communityDate);
    await handover.handOver();
    for (const [index, [voucher, signature]] of vouchers.entries()) {
      await expect(redeem(voucher, signature))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs([safe.address, issuer.address][index], ROLE.ISSUER + 2n ** 32n);
    }
  });

  it("can't in the name of a contract of the DAO, above all not of the drop, which may award", async function () {
    const { at, badge, safe, owners, stranger } = world;
    for (const contract of [at.drop, at.badge, at.timelock, at.handover, at.manager]) {
      const voucher = await voucherOf(world, { issuer: contract });
      const signatures = [
        "0x",
        GARBAGE,
        await signVoucher(badge, stranger, voucher),
        await signVoucherAsSafe(badge, safe, owners, voucher),
      ];
      for (const signature of signatures) {
        await expect(redeem(voucher, signature))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
          .withArgs(contract);
      }
    }
  });

  it("can't in nobody's name, or in that of a contract which agrees to everything", async function () {
    const { badge } = world;
    const ofNobody = await voucherOf(world, { issuer: ZeroAddress });
    for (const signature of ["0x", GARBAGE, `0x${"00".repeat(65)}`]) {
      await expect(redeem(ofNobody, signature))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
        .withArgs(ZeroAddress);
    }
    const agrees = await ethers.deployContract("Hostile");
    const voucher = await voucherOf(world, { issuer: await agrees.getAddress() });
    await expect(redeem(voucher, "0x"))
      .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
      .withArgs(agrees, ROLE.ISSUER);
  });
});
