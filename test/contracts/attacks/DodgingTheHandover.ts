import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, type Signer } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const PHASE = { BrandLed: 0n, Shared: 1n, Community: 2n } as const;

/** The issuers after so many handovers. */
const issuersAfter = (handovers: bigint) => ROLE.ISSUER + handovers * 2n ** 32n;

/** The Safe has appointed the member as an issuer. */
async function launchWithAppointee(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { asSafe, manager, member } = dao;
  await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, member, 0));
  return dao;
}

async function launchHandedOver(connection: Connection): Promise<DAO> {
  const dao = await launchWithAppointee(connection);
  await travelTo(dao.config.handover.communityDate);
  await dao.handover.handOver();
  return dao;
}

const launchWithDelay = (connection: Connection) =>
  launchDAO(connection, { handover: { stewardDelay: 2n * DAY } });

async function renounceSteward({ asSafe, manager, safe }: DAO): Promise<void> {
  await asSafe(await manager.renounceRole.populateTransaction(ROLE.STEWARD, safe.address));
}

async function resign({ asSafe, governor }: DAO): Promise<void> {
  await asSafe(await governor.resignGuardian.populateTransaction());
}

/** Neither the Safe nor any of `appointees` can award after so many handovers. */
async function expectNoAwards(
  { asSafe, badge, safe, other }: DAO,
  appointees: Signer[],
  handovers: bigint,
): Promise<void> {
  const award = await badge.award.populateTransaction(KIND.AMBASSADOR, other, ZeroHash);
  await expect(asSafe(award))
    .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
    .withArgs(safe.address, issuersAfter(handovers));
  for (const appointee of appointees) {
    await expect(appointee.sendTransaction(award))
      .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
      .withArgs(appointee, issuersAfter(handovers));
  }
}

describe("Attack: the Safe gives up STEWARD before the handover, and keeps the issuers", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithAppointee);
  });

  const ways = [
    { what: "by renouncing", giveUp: renounceSteward },
    {
      what: "by a proposal that revokes nothing else",
      giveUp: async (launched: DAO) => {
        const { manager, safe } = launched;
        await enact(launched, [await manager.revokeRole.populateTransaction(ROLE.STEWARD, safe.address)]);
      },
    },
  ];
  for (const { what, giveUp } of ways) {
    describe(what, function () {
      beforeEach(async function () {
        const { manager, safe } = dao;
        await giveUp(dao);
        expect(await manager.hasRole(ROLE.STEWARD, safe.address)).to.deep.equal([false, 0n]);
      });

      it("isn't a handover: the phase doesn't say so, as awards go on", async function () {
        const { handover, asSafe, badge, member, other, config } = dao;
        expect(await handover.phase()).to.equal(PHASE.BrandLed);
        await travelTo(config.handover.guardianExpiry);
        expect(await handover.phase()).to.equal(PHASE.Shared);
        await travelTo(config.handover.communityDate);
        expect(await handover.phase()).to.equal(PHASE.Shared);
        await asSafe(await badge.award.populateTransaction(KIND.BUG, other, ZeroHash));
        await badge.connect(member).award(KIND.BUG, other, ZeroHash);
        expect(await badge.balanceOf(other)).to.equal(2);
      });

      it("doesn't stop anybody from handing over at the date, which ends them", async function () {
        const { handover, badge, member, safe, stranger, config } = dao;
        await travelTo(config.handover.communityDate);
        const transaction = handover.connect(stranger).handOver();
        await expect(transaction).to.emit(handover, "HandedOver").withArgs(safe.address, stranger);
        await expect(transaction).to.emit(badge, "IssuerRoleRotated").withArgs(ROLE.ISSUER, issuersAfter(1n));
        expect(await handover.phase()).to.equal(PHASE.Community);
        await expectNoAwards(dao, [member], 1n);
      });

      it("leaves the Safe nobody to appoint", async function () {
        const { asSafe, manager, safe, other } = dao;
        await expect(asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, other, 0)))
          .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
          .withArgs(safe.address, ROLE.STEWARD);
      });

      it("doesn't let the Safe hand over early with the veto in hand", async function () {
        const { handover, asSafe } = dao;
        const handOver = await handover.handOver.populateTransaction();
        await expect(asSafe(handOver)).to.be.revertedWithCustomError(handover, "HandoverVetoStillHeld");
        expect(await handover.phase()).to.equal(PHASE.BrandLed);
      });

      it("lets the Safe hand over early once the veto is gone, and nobody else", async function () {
        const { handover, asSafe, member, safe, stranger, config } = dao;
        await resign(dao);
        await expect(handover.connect(stranger).handOver())
          .to.be.revertedWithCustomError(handover, "HandoverTooEarly")
          .withArgs(stranger, config.handover.communityDate);
        await expect(asSafe(await handover.handOver.populateTransaction()))
          .to.emit(handover, "HandedOver")
          .withArgs(safe.address, safe.address);
        expect(await handover.phase()).to.equal(PHASE.Community);
        await expectNoAwards(dao, [member], 1n);
        await travelTo(config.handover.communityDate);
        await expect(handover.connect(stranger).handOver()).to.be.revertedWithCustomError(
          handover,
          "HandoverAlreadyDone",
        );
      });
    });
  }
});

