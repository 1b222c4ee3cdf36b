import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY } from "../../../helpers/chain.js";
import type { DAO } from "../../../helpers/dao.js";
import { operationSalt, STACKS } from "../../../helpers/openZeppelins.js";
import { Proposal, STATE, travelTo } from "../../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const GRACE = 14n * DAY;

for (const [whose, launch] of STACKS) {
  const launchWithShortestGrace = (connection: Connection) =>
    launch(connection, { governance: { gracePeriod: DAY } });

  describe(`GovernorExpiry, ${whose}`, function () {
    let dao: DAO;
    let proposal: Proposal;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
      const { governor, token, stranger, holders } = dao;
      proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
      await proposal.propose(holders[0]).vote({ for: holders }).pass();
    });

    /** The bitmap by which the governor says which state it wanted. */
    const wanted = (state: bigint) => ethers.toBeHex(1n << state, 32);

    describe("a success that nobody queues", function () {
      it("can be queued in the last second of the grace period", async function () {
        const { governor } = dao;
        const end = (await governor.proposalDeadline(proposal.id)) + GRACE;
        await travelTo(end - 1n);
        expect(await proposal.state()).to.equal(STATE.Succeeded);
        await networkHelpers.time.setNextBlockTimestamp(end);
        await governor.queue(...proposal.args);
        expect(await proposal.state()).to.equal(STATE.Queued);
      });

      it("expires after it, and can't be queued", async function () {
        const { governor } = dao;
        await proposal.expire();
        expect(await proposal.state()).to.equal(STATE.Expired);
        await expect(governor.queue(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
          .withArgs(proposal.id, STATE.Expired, wanted(STATE.Succeeded));
      });

      it("can't be vetoed or discarded once expired: there is nothing left to end", async function () {
        const { governor, asSafe, timelock } = dao;
        await proposal.expire();
        await expect(asSafe(await governor.veto.populateTransaction(...proposal.args, "too late")))
          .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
          .withArgs(proposal.id, STATE.Expired, ethers.toBeHex(0b00111011, 32));
        await expect(governor.discard(...proposal.args)).to.be.revertedWithCustomError(
          timelock,
          "TimelockUnexpectedOperationState",
        );
        expect(await proposal.state()).to.equal(STATE.Expired);
      });
    });

    describe("a queued proposal that nobody executes", function () {
      beforeEach(async function () {
        await proposal.queue();
      });

      it("can be executed from the ETA to the last second of the grace period", async function () {
        const { governor, token, stranger } = dao;
        const end = (await governor.proposalEta(proposal.id)) + GRACE;
        await travelTo(end - 1n);
        expect(await proposal.state()).to.equal(STATE.Queued);
        await networkHelpers.time.setNextBlockTimestamp(end);
        await expect(governor.execute(...proposal.args))
          .to.emit(governor, "ProposalExecuted")
          .withArgs(proposal.id);
        expect(await token.balanceOf(stranger)).to.equal(1);
      });

      it("expires after it, and can't be executed", async function () {
        const { governor } = dao;
        await proposal.expire();
        expect(await proposal.state()).to.equal(STATE.Expired);
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
          .withArgs(proposal.id, STATE.Expired, wanted(STATE.Queued));
      });

      it("stays executed although the grace period is long over", async function () {
        await proposal.execute();
        await networkHelpers.time.increase(GRACE * 10n);
        expect(await proposal.state()).to.equal(STATE.Executed);
      });
    });

    describe("discard", function () {
      it("removes the timelock's operation of an expired proposal, by anyone", async function () {
        const { governor, timelock, stranger } = dao;
        await proposal.queue().expire();
        const [targets, values, calldatas, descriptionHash] = proposal.args;
        const salt = await operationSalt(dao, launch, descriptionHash);
        const operation = await timelock.hashOperationBatch(targets, values, calldatas, ZeroHash, salt);
        expect(await timelock.isOperationPending(operation)).to.equal(true);
        await expect(governor.connect(stranger).discard(...proposal.args))
          .to.emit(governor, "ProposalDiscarded")
          .withArgs(proposal.id)
          .and.to.emit(timelock, "Cancelled")
          .withArgs(operation);
        expect(await timelock.isOperation(operation)).to.equal(false);
      });

      it("leaves the proposal expired for ever, and can't be repeated", async function () {
        const { governor, timelock } = dao;
        await proposal.queue().expire();
        expect(await governor.discard.staticCall(...proposal.args)).to.equal(proposal.id);
        await governor.discard(...proposal.args);
        expect(await proposal.state()).to.equal(STATE.Expired);
        await networkHelpers.time.increase(GRACE * 10n);
        expect(await proposal.state()).to.equal(STATE.Expired);
        await expect(governor.discard(...proposal.args)).to.be.revertedWithCustomError(
          timelock,
          "TimelockUnexpectedOperationState",
        );
      });

      it("refuses a proposal that isn't expired", async function () {
        const { governor } = dao;
        const refuses = async (state: bigint) => {
          await expect(governor.discard(...proposal.args))
            .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
            .withArgs(proposal.id, state, wanted(STATE.Expired));
        };
        await refuses(STATE.Succeeded);
        await proposal.queue();
        await refuses(STATE.Queued);
        await proposal.execute();
        await refuses(STATE.Executed);
      });

      it("refuses a proposal that doesn't exist", async function () {
        const { governor, stranger } = dao;
        const unknown = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Never proposed");
        await expect(governor.discard(...unknown.args))
          .to.be.revertedWithCustomError(governor, "GovernorNonexistentProposal")
          .withArgs(unknown.id);
      });
    });

    describe("a vetoed proposal", function () {
      it("stays canceled also long after the grace period", async function () {
        const { governor, asSafe } = dao;
        await proposal.queue();
        await asSafe(await governor.veto.populateTransaction(...proposal.args, "It pays a stranger."));
        expect(await proposal.state()).to.equal(STATE.Canceled);
        await networkHelpers.time.increase(GRACE * 10n);
        expect(await proposal.state()).to.equal(STATE.Canceled);
        await expect(governor.discard(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
          .withArgs(proposal.id, STATE.Canceled, wanted(STATE.Expired));
      });
    });

    describe("the shortest grace period, a day", function () {
      beforeEach(async function () {
        dao = await networkHelpers.loadFixture(launchWithShortestGrace);
        const { governor, token, stranger, holders } = dao;
        proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
        await proposal.propose(holders[0]).vote({ for: holders }).pass();
      });

      it("ends after its last second, before queueing and after", async function () {
        const { governor } = dao;
        for (const [state, since] of [
          [STATE.Succeeded, () => governor.proposalDeadline(proposal.id)],
          [STATE.Queued, () => governor.proposalEta(proposal.id)],
        ] as const) {
          if (state === STATE.Queued) await proposal.queue();
          const before = await networkHelpers.takeSnapshot();
          const end = (await since()) + DAY;
          await travelTo(end);
          expect(await proposal.state()).to.equal(state);
          await travelTo(end + 1n);
          expect(await proposal.state()).to.equal(STATE.Expired);
          await before.restore();
        }
      });
    });
  });
}
