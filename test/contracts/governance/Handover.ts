import { expect } from "chai";
import { Interface, ZeroHash } from "ethers";
import { type Call, connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";
import { createSafe, execAsSafe } from "../../helpers/safe.js";

const { networkHelpers } = await connect();

const PHASE = { BrandLed: 0n, Shared: 1n, Community: 2n } as const;
const STEWARD_DELAY = 2n * DAY;

const launchWithDelay = (connection: Connection) =>
  launchDAO(connection, { handover: { stewardDelay: STEWARD_DELAY } });

async function resign({ asSafe, governor }: DAO): Promise<void> {
  await asSafe(await governor.resignGuardian.populateTransaction());
}

/** A second Safe, of other people. */
function anotherSafe({ connection, deployer, stranger, member }: DAO) {
  return createSafe(connection, deployer, [stranger, member], 2, 1n);
}

describe("Handover", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  describe("phase", function () {
    it("is brand-led after the launch", async function () {
      expect(await dao.handover.phase()).to.equal(PHASE.BrandLed);
    });

    it("is shared once the Safe resigns from the veto", async function () {
      await resign(dao);
      expect(await dao.handover.phase()).to.equal(PHASE.Shared);
    });

    it("is shared once the veto has expired, without anybody's doing", async function () {
      const { handover, config } = dao;
      await travelTo(config.handover.guardianExpiry - 1n);
      expect(await handover.phase()).to.equal(PHASE.BrandLed);
      await travelTo(config.handover.guardianExpiry);
      expect(await handover.phase()).to.equal(PHASE.Shared);
    });

    it("is that of the community after the handover", async function () {
      const { handover, asSafe } = dao;
      await resign(dao);
      await asSafe(await handover.handOver.populateTransaction());
      expect(await handover.phase()).to.equal(PHASE.Community);
    });

    it("is brand-led again when a passed proposal gives all of it back", async function () {
      const { handover, governor, manager, config, safe } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      const expiry = config.handover.communityDate + 300n * DAY;
      await enact(dao, [
        await manager.grantRole.populateTransaction(ROLE.STEWARD, safe.address, 0),
        await governor.setGuardianTerm.populateTransaction(safe.address, expiry),
      ]);
      expect(await handover.phase()).to.equal(PHASE.BrandLed);
    });
  });

  describe("handOver", function () {
    it("takes STEWARD from the Safe and ends all issuers, when the Safe goes earlier", async function () {
      const { handover, badge, manager, asSafe, safe } = dao;
      await resign(dao);
      const transaction = asSafe(await handover.handOver.populateTransaction());
      await expect(transaction).to.emit(handover, "HandedOver").withArgs(safe.address, safe.address);
      await expect(transaction)
        .to.emit(badge, "IssuerRoleRotated")
        .withArgs(ROLE.ISSUER, ROLE.ISSUER + 2n ** 32n);
      expect(await manager.hasRole(ROLE.STEWARD, safe.address)).to.deep.equal([false, 0n]);
    });

    it("is for anyone from the second of the date on", async function () {
      const { handover, stranger, config, safe } = dao;
      const { communityDate } = config.handover;
      await networkHelpers.time.setNextBlockTimestamp(communityDate - 1n);
      await expect(handover.connect(stranger).handOver())
        .to.be.revertedWithCustomError(handover, "HandoverTooEarly")
        .withArgs(stranger, communityDate);
      await networkHelpers.time.setNextBlockTimestamp(communityDate);
      await expect(handover.connect(stranger).handOver())
        .to.emit(handover, "HandedOver")
        .withArgs(safe.address, stranger);
    });

    it("happens once", async function () {
      const { handover, config } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      await expect(handover.handOver()).to.be.revertedWithCustomError(handover, "HandoverAlreadyDone");
    });

    it("leaves the Safe no power of a steward or an issuer", async function () {
      const { handover, badge, manager, asSafe, safe, member, stranger, config } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      const refused: Call[] = [
        await badge.addKind.populateTransaction(kindConfig()),
        await badge.closeKind.populateTransaction(KIND.BUG),
        await badge.resume.populateTransaction(),
        await badge.revoke.populateTransaction(1, "no reason"),
      ];
      for (const call of refused) {
        await expect(asSafe(call))
          .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
          .withArgs(safe.address);
      }
      await expect(asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash)))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(safe.address, ROLE.ISSUER + 2n ** 32n);
      await expect(asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, stranger, 0)))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
        .withArgs(safe.address, ROLE.STEWARD);
    });

    it("leaves awards to whom a passed proposal appoints", async function () {
      const { handover, badge, manager, member, stranger, config } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      const issuers = await badge.issuerRole();
      await enact(dao, [await manager.grantRole.populateTransaction(issuers, stranger, 0)]);
      await badge.connect(stranger).award(KIND.BUG, member, ZeroHash);
      expect(await badge.ownerOf(1)).to.equal(member);
    });
  });

  describe("haltAwards", function () {
    it("is for each owner of the Safe alone", async function () {
      for (const owner of dao.owners) {
        const { handover, badge, asSafe } = dao;
        await expect(handover.connect(owner).haltAwards())
          .to.emit(handover, "AwardsHaltedByOwner")
          .withArgs(owner);
        expect(await badge.halted()).to.equal(true);
        await asSafe(await badge.resume.populateTransaction());
      }
    });

    it("follows the owners of the Safe as they change", async function () {
      const { handover, badge, asSafe, safe, owners, stranger } = dao;
      const swap = new Interface(["function swapOwner(address,address,address)"]);
      const data = swap.encodeFunctionData("swapOwner", [
        owners[0].address,
        owners[1].address,
        stranger.address,
      ]);
      await asSafe({ to: safe.address, data });
      await expect(handover.connect(owners[1]).haltAwards())
        .to.be.revertedWithCustomError(handover, "HandoverNotSafeOwner")
        .withArgs(owners[1]);
      await handover.connect(stranger).haltAwards();
      expect(await badge.halted()).to.equal(true);
    });

    it("can't halt twice", async function () {
      const { handover, badge, owners } = dao;
      await handover.connect(owners[0]).haltAwards();
      await expect(handover.connect(owners[1]).haltAwards()).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeHalted",
      );
    });
  });

  describe("haltableFrom", function () {
    /** What the config's decisions take: voting delay, period, extension and the timelock's delay. */
    const decisionTime = ({ config }: DAO) => {
      const { votingDelay, votingPeriod, lateQuorumExtension, timelockDelay } = config.governance;
      return votingDelay + votingPeriod + lateQuorumExtension + timelockDelay;
    };

    it("is the halt, and what the steward waits, and two decisions; and a moment for each owner", async function () {
      dao = await networkHelpers.loadFixture(launchWithDelay);
      const { handover, owners, connection } = dao;
      expect(await handover.haltableFrom(owners[0])).to.equal(0);
      await handover.connect(owners[0]).haltAwards();
      const from = (await now(connection)) + STEWARD_DELAY + 2n * decisionTime(dao);
      expect(await handover.haltableFrom(owners[0])).to.equal(from);
      expect(await handover.haltableFrom(owners[1])).to.equal(0);
    });

    it("is when an owner may halt again, and no second earlier, while others may at once", async function () {
      const { handover, badge, asSafe, owners } = dao;
      await handover.connect(owners[0]).haltAwards();
      await asSafe(await badge.resume.populateTransaction());
      const from = await handover.haltableFrom(owners[0]);
      await expect(handover.connect(owners[0]).haltAwards())
        .to.be.revertedWithCustomError(handover, "HandoverHaltedBefore")
        .withArgs(owners[0], from);
      await handover.connect(owners[1]).haltAwards();
      await asSafe(await badge.resume.populateTransaction());

      await networkHelpers.time.setNextBlockTimestamp(from - 1n);
      await expect(handover.connect(owners[0]).haltAwards())
        .to.be.revertedWithCustomError(handover, "HandoverHaltedBefore")
        .withArgs(owners[0], from);
      await networkHelpers.time.setNextBlockTimestamp(from);
      await handover.connect(owners[0]).haltAwards();
      expect(await badge.halted()).to.equal(true);
    });

    it("isn't later for a halt that failed, as awards were halted already", async function () {
      const { handover, badge, asSafe, owners } = dao;
      await handover.connect(owners[0]).haltAwards();
      await expect(handover.connect(owners[1]).haltAwards()).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeHalted",
      );
      await asSafe(await badge.resume.populateTransaction());
      await handover.connect(owners[1]).haltAwards();
      expect(await badge.halted()).to.equal(true);
    });

    it("leaves awards time to run where only a proposal resumes them", async function () {
      const { handover, badge, config, owners, connection } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      await handover.connect(owners[0]).haltAwards();
      await enact(dao, [await badge.resume.populateTransaction()]);
      const resumed = await now(connection);
      const from = await handover.haltableFrom(owners[0]);
      expect(from - resumed).to.be.greaterThan(0n);
      await expect(handover.connect(owners[0]).haltAwards())
        .to.be.revertedWithCustomError(handover, "HandoverHaltedBefore")
        .withArgs(owners[0], from);
    });
  });

  describe("setCommunityDate", function () {
    it("lets a passed proposal bring the date forward", async function () {
      const { handover, governor, config, connection, stranger } = dao;
      const { communityDate } = config.handover;
      const earlier = (await now(connection)) + 30n * DAY;
      const proposal = enactLater(dao, [await handover.setCommunityDate.populateTransaction(earlier)]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.emit(handover, "CommunityDateSet")
        .withArgs(communityDate, earlier);
      expect(await handover.communityDate()).to.equal(earlier);
      await travelTo(earlier);
      await handover.connect(stranger).handOver();
    });

    it("lets a passed proposal extend the date, and then nobody can hand over at the old one", async function () {
      const { handover, config, stranger } = dao;
      const { communityDate } = config.handover;
      const later = communityDate + 365n * DAY;
      await enact(dao, [await handover.setCommunityDate.populateTransaction(later)]);
      await travelTo(communityDate);
      await expect(handover.connect(stranger).handOver())
        .to.be.revertedWithCustomError(handover, "HandoverTooEarly")
        .withArgs(stranger, later);
      await travelTo(later);
      await handover.connect(stranger).handOver();
    });

    it("takes a date that has passed as now", async function () {
      const { handover, governor, config, connection, stranger } = dao;
      const passed = [await now(connection), 0n];
      for (const date of passed) {
        const before = await handover.communityDate();
        const call = await handover.setCommunityDate.populateTransaction(date);
        const proposal = enactLater(dao, [call], `# Date ${date.toString()}`);
        await proposal;
        const executedAt = (await now(connection)) + 10n;
        await networkHelpers.time.setNextBlockTimestamp(executedAt);
        await expect(governor.execute(...proposal.args))
          .to.emit(handover, "CommunityDateSet")
          .withArgs(before, executedAt);
        expect(await handover.communityDate()).to.equal(executedAt);
      }
      await travelTo(config.handover.guardianExpiry);
      await expect(handover.connect(stranger).handOver()).to.emit(handover, "HandedOver");
    });

    it("refuses a date over four years ahead", async function () {
      const { handover, governor, connection } = dao;
      const date = (await now(connection)) + 1492n * DAY;
      const proposal = enactLater(dao, [await handover.setCommunityDate.populateTransaction(date)]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(handover, "HandoverInvalidDate")
        .withArgs(date);
    });
  });

  describe("setSafe", function () {
    it("makes another Safe the brand's, with STEWARD, and leaves the old one nothing of it", async function () {
      const { handover, governor, manager, badge, safe, asSafe, stranger, member } = dao;
      const newSafe = await anotherSafe(dao);
      const proposal = enactLater(dao, [
        await handover.setSafe.populateTransaction(newSafe.address),
        await governor.setProposalGuardian.populateTransaction(newSafe.address),
      ]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.emit(handover, "SafeSet")
        .withArgs(safe.address, newSafe.address);
      expect(await handover.safe()).to.equal(newSafe.address);
      expect(await handover.phase()).to.equal(PHASE.BrandLed);
      expect(await manager.hasRole(ROLE.STEWARD, newSafe.address)).to.deep.equal([true, 0n]);
      await expect(asSafe(await badge.addKind.populateTransaction(kindConfig())))
        .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
        .withArgs(safe.address);
      await execAsSafe(newSafe, [stranger, member], await badge.addKind.populateTransaction(kindConfig()));
      await handover.connect(member).haltAwards();
      await expect(handover.connect(dao.owners[0]).haltAwards())
        .to.be.revertedWithCustomError(handover, "HandoverNotSafeOwner")
        .withArgs(dao.owners[0]);
    });

    it("takes the steward's delay along", async function () {
      dao = await networkHelpers.loadFixture(launchWithDelay);
      const { handover, manager } = dao;
      const newSafe = await anotherSafe(dao);
      await enact(dao, [await handover.setSafe.populateTransaction(newSafe.address)]);
      expect(await manager.hasRole(ROLE.STEWARD, newSafe.address)).to.deep.equal([true, STEWARD_DELAY]);
    });

    it("gives no power back after the handover", async function () {
      const { handover, manager, config } = dao;
      await travelTo(config.handover.communityDate);
      await handover.handOver();
      const newSafe = await anotherSafe(dao);
      await enact(dao, [await handover.setSafe.populateTransaction(newSafe.address)]);
      expect(await manager.hasRole(ROLE.STEWARD, newSafe.address)).to.deep.equal([false, 0n]);
      expect(await handover.phase()).to.equal(PHASE.Community);
    });

    it("refuses an account without code, and the Safe that it is already", async function () {
      const { handover, governor, safe, stranger } = dao;
      for (const address of [stranger.address, safe.address]) {
        const call = await handover.setSafe.populateTransaction(address);
        const proposal = enactLater(dao, [call], `# Safe ${address}`);
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(handover, "HandoverInvalidSafe")
          .withArgs(address);
      }
    });
  });
});