describe("Attack: the Safe schedules ahead of the handover what it can't do after it", function () {
  it("fails, as it is no steward when it is executed", async function () {
    const dao = await networkHelpers.loadFixture(launchWithDelay);
    const { asSafe, manager, badge, handover, safe, stranger, at, config } = dao;
    const { communityDate } = config.handover;
    const scheduled = [
      { target: at.badge, data: badge.interface.encodeFunctionData("addKind", [kindConfig()]) },
      {
        target: at.manager,
        data: manager.interface.encodeFunctionData("grantRole", [ROLE.ISSUER, stranger.address, 0]),
      },
    ];
    await travelTo(communityDate - DAY);
    for (const { target, data } of scheduled) {
      await asSafe(await manager.schedule.populateTransaction(target, data, communityDate + 2n * DAY));
    }
    await travelTo(communityDate);
    await handover.handOver();
    await travelTo(communityDate + 2n * DAY);
    for (const { target, data } of scheduled) {
      await expect(asSafe(await manager.execute.populateTransaction(target, data)))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
        .withArgs(safe.address, target, ethers.dataSlice(data, 0, 4));
    }
  });
});

describe("Attack: a stranger hands over what a proposal gave back", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchHandedOver);
  });

  it("fails before the new date, at which it is handed over again", async function () {
    const { asSafe, manager, badge, handover, safe, member, stranger, other, config } = dao;
    const later = config.handover.communityDate + 365n * DAY;
    const issuers = issuersAfter(1n);
    await enact(dao, [
      await handover.setCommunityDate.populateTransaction(later),
      await manager.grantRole.populateTransaction(ROLE.STEWARD, safe.address, 0),
      await manager.grantRole.populateTransaction(issuers, safe.address, 0),
      await manager.setRoleAdmin.populateTransaction(issuers, ROLE.STEWARD),
    ]);
    expect(await handover.phase()).to.equal(PHASE.Shared);
    await networkHelpers.time.setNextBlockTimestamp(later - 1n);
    await expect(handover.connect(stranger).handOver())
      .to.be.revertedWithCustomError(handover, "HandoverTooEarly")
      .withArgs(stranger, later);
    expect(await badge.issuerRole()).to.equal(issuers);

    await networkHelpers.time.setNextBlockTimestamp(later);
    const transaction = handover.connect(stranger).handOver();
    await expect(transaction).to.emit(handover, "HandedOver").withArgs(safe.address, stranger);
    await expect(transaction).to.emit(badge, "IssuerRoleRotated").withArgs(issuers, issuersAfter(2n));
    expect(await handover.phase()).to.equal(PHASE.Community);
    expect(await manager.hasRole(ROLE.STEWARD, safe.address)).to.deep.equal([false, 0n]);
    await expectNoAwards(dao, [member], 2n);
    await expect(asSafe(await manager.grantRole.populateTransaction(issuersAfter(2n), other, 0)))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
      .withArgs(safe.address, ROLE.ADMIN);
  });

  it("leaves the Safe what it was given until then: it awards, appoints and runs the kinds", async function () {
    const { asSafe, manager, badge, handover, safe, member, other, config } = dao;
    const issuers = issuersAfter(1n);
    await enact(dao, [
      await handover.setCommunityDate.populateTransaction(config.handover.communityDate + 365n * DAY),
      await manager.grantRole.populateTransaction(ROLE.STEWARD, safe.address, 0),
      await manager.grantRole.populateTransaction(issuers, safe.address, 0),
      await manager.setRoleAdmin.populateTransaction(issuers, ROLE.STEWARD),
    ]);
    await expect(handover.handOver()).to.be.revertedWithCustomError(handover, "HandoverTooEarly");
    await asSafe(await badge.addKind.populateTransaction(kindConfig()));
    await asSafe(await badge.award.populateTransaction(KIND.BUG, other, ZeroHash));
    await asSafe(await manager.grantRole.populateTransaction(issuers, member, 0));
    await badge.connect(member).award(KIND.BUG, other, ZeroHash);
    expect(await badge.balanceOf(other)).to.equal(2);
    // The Safe itself may go earlier, as at first.
    await asSafe(await handover.handOver.populateTransaction());
    await expectNoAwards(dao, [member], 2n);
  });

  it("fails where only STEWARD was given back, so that it can't end the DAO's own issuers", async function () {
    const { asSafe, manager, badge, handover, safe, stranger, other } = dao;
    await enact(dao, [
      await manager.grantRole.populateTransaction(ROLE.STEWARD, safe.address, 0),
      await manager.grantRole.populateTransaction(issuersAfter(1n), other, 0),
    ]);
    const handOver = await handover.handOver.populateTransaction();
    for (const attempt of [() => stranger.sendTransaction(handOver), () => asSafe(handOver)]) {
      await expect(attempt()).to.be.revertedWithCustomError(handover, "HandoverAlreadyDone");
    }
    expect(await handover.phase()).to.equal(PHASE.Community);
    expect(await badge.issuerRole()).to.equal(issuersAfter(1n));
    await badge.connect(other).award(KIND.BUG, other, ZeroHash);
    expect(await badge.ownerOf(1)).to.equal(other);
    await asSafe(await badge.addKind.populateTransaction(kindConfig()));
  });
});

