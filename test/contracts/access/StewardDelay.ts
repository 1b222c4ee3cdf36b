import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, HOUR, now } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const STEWARD_DELAY = 2n * DAY;

const launchWithDelay = (connection: Connection) =>
  launchDAO(connection, { handover: { stewardDelay: STEWARD_DELAY } });

describe("Roles, with a delay for the steward", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithDelay);
  });
  it("makes the Safe schedule in public what it does as a steward", async function () {
    const { asSafe, badge, manager, at } = dao;
    const call = await badge.addKind.populateTransaction(kindConfig({ name: "Translation" }));
    const operation = await manager.hashOperation(dao.safe.address, at.badge, call.data);
    await expect(asSafe(call))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(operation);
    await asSafe(await manager.schedule.populateTransaction(at.badge, call.data, 0));
    const readyAt = await manager.getSchedule(operation);
    expect(readyAt).to.equal((await now(dao.connection)) + STEWARD_DELAY);
    await expect(asSafe(call))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotReady")
      .withArgs(operation);
    await travelTo(readyAt);
    await expect(asSafe(call)).to.emit(badge, "KindAdded");
  });

  it("covers the appointment of issuers too", async function () {
    const { asSafe, badge, manager, at, member, stranger } = dao;
    const call = await manager.grantRole.populateTransaction(ROLE.ISSUER, stranger, 0);
    const operation = await manager.hashOperation(dao.safe.address, at.manager, call.data);
    await expect(asSafe(call))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(operation);
    await asSafe(await manager.schedule.populateTransaction(at.manager, call.data, 0));
    await networkHelpers.time.increase(STEWARD_DELAY);
    await asSafe(call);
    await badge.connect(stranger).award(KIND.BUG, member, ZeroHash);
  });

  it("doesn't delay awards and halts", async function () {
    const { asSafe, badge, handover, member, owners } = dao;
    await asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash));
    await handover.connect(owners[0]).haltAwards();
    expect(await badge.halted()).to.equal(true);
  });

  it("doesn't carry an operation over the handover", async function () {
    const { asSafe, badge, manager, handover, at, safe } = dao;
    const call = await badge.addKind.populateTransaction(kindConfig());
    await asSafe(await manager.schedule.populateTransaction(at.badge, call.data, 0));
    await asSafe(await dao.governor.resignGuardian.populateTransaction());
    await asSafe(await handover.handOver.populateTransaction());
    await networkHelpers.time.increase(STEWARD_DELAY + HOUR);
    await expect(asSafe(call))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
  });
});
