import { expect } from "chai";
import { TypedDataEncoder } from "ethers";
import { connect, type Connection, type Signer } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  award,
  phaseOf,
  REFUSAL,
  refusalOf,
  refuse,
  request,
  requestAndWait,
  signRefusal,
} from "../../helpers/recovery.js";
import { signAsSafe } from "../../helpers/safe.js";
import { badgeDomain } from "../../helpers/vouchers.js";

const { ethers, networkHelpers } = await connect();

async function launchWithRequest(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  await award(dao, KIND.BUG, dao.member);
  await award(dao, KIND.BUG, dao.member);
  await request(dao, dao.member, dao.other);
  return dao;
}

describe("Recoveries, refused", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithRequest);
  });

  async function expectNone(account: Signer): Promise<void> {
    await expect(refuse(dao, account))
      .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeNoRecovery")
      .withArgs(account);
  }

  for (const side of ["member", "other"] as const) {
    const name =
      side === "member" ? "the old account, which isn't lost" : "the new one, which doesn't want it";

    it(`by ${name}, are over; both are free at once`, async function () {
      const { badge, member, other, stranger } = dao;
      await travelTo((await badge.recoveryOf(member)).eta);
      await expect(refuse(dao, dao[side])).to.emit(badge, "RecoveryRefused").withArgs(member, other);
      for (const account of [member, other]) {
        expect(await phaseOf(dao, account)).to.equal("over");
        await expectNone(account);
      }
      await expect(badge.recover(member, [1]))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(member);
      expect(await badge.ownerOf(1)).to.equal(member);
      await request(dao, member, stranger);
    });

    it(`by the signature of ${name}, relayed by anybody`, async function () {
      const { badge, member, other, stranger } = dao;
      const account = dao[side];
      const signature = await signRefusal(dao, account);
      await expect(badge.connect(stranger).refuseRecovery(account, signature))
        .to.emit(badge, "RecoveryRefused")
        .withArgs(member, other);
      expect(await phaseOf(dao, member)).to.equal("over");
      expect((await badge.recoveries()).requested).to.equal(0);
    });
  }

  it("by nobody else, and not once something has been moved", async function () {
    const { badge, member, other, stranger } = dao;
    await expectNone(stranger);
    const signature = await signRefusal(dao, member);
    await travelTo((await badge.recoveryOf(member)).eta);
    await badge.recover(member, [1]);
    for (const account of [member, other]) await expectNone(account);
    await expect(badge.refuseRecovery(member, signature))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
      .withArgs(member);
    await badge.recover(member, [2]);
    for (const account of [member, other]) await expectNone(account);
  });

  it("until the second before its time is over", async function () {
    const { badge, member, other } = dao;
    const { end } = await badge.recoveryOf(member);
    await networkHelpers.time.setNextBlockTimestamp(end - 1n);
    await expect(refuse(dao, other)).to.emit(badge, "RecoveryRefused").withArgs(member, other);
  });

  it("only by the signature of the account that is named, over this very recovery", async function () {
    const { badge, member, other, stranger } = dao;
    const refusal = await refusalOf(dao, member);
    const unsigned = async (account: Signer, signature: string) => {
      await expect(badge.connect(stranger).refuseRecovery(account, signature))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRefusal")
        .withArgs(account);
    };
    await unsigned(member, "0x");
    await unsigned(member, await signRefusal(dao, stranger, refusal));
    await unsigned(member, await signRefusal(dao, other));
    for (const change of [
      { recovery: refusal.recovery + 1n },
      { oldAccount: other.address },
      { newAccount: member.address },
    ]) {
      await unsigned(member, await signRefusal(dao, member, { ...refusal, ...change }));
    }
    const domain = await badgeDomain(badge);
    for (const change of [
      { chainId: 1n },
      { verifyingContract: await dao.drop.getAddress() },
      { name: "LoyaltyDrop" },
      { version: "2" },
    ]) {
      await unsigned(member, await member.signTypedData({ ...domain, ...change }, REFUSAL, refusal));
    }
    expect(await phaseOf(dao, member)).to.equal("requested");
  });

  it("by the signature of a Safe (ERC-1271), with as many owners as it takes", async function () {
    const { badge, safe, owners, stranger } = dao;
    await award(dao, KIND.BUG, safe.address);
    await request(dao, safe.address, dao.stranger);
    const digest = TypedDataEncoder.hash(
      await badgeDomain(badge),
      REFUSAL,
      await refusalOf(dao, safe.address),
    );
    const one = await signAsSafe({ ...safe, threshold: 1 }, owners, digest);
    await expect(badge.connect(stranger).refuseRecovery(safe.address, one)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeInvalidRefusal",
    );
    await expect(badge.connect(stranger).refuseRecovery(safe.address, await signAsSafe(safe, owners, digest)))
      .to.emit(badge, "RecoveryRefused")
      .withArgs(safe.address, stranger);
  });

  it("while awards are halted, also by signature", async function () {
    const { badge, handover, member, owners } = dao;
    const signature = await signRefusal(dao, member);
    await handover.connect(owners[0]).haltAwards();
    await expect(badge.refuseRecovery(member, signature)).to.emit(badge, "RecoveryRefused");
  });

  describe("Attack: a refusal is used again", function () {
    it("on a later recovery of the same accounts", async function () {
      const { badge, member, other, stranger } = dao;
      const signature = await signRefusal(dao, member);
      await badge.refuseRecovery(member, signature);
      await request(dao, member, other);
      await expect(badge.connect(stranger).refuseRecovery(member, signature))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRefusal")
        .withArgs(member);
      expect(await phaseOf(dao, member)).to.equal("requested");
    });

    it("twice on the same one, to make room for another request", async function () {
      const { badge, member, stranger, holders } = dao;
      await award(dao, KIND.BUG, stranger);
      await request(dao, stranger, holders[0]);
      expect(await badge.recoveries()).to.deep.equal([2n, 2n]);
      const signature = await signRefusal(dao, member);
      await badge.refuseRecovery(member, signature);
      await expect(badge.refuseRecovery(member, signature))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNoRecovery")
        .withArgs(member);
      expect(await badge.recoveries()).to.deep.equal([1n, 2n]);
    });

    it("in another DAO with the same accounts", async function () {
      const { badge, member, other } = dao;
      const signature = await signRefusal(dao, member);
      const others = await launchDAO(dao.connection);
      await award(others, KIND.BUG, member);
      await request(others, member, other);
      await expect(others.badge.refuseRecovery(member, signature))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRefusal")
        .withArgs(member);
    });
  });

  describe("Attack: a contract wallet answers as it likes", function () {
    async function recoveredWallet(name: string): Promise<string> {
      const wallet = await (await ethers.deployContract(name)).getAddress();
      await award(dao, KIND.BUG, wallet);
      await requestAndWait(dao, wallet, dao.stranger);
      return wallet;
    }

    it("with all the gas: its own refusal fails, and whoever relays it loses no more than it gave", async function () {
      const { badge, member, stranger } = dao;
      const wallet = await recoveredWallet("BurningWallet");
      await expect(badge.connect(stranger).refuseRecovery(wallet, "0x", { gasLimit: 200_000n }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidRefusal")
        .withArgs(wallet);
      expect(await phaseOf(dao, wallet)).to.equal("requested");
      // It can't keep others from refusing theirs, nor its recovery from being carried out.
      await refuse(dao, member);
      await badge.connect(stranger).recover(wallet, [3]);
      expect(await badge.ownerOf(3)).to.equal(stranger);
    });

    it("with half a megabyte: nobody copies it", async function () {
      const { badge, stranger } = dao;
      const wallet = await recoveredWallet("TalkativeWallet");
      const transaction = await badge
        .connect(stranger)
        .refuseRecovery(wallet, "0x", { gasLimit: 1_000_000n });
      await expect(transaction).to.emit(badge, "RecoveryRefused").withArgs(wallet, stranger);
    });

    it("with yes to all: what it refuses is its own recovery", async function () {
      const { badge, member, stranger } = dao;
      const wallet = await recoveredWallet("OpenWallet");
      await badge.connect(stranger).refuseRecovery(wallet, "0x");
      expect(await phaseOf(dao, wallet)).to.equal("over");
      expect(await phaseOf(dao, member)).to.equal("requested");
    });
  });
});