describe("Attack: the phase hides a veto that outlasts the date", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithAppointee);
  });

  it("fails: it is brand-led as long as the Safe has the veto, also after the handover", async function () {
    const { governor, handover, safe, member, stranger, config } = dao;
    const { communityDate } = config.handover;
    const expiry = communityDate + 100n * DAY;
    await enact(dao, [await governor.setGuardianTerm.populateTransaction(safe.address, expiry)]);
    await travelTo(communityDate);
    expect(await handover.phase()).to.equal(PHASE.BrandLed);

    await handover.connect(stranger).handOver();
    await expectNoAwards(dao, [member], 1n);
    expect(await governor.proposalGuardian()).to.equal(safe.address);
    expect(await handover.phase()).to.equal(PHASE.BrandLed);
    await travelTo(expiry - 1n);
    expect(await handover.phase()).to.equal(PHASE.BrandLed);
    await travelTo(expiry);
    expect(await handover.phase()).to.equal(PHASE.Community);
  });

  it("fails: it is brand-led whoever has the veto", async function () {
    const { governor, handover, other, config } = dao;
    const { communityDate } = config.handover;
    await travelTo(communityDate);
    await handover.handOver();
    expect(await handover.phase()).to.equal(PHASE.Community);
    await enact(dao, [await governor.setGuardianTerm.populateTransaction(other, communityDate + 100n * DAY)]);
    expect(await handover.phase()).to.equal(PHASE.BrandLed);
    await governor.connect(other).resignGuardian();
    expect(await handover.phase()).to.equal(PHASE.Community);
  });
});
