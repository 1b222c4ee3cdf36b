import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, DAY, now } from "../../../helpers/chain.js";
import { type DAO, launchDAO, prepareLaunch } from "../../../helpers/dao.js";
import { STACKS } from "../../../helpers/openZeppelins.js";
import { enact, enactLater, Proposal, STATE, travelTo } from "../../../helpers/proposal.js";

const { networkHelpers } = await connect();

const MAX_TERM = 1_461n * DAY;
const REASON = "It would break what we promised our customers.";

for (const [whose, launch] of STACKS) {
  describe(`GovernorGuardianTerm, ${whose}`, function () {
    let dao: DAO;
    let proposal: Proposal;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
      const { governor, token, stranger } = dao;
      proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
    });

    function veto(reason = REASON) {
      return dao.governor.veto.populateTransaction(...proposal.args, reason);
    }

    describe("veto", function () {
      const stages: Record<string, () => Proposal> = {
        Pending: () => proposal.propose(dao.holders[0]),
        Active: () => proposal.propose(dao.holders[0]).start(),
        Succeeded: () => proposal.propose(dao.holders[0]).vote({ for: dao.holders }).pass(),
        Queued: () => proposal.propose(dao.holders[0]).vote({ for: dao.holders }).pass().queue(),
        Defeated: () => proposal.propose(dao.holders[0]).pass(),
      };

      for (const [name, reach] of Object.entries(stages)) {
        it(`ends a proposal that is ${name}, and says why`, async function () {
          const { governor, asSafe, safe } = dao;
          await reach();
          expect(await proposal.state()).to.equal(STATE[name as keyof typeof STATE]);
          const transaction = asSafe(await veto());
          await expect(transaction)
            .to.emit(governor, "ProposalVetoed")
            .withArgs(proposal.id, safe.address, REASON);
          await expect(transaction).to.emit(governor, "ProposalCanceled").withArgs(proposal.id);
          expect(await proposal.state()).to.equal(STATE.Canceled);
        });
      }

      it("removes a queued proposal's operation from the timelock", async function () {
        const { timelock, asSafe } = dao;
        await proposal.propose(dao.holders[0]).vote({ for: dao.holders }).pass().queue();
        await expect(asSafe(await veto())).to.emit(timelock, "Cancelled");
      });

      it("needs a reason", async function () {
        const { governor, asSafe } = dao;
        await proposal.propose(dao.holders[0]);
        await expect(asSafe(await veto(""))).to.be.revertedWithCustomError(
          governor,
          "BrandGovernorVetoWithoutReason",
        );
      });

      it("can't end what is executed or canceled", async function () {
        const { governor, asSafe, holders } = dao;
        await proposal.propose(holders[0]).vote({ for: holders }).pass().queue().execute();
        await expect(asSafe(await veto())).to.be.revertedWithCustomError(
          governor,
          "GovernorUnexpectedProposalState",
        );
        proposal = new Proposal(governor, [{ to: dao.stranger.address, data: "0x" }]);
        await proposal.propose(holders[0]);
        await asSafe(await veto());
        await expect(asSafe(await veto())).to.be.revertedWithCustomError(
          governor,
          "GovernorUnexpectedProposalState",
        );
      });

      it("ends with the term: the last second before it still counts", async function () {
        const { governor, asSafe, safe, config, holders } = dao;
        const { guardianExpiry } = config.handover;
        await travelTo(guardianExpiry - 100n);
        await proposal.propose(holders[0]);
        const call = await veto();
        await networkHelpers.time.setNextBlockTimestamp(guardianExpiry - 1n);
        await asSafe(call);
        expect(await governor.proposalGuardian()).to.equal(safe.address);
        expect(await proposal.state()).to.equal(STATE.Canceled);

        proposal = new Proposal(governor, [{ to: dao.stranger.address, data: "0x" }]);
        await proposal.propose(holders[0]);
        expect(await governor.proposalGuardian()).to.equal(ZeroAddress);
        await expect(asSafe(await veto()))
          .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
          .withArgs(safe.address);
      });
    });

    describe("cancel", function () {
      it("is the proposer's while the proposal is pending", async function () {
        const { governor, holders } = dao;
        await proposal.propose(holders[0]);
        await expect(governor.connect(holders[0]).cancel(...proposal.args))
          .to.emit(governor, "ProposalCanceled")
          .withArgs(proposal.id);
      });

      it("isn't anybody else's: neither a holder's nor the guardian's, who has to say why", async function () {
        const { governor, holders, asSafe, safe } = dao;
        await proposal.propose(holders[0]);
        await expect(governor.connect(holders[1]).cancel(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
          .withArgs(proposal.id, holders[1]);
        await expect(asSafe(await governor.cancel.populateTransaction(...proposal.args)))
          .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
          .withArgs(proposal.id, safe.address);
      });

      it("says of a proposal that nobody made that there is none", async function () {
        const { governor, holders } = dao;
        await expect(governor.connect(holders[0]).cancel(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorNonexistentProposal")
          .withArgs(proposal.id);
      });

      it("isn't the proposer's any more once voting has begun", async function () {
        const { governor, holders } = dao;
        const refuses = async () => {
          await expect(governor.connect(holders[0]).cancel(...proposal.args))
            .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
            .withArgs(proposal.id, holders[0]);
        };
        await proposal.propose(holders[0]).start();
        await refuses();
        await proposal.vote({ for: holders }).pass();
        await refuses();
        await proposal.queue();
        await refuses();
        await proposal.execute();
        await refuses();
      });
    });
  });
}

describe("GovernorGuardianTerm", function () {
  let dao: DAO;
  let proposal: Proposal;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
    const { governor, token, stranger } = dao;
    proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
  });

  function veto(reason = REASON) {
    return dao.governor.veto.populateTransaction(...proposal.args, reason);
  }

  describe("resignGuardian", function () {
    it("gives the veto up for ever", async function () {
      const { governor, asSafe, safe } = dao;
      await proposal.propose(dao.holders[0]);
      await expect(asSafe(await governor.resignGuardian.populateTransaction()))
        .to.emit(governor, "ProposalGuardianSet")
        .withArgs(safe.address, ZeroAddress);
      await expect(asSafe(await veto()))
        .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
        .withArgs(safe.address);
      await expect(asSafe(await governor.resignGuardian.populateTransaction()))
        .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
        .withArgs(safe.address);
    });

    it("gives the proposer nothing: it can't cancel what is voted on or queued, as with OpenZeppelin's guardian", async function () {
      const { governor, holders, asSafe } = dao;
      await proposal.propose(holders[0]).start();
      await asSafe(await governor.resignGuardian.populateTransaction());
      for (const step of [
        () => proposal,
        () => proposal.vote({ for: holders }).pass(),
        () => proposal.queue(),
      ]) {
        await step();
        await expect(governor.connect(holders[0]).cancel(...proposal.args))
          .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
          .withArgs(proposal.id, holders[0]);
      }
    });
  });

  describe("setProposalGuardian", function () {
    it("lets a passed proposal name another guardian", async function () {
      const { governor, asSafe, safe, stranger, holders } = dao;
      await enact(dao, [await governor.setProposalGuardian.populateTransaction(stranger)], "# Guardian");
      await proposal.propose(holders[0]);
      await expect(asSafe(await veto()))
        .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
        .withArgs(safe.address);
      await governor.connect(stranger).veto(...proposal.args, REASON);
      expect(await proposal.state()).to.equal(STATE.Canceled);
    });
  });

  describe("setGuardianTerm", function () {
    it("lets a passed proposal end the veto at once, or prolong it", async function () {
      const { governor, config } = dao;
      const { guardianExpiry } = config.handover;
      const { address } = dao.safe;
      const ending = enactLater(dao, [await governor.setGuardianTerm.populateTransaction(address, 0)]);
      await ending;
      await expect(governor.execute(...ending.args))
        .to.emit(governor, "GuardianExpirySet")
        .withArgs(guardianExpiry, 0);
      expect(await governor.proposalGuardian()).to.equal(ZeroAddress);
      const later = guardianExpiry + 30n * DAY;
      await enact(dao, [await governor.setGuardianTerm.populateTransaction(address, later)]);
      expect(await governor.proposalGuardian()).to.equal(address);
      expect(await governor.guardianExpiry()).to.equal(later);
    });

    it("never gives a term that is over back to whom nobody named", async function () {
      const { governor, config, safe, asSafe, stranger } = dao;
      const { guardianExpiry } = config.handover;
      await travelTo(guardianExpiry);
      await enact(dao, [
        await governor.setGuardianTerm.populateTransaction(stranger, guardianExpiry + 300n * DAY),
      ]);
      expect(await governor.proposalGuardian()).to.equal(stranger);
      await expect(asSafe(await governor.resignGuardian.populateTransaction()))
        .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
        .withArgs(safe.address);
    });

    it("takes nobody as a guardian", async function () {
      const { governor, config } = dao;
      const { guardianExpiry } = config.handover;
      await enact(dao, [await governor.setGuardianTerm.populateTransaction(ZeroAddress, guardianExpiry)]);
      expect(await governor.proposalGuardian()).to.equal(ZeroAddress);
      expect(await governor.guardianExpiry()).to.equal(guardianExpiry);
    });

    it("refuses more than four years ahead, by a proposal", async function () {
      const { governor, connection } = dao;
      const expiry = (await now(connection)) + 2_000n * DAY;
      const far = enactLater(dao, [
        await governor.setGuardianTerm.populateTransaction(dao.safe.address, expiry),
      ]);
      await far;
      const executedAt = (await now(connection)) + 10n;
      await networkHelpers.time.setNextBlockTimestamp(executedAt);
      await expect(governor.execute(...far.args))
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(
          governor.interface.getFunction("setGuardianTerm").selector,
          expiry,
          0,
          executedAt + MAX_TERM,
        );
    });

    it("can't be more than four years ahead at launch: nor can the handover that it may not outlast", async function () {
      const { connection, handover } = dao;
      const date = (await now(connection)) + MAX_TERM + DAY;
      const { factory, launcher, config } = await prepareLaunch(connection, {
        handover: { guardianExpiry: date, communityDate: date },
      });
      await expect(factory.connect(launcher).launch(config))
        .to.be.revertedWithCustomError(handover, "HandoverInvalidDate")
        .withArgs(date);
    });
  });
});
