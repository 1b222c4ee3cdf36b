import { expect } from "chai";
import { encodeBytes32String, id as hash, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, type Signer } from "../../helpers/chain.js";
import { KIND, kindConfig, ROLE } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { issueVoucher, type IssuingDAO, launchWithIssuer, type Voucher } from "../../helpers/vouchers.js";

const { networkHelpers } = await connect();

const CAMPAIGN = encodeBytes32String("friends");

/** With an issuer that is a plain account, a member with badge 1, and a kind for bringing others. */
async function launchWithMember(connection: Connection) {
  const dao = await launchWithIssuer(connection);
  const { asSafe, badge, member } = dao;
  await asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash));
  await asSafe(await badge.addKind.populateTransaction(kindConfig({ name: "紹介", points: 5n })));
  return dao;
}

const BROUGHT = 4n;

describe("Referrals", function () {
  let dao: IssuingDAO;
  let nonce: bigint;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMember);
    nonce = 0n;
  });

  /** A voucher for `account`, that it redeems itself, saying who brought it. */
  async function join(account: Signer, referrer: { address: string }, overrides: Partial<Voucher> = {}) {
    const [voucher, signature] = await issueVoucher(dao, {
      claimant: account.address,
      referralKind: BROUGHT,
      nonce: nonce++,
      ...overrides,
    });
    return dao.badge.connect(account).redeem(voucher, signature, account, referrer.address, "0x");
  }

  /** Joins and gets the badge, though nothing is recorded: what was signed isn't lost with its referral. */
  async function expectUnrecorded(account: Signer, referrer: Signer): Promise<void> {
    const { badge } = dao;
    const before = [await badge.referrerOf(account), await badge.referralsOf(referrer)];
    const points = await badge.pointsOf(referrer);
    const transaction = join(account, referrer);
    await expect(transaction).not.to.emit(badge, "ReferralRecorded");
    await expect(transaction).to.emit(badge, "VoucherRedeemed");
    expect(await badge.ownerOf(await badge.totalAwarded())).to.equal(account);
    expect([await badge.referrerOf(account), await badge.referralsOf(referrer)]).to.deep.equal(before);
    expect(await badge.pointsOf(referrer)).to.equal(points);
  }

  async function addKind(overrides: Parameters<typeof kindConfig>[0]): Promise<bigint> {
    await dao.asSafe(await dao.badge.addKind.populateTransaction(kindConfig(overrides)));
    return dao.badge.kindCount();
  }

  describe("through a voucher", function () {
    it("are recorded for ever, and earn the one who brought a newcomer a badge", async function () {
      const { badge, member, stranger, issuer } = dao;
      expect(await badge.referralsOf(member)).to.deep.equal([0n, 3n]);
      const transaction = join(stranger, member);
      await expect(transaction).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 3);
      await expect(transaction).to.emit(badge, "BadgesAwarded").withArgs(issuer, BROUGHT, 3, [ZeroHash], "");
      expect(await badge.ownerOf(2)).to.equal(stranger);
      expect(await badge.ownerOf(3)).to.equal(member);
      expect(await badge.pointsOf(member)).to.equal(15);
      expect(await badge.referrerOf(stranger)).to.equal(member);
      expect(await badge.referrerOf(member)).to.equal(ZeroAddress);
      expect(await badge.referralsOf(member)).to.deep.equal([1n, 3n]);
      await badge.connect(stranger).renounce(2);
      expect(await badge.referrerOf(stranger)).to.equal(member);
    });

    it("need not be named", async function () {
      const { badge, stranger } = dao;
      await expect(join(stranger, { address: ZeroAddress })).not.to.emit(badge, "ReferralRecorded");
      expect(await badge.balanceOf(stranger)).to.equal(1);
      expect(await badge.referrerOf(stranger)).to.equal(ZeroAddress);
    });

    it("can't be named where the voucher doesn't reward them", async function () {
      const { badge, member, stranger } = dao;
      await expect(join(stranger, member, { referralKind: 0n })).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNoReferrals",
      );
    });
  });

  describe("who can be named, and by whom", function () {
    it("isn't oneself", async function () {
      const { badge, member, stranger } = dao;
      for (const account of [stranger, member]) {
        await expect(join(account, account))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeSelfReferral")
          .withArgs(account);
      }
    });

    it("is a member: not whoever never had a badge", async function () {
      const { badge, stranger, launcher } = dao;
      await expect(join(stranger, launcher))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNotMember")
        .withArgs(launcher);
    });

    it("is a member still: one who gave all up, or lost it, isn't recorded, and the newcomer has the badge", async function () {
      const { asSafe, badge, member, stranger, launcher } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.BUG, launcher, ZeroHash)); // 2
      await badge.connect(member).renounce(1);
      await expectUnrecorded(stranger, member);
      await asSafe(await badge.revoke.populateTransaction(2, "by mistake"));
      await expectUnrecorded(dao.other, launcher);
      // Once it has one again, it can be named again.
      await asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash));
      await expect(join(dao.deployer, member)).to.emit(badge, "ReferralRecorded");
    });

    it("is by a newcomer: a member, or whoever gave all up or lost it, gets the badge and names nobody", async function () {
      const { asSafe, badge, member, stranger, launcher } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.BUG, stranger, ZeroHash));
      await asSafe(await badge.award.populateTransaction(KIND.BUG, launcher, ZeroHash));
      await expectUnrecorded(stranger, member); // 4
      await badge.connect(stranger).renounce(2);
      await badge.connect(stranger).renounce(4);
      await expectUnrecorded(stranger, member);
      await asSafe(await badge.revoke.populateTransaction(3, "by mistake"));
      await expectUnrecorded(launcher, member);
    });
  });

  it("earn the badge that uses up the points of the day exactly, and none beyond", async function () {
    const { badge, member, stranger, launcher } = dao;
    const kind = await addKind({ name: "Daily", points: 10n, dailyPointsLimit: 20n });
    await join(stranger, member, { referralKind: kind }); // 2, and 3 for the member
    await expect(join(launcher, member, { referralKind: kind }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(launcher, member, 5);
    await expect(join(dao.other, member, { referralKind: kind }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(dao.other, member, 0);
    expect(await badge.pointsOf(member)).to.equal(10 + 20);
  });

  it("leave the last badge of a kind to the newcomer", async function () {
    const { badge, member, stranger } = dao;
    const kind = await addKind({ name: "Last", supplyLimit: 1n });
    await expect(join(stranger, member, { kind, referralKind: kind }))
      .to.emit(badge, "ReferralRecorded")
      .withArgs(stranger, member, 0);
    expect(await badge.ownerOf(2)).to.equal(stranger);
    expect(await badge.referralsOf(member)).to.deep.equal([0n, 3n]);
  });

  describe("a season's limit", function () {
    it("leaves the badge out and not the record, and starts anew with the next season", async function () {
      const { badge, member, holders, stranger, launcher, deployer, config } = dao;
      for (const account of holders) await join(account, member);
      expect(await badge.referralsOf(member)).to.deep.equal([3n, 3n]);
      await expect(join(stranger, member)).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 0);
      expect(await badge.referrerOf(stranger)).to.equal(member);
      expect(await badge.referralsOf(member)).to.deep.equal([3n, 3n]);
      expect(await badge.balanceOf(member)).to.equal(4);
      // It is each member's own.
      await expect(join(launcher, stranger))
        .to.emit(badge, "ReferralRecorded")
        .withArgs(launcher, stranger, 10);

      const { end } = await badge.seasonBounds(1);
      await travelTo(end);
      expect(await badge.referralsOf(member)).to.deep.equal([0n, config.members.referralLimit]);
      await expect(join(deployer, member)).to.emit(badge, "ReferralRecorded").withArgs(deployer, member, 12);
      expect(await badge.referralsOf(member)).to.deep.equal([1n, 3n]);
    });

    it("is changed by a passed proposal, also to none", async function () {
      const { badge, member, stranger } = dao;
      await enact(dao, [await badge.setLimits.populateTransaction(1_000, 0, 2)]);
      await expect(join(stranger, member)).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 0);
      expect(await badge.referralsOf(member)).to.deep.equal([0n, 0n]);
    });
  });

  describe("the kind's limits", function () {
    const limits: [string, Parameters<typeof kindConfig>[0]][] = [
      ["supply", { supplyLimit: 1n }],
      ["points of a day", { dailyPointsLimit: 19n }],
    ];
    for (const [what, limit] of limits) {
      it(`leave the badge out and not the record: ${what}`, async function () {
        const { badge, member, stranger, launcher } = dao;
        const referralKind = await addKind(limit);
        await travelTo(((await now(dao.connection)) / DAY + 1n) * DAY);
        await expect(join(stranger, member, { referralKind }))
          .to.emit(badge, "ReferralRecorded")
          .withArgs(stranger, member, 3);
        await expect(join(launcher, member, { referralKind }))
          .to.emit(badge, "ReferralRecorded")
          .withArgs(launcher, member, 0);
        expect(await badge.referrerOf(launcher)).to.equal(member);
        expect(await badge.referralsOf(member)).to.deep.equal([1n, 3n]);
      });
    }

    it("leave the badge out and not the record: a kind that was closed", async function () {
      const { asSafe, badge, member, stranger } = dao;
      await asSafe(await badge.closeKind.populateTransaction(BROUGHT));
      await expect(join(stranger, member)).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 0);
    });

    it("but votes can't be earned by bringing others", async function () {
      const { badge, member, stranger } = dao;
      await expect(join(stranger, member, { referralKind: KIND.AMBASSADOR })).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeVotingKind",
      );
    });

    it("but the kind has to be there, and one that the issuer can award", async function () {
      const { badge, member, stranger, issuer } = dao;
      await expect(join(stranger, member, { referralKind: 9n }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
        .withArgs(9);
      const referralKind = await addKind({ issuerRole: ROLE.FIRST_CUSTOM });
      await expect(join(stranger, member, { referralKind }))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(issuer, ROLE.FIRST_CUSTOM);
    });
  });

  describe("awardClaim", function () {
    /** A campaign of the real drop with one leaf for each of `accounts`, of the badge `kind`; each is a campaign. */
    async function open(account: Signer, kind: bigint, referralKind = BROUGHT, name = CAMPAIGN) {
      const { asSafe, drop, connection } = dao;
      const leaf = {
        index: 0n,
        claimant: account.address,
        byKey: false,
        amount: 0n,
        kind,
        evidence: hash("why"),
      };
      const root = await drop.leafHash(name, leaf);
      const deadline = (await now(connection)) + 300n * DAY;
      await asSafe(await drop.open.populateTransaction(name, { root, deadline, referralKind }));
      return (referrer: { address: string }) =>
        drop.connect(account).claim(name, leaf, [], account, referrer.address, "0x");
    }

    it("is the drop's alone", async function () {
      const { asSafe, badge, stranger, safe, issuer } = dao;
      const args = [ROLE.ISSUER, stranger.address, ZeroAddress, KIND.BUG, ZeroHash, 0] as const;
      for (const caller of [stranger, issuer]) {
        await expect(badge.connect(caller).awardClaim(...args))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeNotDrop")
          .withArgs(caller);
      }
      await expect(asSafe(await badge.awardClaim.populateTransaction(...args)))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNotDrop")
        .withArgs(safe.address);
    });

    it("awards a badge with its evidence, and records who brought the newcomer", async function () {
      const { at, badge, member, stranger } = dao;
      const claim = await open(stranger, KIND.BUG);
      const transaction = claim(member);
      await expect(transaction).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 3);
      await expect(transaction)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(at.drop, KIND.BUG, 2, [hash("why")], "");
      expect(await badge.referrerOf(stranger)).to.equal(member);
    });

    it("records whom an account names once, also where it got no badge and still is a newcomer", async function () {
      const { asSafe, badge, member, stranger, launcher } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.BUG, launcher, ZeroHash));
      const claim = await open(stranger, 0n);
      await expect(claim(member)).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 3);
      expect(await badge.balanceOf(stranger)).to.equal(0);
      const again = await open(stranger, 0n, BROUGHT, encodeBytes32String("friends again"));
      await expect(again(launcher)).to.emit(dao.drop, "Claimed").and.not.to.emit(badge, "ReferralRecorded");
      const later = await open(stranger, 0n, BROUGHT, encodeBytes32String("friends later"));
      await expect(later(member)).to.emit(dao.drop, "Claimed").and.not.to.emit(badge, "ReferralRecorded");
      await expectUnrecorded(stranger, launcher);
      expect(await badge.referrerOf(stranger)).to.equal(member);
      expect(await badge.referralsOf(launcher)).to.deep.equal([0n, 3n]);
    });

    it("gives nothing once the issuer role was rotated", async function () {
      const { badge, drop, member, stranger } = dao;
      const claims = [await open(stranger, KIND.BUG), await open(stranger, 0n, BROUGHT, hash("another"))];
      await enact(dao, [await badge.rotateIssuerRole.populateTransaction()]);
      for (const [i, claim] of claims.entries()) {
        await expect(claim(member))
          .to.be.revertedWithCustomError(drop, "LoyaltyDropIssuerRotated")
          .withArgs(i === 0 ? CAMPAIGN : hash("another"));
      }
      const later = await open(stranger, KIND.BUG, BROUGHT, hash("later"));
      await expect(later(member)).to.emit(badge, "ReferralRecorded").withArgs(stranger, member, 3);
    });

    it("gives nothing while awards are halted", async function () {
      const { badge, handover, owners, member, stranger } = dao;
      const claims = [await open(stranger, KIND.BUG), await open(stranger, 0n, 0n, hash("another"))];
      await handover.connect(owners[0]).haltAwards();
      const [ofBadge, ofNothing] = claims;
      await expect(ofBadge?.(member)).to.be.revertedWithCustomError(badge, "ContributionBadgeHalted");
      await expect(ofNothing?.({ address: ZeroAddress })).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeHalted",
      );
    });

    it("gives no badge that the members of a role of its own award, for either", async function () {
      const { badge, drop, member, stranger } = dao;
      const own = await addKind({ issuerRole: ROLE.FIRST_CUSTOM });
      const claim = await open(stranger, own);
      await expect(claim(member))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNotClaimable")
        .withArgs(own);
      await expect(open(stranger, KIND.BUG, own, hash("another")))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropUnclaimableReferral")
        .withArgs(own);
    });
  });
});
