import { expect } from "chai";
import { encodeBytes32String, id as hash, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { KIND, kindConfig } from "../../helpers/dao.js";
import { issueVoucher, type IssuingDAO, launchWithIssuer, signRedemption } from "../../helpers/vouchers.js";

const { networkHelpers } = await connect();

const BROUGHT = 4n;
const POINTS = 5n;

/** With Alice, who has badge 1, and a kind for bringing others. */
async function launchWithAlice(connection: Connection): Promise<IssuingDAO> {
  const dao = await launchWithIssuer(connection);
  const { asSafe, badge, member: alice } = dao;
  await asSafe(await badge.award.populateTransaction(KIND.BUG, alice, ZeroHash));
  await asSafe(await badge.addKind.populateTransaction(kindConfig({ name: "紹介", points: POINTS })));
  return dao;
}

interface Named {
  address: string;
}

describe("Attack: referrals", function () {
  let dao: IssuingDAO;
  let nonce: bigint;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithAlice);
    nonce = 0n;
  });

  /** `account` joins with a claim key, which anybody may have: it is what is easiest to collect many of. */
  async function join(account: Named, referrer: Named) {
    const key = new Wallet(hash(`claim key ${nonce}`));
    const [voucher, signature] = await issueVoucher(dao, {
      claimant: key.address,
      byKey: true,
      referralKind: BROUGHT,
      nonce: nonce++,
    });
    const receiver = { account: account.address, referrer: referrer.address };
    const consent = await signRedemption(dao.badge, key, voucher, receiver);
    return dao.badge.redeem(voucher, signature, receiver.account, receiver.referrer, consent);
  }

  /** The badge comes, and who is named isn't recorded and earns nothing. */
  async function expectUnrecorded(account: Named, referrer: Named): Promise<void> {
    const { badge } = dao;
    const before = await badge.referrerOf(account.address);
    const points = await badge.pointsOf(referrer.address);
    await expect(join(account, referrer)).not.to.emit(badge, "ReferralRecorded");
    expect(await badge.referrerOf(account.address)).to.equal(before);
    expect(await badge.pointsOf(referrer.address)).to.equal(points);
  }

  describe("that go round in a circle", function () {
    it("can't by one who gives all badges up, and is brought by those it brought", async function () {
      const { badge, member: alice, stranger: bob, launcher: carol } = dao;
      await join(bob, alice); // 2 for Bob, 3 for Alice
      await expectUnrecorded(alice, bob); // 4
      for (const id of [1, 3, 4]) await badge.connect(alice).renounce(id);
      expect(await badge.balanceOf(alice)).to.equal(0);
      await expectUnrecorded(alice, bob);
      await join(carol, bob);
      await expectUnrecorded(alice, carol);
      await expectUnrecorded(bob, carol);
      expect(await badge.referrerOf(alice)).to.equal(ZeroAddress);
    });

    it("can't by newcomers who bring one another", async function () {
      const { badge, stranger: bob, launcher: carol } = dao;
      for (const [account, referrer] of [
        [bob, carol],
        [carol, bob],
      ] as const) {
        await expect(join(account, referrer))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeNotMember")
          .withArgs(referrer);
      }
    });

    it("can't by a newcomer who named somebody for tokens alone, and so has no badge yet", async function () {
      const { asSafe, badge, drop, connection, member: alice, stranger: bob, launcher: carol } = dao;
      const campaign = encodeBytes32String("tokens only");
      const leaf = {
        index: 0n,
        claimant: bob.address,
        byKey: false,
        amount: 0n,
        kind: 0n,
        evidence: ZeroHash,
      };
      const root = await drop.leafHash(campaign, leaf);
      const deadline = (await now(connection)) + DAY;
      const terms = { root, deadline, referralKind: BROUGHT };
      await asSafe(await drop.open.populateTransaction(campaign, terms));
      await drop.connect(bob).claim(campaign, leaf, [], bob, alice, "0x");
      await expect(join(carol, bob))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNotMember")
        .withArgs(bob);
      await expectUnrecorded(bob, alice);
      await expectUnrecorded(alice, bob);
    });
  });

  describe("of one person by her own wallets", function () {
    const wallet = (number: number): Named => new Wallet(hash(`wallet ${number}`));

    it("earn no more than the limit in a season, however many there are", async function () {
      const { badge, member: alice, config } = dao;
      const before = await badge.pointsOf(alice);
      for (let number = 0; number < 8; number++) await join(wallet(number), alice);
      const limit = config.members.referralLimit;
      expect(await badge.referralsOf(alice)).to.deep.equal([limit, limit]);
      expect(await badge.pointsOf(alice)).to.equal(before + limit * POINTS);
      expect((await badge.kindOf(BROUGHT)).awarded).to.equal(limit);
    });

    it("earn nothing by joining again", async function () {
      const { badge, member: alice, stranger: second } = dao;
      await join(second, alice);
      await badge.connect(second).renounce(2);
      await expectUnrecorded(second, alice);
      expect(await badge.referralsOf(alice)).to.deep.equal([1n, 3n]);
    });

    it("earn nothing by making room: a badge for a referral that is given up was one all the same", async function () {
      const { badge, member: alice } = dao;
      for (let number = 0; number < 3; number++) await join(wallet(number), alice);
      for (const id of [3, 5, 7]) await badge.connect(alice).renounce(id);
      await expect(join(wallet(3), alice))
        .to.emit(badge, "ReferralRecorded")
        .withArgs(wallet(3).address, alice, 0);
    });

    it("earn each other one badge for each newcomer, in a chain too", async function () {
      const { badge, member: alice } = dao;
      let last: Named = alice;
      for (let number = 0; number < 6; number++) {
        await join(wallet(number), last);
        last = wallet(number);
      }
      expect((await badge.kindOf(BROUGHT)).awarded).to.equal(6);
      for (let number = 0; number < 5; number++) {
        expect(await badge.referralsOf(wallet(number).address)).to.deep.equal([1n, 3n]);
      }
    });
  });
});
