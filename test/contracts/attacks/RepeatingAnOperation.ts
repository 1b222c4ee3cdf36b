import { expect } from "chai";
import { id, toBeHex, ZeroHash } from "ethers";
import type { BrandTimelock } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import type { DAO } from "../../helpers/dao.js";
import { STACKS } from "../../helpers/openZeppelins.js";
import { Proposal, STATE } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** A treasury with ETH, and its timelock as the governor calls it. */
async function withGovernor(dao: DAO): Promise<DAO & { byGovernor: BrandTimelock }> {
  const { at, launcher, timelock } = dao;
  await launcher.sendTransaction({ to: at.timelock, value: tokens(10) });
  await networkHelpers.impersonateAccount(at.governor);
  await networkHelpers.setBalance(at.governor, tokens(1));
  return { ...dao, byGovernor: timelock.connect(await ethers.getSigner(at.governor)) };
}

const LAUNCHES = STACKS.map(([whose, launch]) => {
  const launchWithGovernor = async (connection: Connection) => withGovernor(await launch(connection));
  return [whose, launchWithGovernor] as const;
});

/** The worst case: a fault in the governor, which lets it call the timelock as it likes. What the timelock itself still holds. */
for (const [whose, launch] of LAUNCHES) {
  describe(`Attack: an operation of the timelock is carried out twice, or although it was canceled: ${whose}`, function () {
    const SALT = id("# A payment");
    type Batch = [targets: string[], values: bigint[], payloads: string[]];
    let dao: Awaited<ReturnType<typeof withGovernor>>;
    let payment: Batch;
    let operation: string;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
      const { stranger, timelock } = dao;
      payment = [[stranger.address], [tokens(1)], ["0x"]];
      operation = await timelock.hashOperationBatch(...payment, ZeroHash, SALT);
    });

    /** The bitmap by which the timelock says which states it wanted. */
    const wanted = (...states: number[]) =>
      toBeHex(
        states.reduce((bits, state) => bits | (1 << state), 0),
        32,
      );
    const [UNSET, WAITING, READY] = [0, 1, 2];

    async function expectState(attempt: Promise<unknown>, of: string, ...states: number[]): Promise<void> {
      await expect(attempt)
        .to.be.revertedWithCustomError(dao.timelock, "TimelockUnexpectedOperationState")
        .withArgs(of, wanted(...states));
    }

    it("can't be scheduled again, neither while it waits nor once it is done", async function () {
      const { byGovernor } = dao;
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      await expectState(byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY), operation, UNSET);
      await networkHelpers.time.increase(2n * DAY);
      await byGovernor.executeBatch(...payment, ZeroHash, SALT);
      await expectState(byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY), operation, UNSET);
      await expectState(byGovernor.executeBatch(...payment, ZeroHash, SALT), operation, READY);
      await expectState(byGovernor.cancel(operation), operation, WAITING, READY);
    });

    it("can't be executed too early, unscheduled, or canceled", async function () {
      const { byGovernor, timelock } = dao;
      await expectState(byGovernor.executeBatch(...payment, ZeroHash, SALT), operation, READY);
      await expect(byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY - 1n))
        .to.be.revertedWithCustomError(timelock, "TimelockInsufficientDelay")
        .withArgs(2n * DAY - 1n, 2n * DAY);
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      await expectState(byGovernor.executeBatch(...payment, ZeroHash, SALT), operation, READY);
      await networkHelpers.time.increase(2n * DAY);
      await byGovernor.cancel(operation);
      await expectState(byGovernor.executeBatch(...payment, ZeroHash, SALT), operation, READY);
      expect(await timelock.isOperation(operation)).to.equal(false);
    });

    it("isn't the same one with another salt, predecessor, or as a single call: none of these stands for it", async function () {
      const { byGovernor, timelock, stranger } = dao;
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      await networkHelpers.time.increase(2n * DAY);
      const single = [stranger.address, tokens(1), "0x"] as const;
      const others = await Promise.all([
        timelock.hashOperationBatch(...payment, ZeroHash, id("# Another")),
        timelock.hashOperationBatch(...payment, SALT, SALT),
        timelock.hashOperationBatch(...payment, SALT, ZeroHash),
        timelock.hashOperation(...single, ZeroHash, SALT),
      ]);
      expect(new Set([operation, ...others]).size).to.equal(5);
      const [another, after, swapped, alone] = others;
      await expectState(byGovernor.executeBatch(...payment, ZeroHash, id("# Another")), another, READY);
      await expectState(byGovernor.executeBatch(...payment, SALT, SALT), after, READY);
      await expectState(byGovernor.executeBatch(...payment, SALT, ZeroHash), swapped, READY);
      await expectState(byGovernor.execute(...single, ZeroHash, SALT), alone, READY);
    });

    it("waits for a predecessor, and doesn't count one that was canceled", async function () {
      const { byGovernor, timelock } = dao;
      const later = id("# Later");
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      await byGovernor.scheduleBatch(...payment, operation, later, 2n * DAY);
      await networkHelpers.time.increase(2n * DAY);
      const refused = () =>
        expect(byGovernor.executeBatch(...payment, operation, later))
          .to.be.revertedWithCustomError(timelock, "TimelockUnexecutedPredecessor")
          .withArgs(operation);
      await refused();
      await byGovernor.cancel(operation);
      await refused();
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      await networkHelpers.time.increase(2n * DAY);
      await byGovernor.executeBatch(...payment, ZeroHash, SALT);
      await byGovernor.executeBatch(...payment, operation, later);
    });

    it("isn't paid twice by a receiver that calls the timelock, or the governor, while it is paid", async function () {
      const { timelock, governor, holders, at } = dao;
      const reentrant = await ethers.deployContract("Reentrant");
      const target = await reentrant.getAddress();
      const proposal = new Proposal(governor, [{ to: target, data: "0x", value: tokens(3) }]);
      await proposal.propose(holders[0]).vote({ for: holders }).pass().queue().ready();
      const [targets, values, calldatas, salt] = proposal.args;
      const again = timelock.interface.encodeFunctionData("executeBatch", [
        targets,
        values,
        calldatas,
        ZeroHash,
        salt,
      ]);
      await reentrant.getFunction("arm").send(timelock, again);
      await expect(governor.execute(...proposal.args)).to.changeEtherBalances(
        ethers,
        [at.timelock, target],
        [-tokens(3), tokens(3)],
      );
      const answer = (await reentrant.getFunction("answer").staticCall()) as string;
      expect(timelock.interface.parseError(answer)?.args[0]).to.equal(target);
      expect(await proposal.state()).to.equal(STATE.Executed);
      await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
        governor,
        "GovernorUnexpectedProposalState",
      );
    });

    it("isn't run by its own call: a batch that executes or cancels itself, or what comes with it, is undone as a whole", async function () {
      const { byGovernor, timelock, at, holders, governor } = dao;
      // The timelock is no executor of itself, and can't become one.
      const inner = timelock.interface.encodeFunctionData("cancel", [operation]);
      await byGovernor.scheduleBatch(...payment, ZeroHash, SALT, 2n * DAY);
      const proposal = new Proposal(governor, [{ to: at.timelock, data: inner }]);
      await proposal.propose(holders[0]).vote({ for: holders }).pass().queue().ready();
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount")
        .withArgs(at.timelock, id("CANCELLER_ROLE"));
      expect(await timelock.isOperationPending(operation)).to.equal(true);
      expect(await proposal.state()).to.equal(STATE.Queued);
    });
  });
}
