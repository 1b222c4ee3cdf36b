import { expect } from "chai";
import { connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const STEWARD_DELAY = 2n * DAY;

const launchWithDelay = (delay: bigint) =>
  async function launch(connection: Connection) {
    return launchDAO(connection, { handover: { stewardDelay: delay } });
  };
const launchWithTwoDays = launchWithDelay(STEWARD_DELAY);
const launchWithTwoMonths = launchWithDelay(60n * DAY);

/** Has the Safe schedule a resumption, and waits until it can be executed. */
async function scheduleResumption({ asSafe, at, badge, manager }: DAO, delay: bigint): Promise<string> {
  const { data } = await badge.resume.populateTransaction();
  await asSafe(await manager.schedule.populateTransaction(at.badge, data, 0));
  await networkHelpers.time.increase(delay);
  return data;
}

describe("Attack: a Safe that has to wait as a steward resumes at once, as it scheduled that before the halt", function () {
  it("fails until it has waited from the halt on, by itself and by the AccessManager, to the second", async function () {
    const dao = await networkHelpers.loadFixture(launchWithTwoDays);
    const { asSafe, at, badge, connection, handover, manager, owners } = dao;
    const data = await scheduleResumption(dao, STEWARD_DELAY);
    const halting = await handover.connect(owners[0]).haltAwards();
    const until = (await now(connection)) + STEWARD_DELAY;
    await expect(halting).to.emit(badge, "AwardsHalted").withArgs(handover, until);
    for (const call of [
      await badge.resume.populateTransaction(),
      await manager.execute.populateTransaction(at.badge, data),
    ]) {
      await expect(asSafe(call))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeHaltHeld")
        .withArgs(until);
    }
    await networkHelpers.time.setNextBlockTimestamp(until - 1n);
    await expect(asSafe(await badge.resume.populateTransaction()))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeHaltHeld")
      .withArgs(until);
    await networkHelpers.time.setNextBlockTimestamp(until);
    await asSafe(await badge.resume.populateTransaction());
    expect(await badge.halted()).to.equal(false);
  });

  it("keeps no passed proposal from resuming, however long the Safe has to wait", async function () {
    const dao = await networkHelpers.loadFixture(launchWithTwoMonths);
    const { badge, connection, handover, owners } = dao;
    await handover.connect(owners[0]).haltAwards();
    const until = (await now(connection)) + 60n * DAY;
    await enact(dao, [await badge.resume.populateTransaction()]);
    expect(await badge.halted()).to.equal(false);
    expect(await now(connection)).to.be.lessThan(until);
  });

  it("holds nobody after the handover, as there is no Safe to wait for", async function () {
    const dao = await networkHelpers.loadFixture(launchWithTwoDays);
    const { badge, config, connection, handover, owners } = dao;
    await travelTo(config.handover.communityDate);
    await handover.handOver();
    const halting = await handover.connect(owners[0]).haltAwards();
    await expect(halting)
      .to.emit(badge, "AwardsHalted")
      .withArgs(handover, await now(connection));
  });
});
