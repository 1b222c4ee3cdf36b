import { expect } from "chai";
import { id as hash, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { connect, DAY, now, type Signer, tokens } from "../../helpers/chain.js";
import { KIND, kindConfig, ROLE } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { createSafe } from "../../helpers/safe.js";
import {
  CLAIMANT,
  issueVoucher,
  type IssuingDAO,
  launchWithIssuer,
  signRedemption,
  signRedemptionAsSafe,
  signVoucher,
  signVoucherAsSafe,
  type Voucher,
  voucherOf,
} from "../../helpers/vouchers.js";

const { networkHelpers } = await connect();

const KEY = new Wallet(hash("a claim key"));

describe("Vouchers", function () {
  let dao: IssuingDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithIssuer);
  });

  const issue = (overrides: Partial<Voucher> = {}) => issueVoucher(dao, overrides);

  /** Redeems, by the launcher, who has nothing to do with it. */
  async function redeem(
    voucher: Voucher,
    signature: string,
    claimSignature = "0x",
    account = voucher.claimant,
  ) {
    return dao.badge.redeem(voucher, signature, account, ZeroAddress, claimSignature);
  }

  async function issueAndRedeem(overrides: Partial<Voucher>) {
    return redeem(...(await issue(overrides)));
  }

  describe("of an account", function () {
    it("is redeemed for it by anyone, and says for which badge", async function () {
      const { badge, issuer, member } = dao;
      const [voucher, signature] = await issue({ nonce: 7n });
      expect(await badge.isVoucherUsed(issuer, 7)).to.equal(false);
      expect(await badge.redeem.staticCall(voucher, signature, member, ZeroAddress, "0x")).to.equal(1);
      const transaction = redeem(voucher, signature);
      await expect(transaction)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(issuer, KIND.BUG, 1, [voucher.evidence], "");
      await expect(transaction).to.emit(badge, "VoucherRedeemed").withArgs(issuer, 7, member, 1);
      expect(await badge.ownerOf(1)).to.equal(member);
      expect(await badge.pointsOf(member)).to.equal(10);
      expect(await badge.isVoucherUsed(issuer, 7)).to.equal(true);
    });

    it("isn't redeemed for another", async function () {
      const { badge, member, stranger } = dao;
      const [voucher, signature] = await issue();
      const consent = await signRedemption(badge, member, voucher, { account: stranger.address });
      for (const claimSignature of ["0x", consent]) {
        await expect(redeem(voucher, signature, claimSignature, stranger.address))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantMismatch")
          .withArgs(member, stranger);
      }
    });

    it("that is a Safe, and may name who brought it, is redeemed with the signature of its owners", async function () {
      const { badge, connection, deployer, holders, stranger } = dao;
      const safe = await createSafe(connection, deployer, holders, 2, 1n);
      const account = safe.address;
      const [voucher, signature] = await issue({ claimant: account, referralKind: KIND.BUG });
      const consentOf = (...owners: Signer[]) =>
        signRedemptionAsSafe(badge, safe, owners, voucher, { account });
      for (const forged of ["0x", await consentOf(holders[0], stranger)]) {
        await expect(redeem(voucher, signature, forged))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(account);
      }
      await redeem(voucher, signature, await consentOf(holders[1], holders[2]));
      expect(await badge.ownerOf(1)).to.equal(account);
    });
  });

  describe("of a claim key", function () {
    it("is redeemed by anyone for whom the key signed", async function () {
      const { badge, issuer, member } = dao;
      const [voucher, signature] = await issue({ claimant: KEY.address, byKey: true });
      const consent = await signRedemption(badge, KEY, voucher, { account: member.address });
      await expect(redeem(voucher, signature, consent, member.address))
        .to.emit(badge, "VoucherRedeemed")
        .withArgs(issuer, 0, member, 1);
      expect(await badge.ownerOf(1)).to.equal(member);
    });

    it("needs the key's signature, over this voucher and this account", async function () {
      const { badge, member, stranger } = dao;
      const [voucher, signature] = await issue({ claimant: KEY.address, byKey: true });
      const receiver = { account: member.address };
      const invalid = [
        "0x",
        `0x${"11".repeat(65)}`,
        await signRedemption(badge, member, voucher, receiver),
        await signRedemption(badge, KEY, { ...voucher, nonce: 1n }, receiver),
        await signRedemption(badge, KEY, { ...voucher, issuer: stranger.address }, receiver),
        await signRedemption(badge, KEY, voucher, { account: KEY.address }),
        await signRedemption(badge, KEY, voucher, { ...receiver, referrer: stranger.address }),
      ];
      for (const consent of invalid) {
        await expect(redeem(voucher, signature, consent, member.address))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(KEY.address);
      }
    });

    it("isn't redeemed for nobody, nor for a contract that says it is the key", async function () {
      const { badge, safe, owners, member } = dao;
      const [voucher, signature] = await issue({ claimant: KEY.address, byKey: true });
      const forNobody = await signRedemption(badge, KEY, voucher, { account: ZeroAddress });
      await expect(redeem(voucher, signature, forNobody, ZeroAddress)).to.be.revertedWithCustomError(
        badge,
        "ERC721InvalidReceiver",
      );
      const [ofSafe, signatureOfSafe] = await issue({ claimant: safe.address, byKey: true });
      const consent = await signRedemptionAsSafe(badge, safe, owners, ofSafe, { account: member.address });
      await expect(redeem(ofSafe, signatureOfSafe, consent, member.address))
        .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
        .withArgs(safe.address);
    });
  });

  describe("issuer", function () {
    it("can be the Safe, with the signatures of its owners", async function () {
      const { badge, safe, owners, stranger } = dao;
      const voucher = await voucherOf(dao);
      const [first, second] = owners;
      for (const signers of [[first], [first, stranger]]) {
        await expect(redeem(voucher, await signVoucherAsSafe(badge, safe, signers, voucher)))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
          .withArgs(safe.address);
      }
      await expect(redeem(voucher, await signVoucherAsSafe(badge, safe, [second, first], voucher)))
        .to.emit(badge, "BadgesAwarded")
        .withArgs(safe.address, KIND.BUG, 1, [voucher.evidence], "");
    });

    const changed = {
      kind: KIND.RECIPE,
      claimant: KEY.address,
      byKey: true,
      evidence: ZeroHash,
      referralKind: KIND.BUG,
      expiry: 2n ** 48n - 1n,
      nonce: 1n,
    };
    for (const [field, value] of Object.entries(changed)) {
      it(`has to have signed the ${field}`, async function () {
        const { badge, issuer } = dao;
        const [voucher, signature] = await issue();
        await expect(redeem({ ...voucher, [field]: value }, signature))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
          .withArgs(issuer);
      });
    }

    it("has to have signed itself, and no issuer can be named in its place", async function () {
      const { badge, safe, stranger } = dao;
      const [voucher, signature] = await issue();
      for (const other of [safe.address, stranger.address, ZeroAddress]) {
        await expect(redeem({ ...voucher, issuer: other }, signature))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
          .withArgs(other);
      }
    });

    it("has to have the issuer role, without an execution delay", async function () {
      const { asSafe, badge, manager, issuer } = dao;
      const [voucher, signature] = await issue();
      await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, issuer, 1));
      await expect(redeem(voucher, signature))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(issuer, ROLE.ISSUER);
      const mine = { ...voucher, issuer: dao.stranger.address };
      await expect(redeem(mine, await signVoucher(badge, dao.stranger, mine)))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(dao.stranger, ROLE.ISSUER);
    });

    it("has to have the role that the kind names", async function () {
      const { asSafe, badge, manager, issuer } = dao;
      await asSafe(await badge.addKind.populateTransaction(kindConfig({ issuerRole: ROLE.FIRST_CUSTOM })));
      const [voucher, signature] = await issue({ kind: 4n });
      await expect(redeem(voucher, signature))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(issuer, ROLE.FIRST_CUSTOM);
      await enact(dao, [await manager.grantRole.populateTransaction(ROLE.FIRST_CUSTOM, issuer, 0)]);
      await redeem(voucher, signature);
      expect((await badge.badgeOf(1)).kind).to.equal(4);
    });
  });

  describe("expiry", function () {
    it("is the first second in which it is worth nothing", async function () {
      const { badge, connection } = dao;
      const expiry = (await now(connection)) + DAY;
      const [last, late] = [await issue({ expiry, nonce: 0n }), await issue({ expiry, nonce: 1n })];
      await networkHelpers.time.setNextBlockTimestamp(expiry - 1n);
      await redeem(...last);
      await networkHelpers.time.setNextBlockTimestamp(expiry);
      await expect(redeem(...late))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherExpired")
        .withArgs(expiry);
    });
  });

  describe("nonce", function () {
    it("is any number, each for itself and each issuer's own", async function () {
      const { badge, safe, issuer, owners } = dao;
      for (const nonce of [0n, 1n, 255n, 256n, 2n ** 256n - 1n]) {
        await issueAndRedeem({ nonce });
        expect(await badge.isVoucherUsed(issuer, nonce)).to.equal(true);
        expect(await badge.isVoucherUsed(safe.address, nonce)).to.equal(false);
      }
      expect(await badge.isVoucherUsed(issuer, 2)).to.equal(false);
      const voucher = await voucherOf(dao);
      await redeem(voucher, await signVoucherAsSafe(badge, safe, owners, voucher));
      expect(await badge.totalAwarded()).to.equal(6);
    });
  });

  describe("cancelVoucher", function () {
    it("makes a voucher of the caller worth nothing, and no other's", async function () {
      const { badge, issuer, asSafe, safe } = dao;
      await badge.connect(dao.stranger).cancelVoucher(5);
      await expect(badge.connect(issuer).cancelVoucher(4))
        .to.emit(badge, "VoucherCanceled")
        .withArgs(issuer, 4);
      await expect(issueAndRedeem({ nonce: 4n }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherUsed")
        .withArgs(issuer, 4);
      await issueAndRedeem({ nonce: 5n });
      for (const nonce of [4, 5]) {
        await expect(badge.connect(issuer).cancelVoucher(nonce))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeVoucherUsed")
          .withArgs(issuer, nonce);
      }
      await expect(asSafe(await badge.cancelVoucher.populateTransaction(4)))
        .to.emit(badge, "VoucherCanceled")
        .withArgs(safe.address, 4);
    });
  });

  describe("what holds for direct awards", function () {
    it("holds: a limit turns a voucher away, and leaves it good for another day", async function () {
      const { badge, connection, member } = dao;
      await travelTo(((await now(connection)) / DAY + 2n) * DAY);
      for (const nonce of [0n, 1n, 2n]) await issueAndRedeem({ nonce, kind: KIND.RECIPE });
      const fourth = await issue({ nonce: 3n, kind: KIND.RECIPE });
      await expect(redeem(...fourth))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeDailyPointsLimited")
        .withArgs(KIND.RECIPE, 20, 0);
      await networkHelpers.time.increase(DAY);
      await redeem(...fourth);
      await issueAndRedeem({ nonce: 4n, kind: KIND.RECIPE });
      await expect(issueAndRedeem({ nonce: 5n, kind: KIND.RECIPE }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeSupplyLimited")
        .withArgs(KIND.RECIPE, 1, 0);
      expect(await badge.balanceOf(member)).to.equal(5);
    });

    it("holds: no badge of a closed kind, or of one that doesn't exist, or while awards are halted", async function () {
      const { asSafe, badge, handover, owners } = dao;
      const early = await issue();
      for (const kind of [0n, 9n]) {
        await expect(issueAndRedeem({ kind }))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
          .withArgs(kind);
      }
      await handover.connect(owners[0]).haltAwards();
      await expect(redeem(...early)).to.be.revertedWithCustomError(badge, "ContributionBadgeHalted");
      await asSafe(await badge.resume.populateTransaction());
      await asSafe(await badge.closeKind.populateTransaction(KIND.BUG));
      await expect(redeem(...early))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeKindClosed")
        .withArgs(KIND.BUG);
    });

    it("holds: a kind with votes gives them, as far as they go", async function () {
      const { token, badge, member } = dao;
      for (let nonce = 0n; nonce < 11n; nonce++) await issueAndRedeem({ nonce, kind: KIND.AMBASSADOR });
      expect(await token.getVotes(member)).to.equal(tokens(10_000));
      expect((await badge.badgeOf(11)).votes).to.equal(0);
    });
  });
});
