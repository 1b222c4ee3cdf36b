import { expect } from "chai";
import { connect, DAY, HOUR, type Signer, tokens } from "../../../helpers/chain.js";
import { type DAO, launchDAO } from "../../../helpers/dao.js";
import { STACKS } from "../../../helpers/openZeppelins.js";
import { Proposal, STATE, SUPPORT, travelTo } from "../../../helpers/proposal.js";

const { networkHelpers } = await connect();

for (const [whose, launch] of STACKS) {
  describe(`GovernorCounting, ${whose}`, function () {
    let dao: DAO;
    let alice: Signer;
    let bob: Signer;
    let carol: Signer;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
      [alice, bob, carol] = dao.holders;
    });

    function make(title: string): Proposal {
      return new Proposal(dao.governor, [{ to: dao.stranger.address, data: "0x" }], title);
    }

    // OpenZeppelin's have none.
    if (launch === launchDAO)
      describe("numbers", function () {
        it("count proposals from 1 on, and lead to their ids", async function () {
          const { governor } = dao;
          const none = make("# Never");
          expect(await governor.proposalCount()).to.equal(0);
          for (const [i, title] of ["# First", "# Second", "# Third"].entries()) {
            const proposal = make(title);
            await proposal.propose(alice);
            expect(await governor.proposalCount()).to.equal(i + 1);
            expect(await governor.proposalNumber(proposal.id)).to.equal(i + 1);
            expect(await governor.proposalIdAt(i + 1)).to.equal(proposal.id);
          }
          expect(await governor.proposalNumber(none.id)).to.equal(0);
          expect(await governor.proposalIdAt(0)).to.equal(0);
          expect(await governor.proposalIdAt(4)).to.equal(0);
        });

        it("aren't used up by what is refused, and stay with what was canceled", async function () {
          const { governor } = dao;
          const first = make("# First");
          await first.propose(alice);
          await governor.connect(alice).cancel(...first.args);
          await expect(first.propose(alice)).to.be.revertedWithCustomError(
            governor,
            "GovernorUnexpectedProposalState",
          );
          const second = make("# Second");
          await second.propose(bob);
          expect(await governor.proposalNumber(first.id)).to.equal(1);
          expect(await governor.proposalNumber(second.id)).to.equal(2);
          expect(await governor.proposalCount()).to.equal(2);
        });
      });

    describe("hasVoted", function () {
      it("tells each voter and each proposal apart, also of 300 proposals", async function () {
        const { governor } = dao;
        const proposals = Array.from({ length: 300 }, (_, i) => make(`# Proposal ${i}`));
        for (const proposal of proposals) await proposal.propose(alice);
        await proposals.at(-1)?.start();
        // On both sides of where a word ends, and those that have the same bit of another word.
        const voted = [0, 1, 253, 254, 255, 256, 299].flatMap((i) => proposals[i] ?? []);
        for (const proposal of voted) await governor.connect(alice).castVote(proposal.id, SUPPORT.for);
        for (const proposal of proposals) {
          expect(await governor.hasVoted(proposal.id, alice)).to.equal(voted.includes(proposal));
          expect(await governor.hasVoted(proposal.id, bob)).to.equal(false);
        }
        for (const proposal of voted) {
          await expect(governor.connect(alice).castVote(proposal.id, SUPPORT.against))
            .to.be.revertedWithCustomError(governor, "GovernorAlreadyCastVote")
            .withArgs(alice);
        }
      });

      it("is false of what isn't a proposal", async function () {
        expect(await dao.governor.hasVoted(make("# Never").id, alice)).to.equal(false);
      });
    });

    describe("the quorum", function () {
      it("is reached by exactly as many votes for and abstaining, and not by one less", async function () {
        const { governor, token, stranger } = dao;
        const wanted = tokens(120_000);
        await token.connect(alice).transfer(stranger, wanted - 1n);
        await token.connect(bob).transfer(dao.member, 1n);
        const short = make("# One short");
        const exact = make("# Exact");
        for (const proposal of [short, exact]) await proposal.propose(alice);
        await exact.start();
        const quorum = await governor.quorum(await governor.proposalSnapshot(exact.id));
        expect(quorum).to.equal(wanted);
        await short.vote({ for: [stranger] });
        await exact.vote({ for: [stranger], abstain: [dao.member] });
        await exact.pass();
        expect(await short.state()).to.equal(STATE.Defeated);
        expect(await exact.state()).to.equal(STATE.Succeeded);
      });

      it("isn't helped by votes against, and isn't reached by nobody", async function () {
        const against = make("# Against");
        const nobody = make("# Nobody");
        for (const proposal of [against, nobody]) await proposal.propose(alice);
        await against.vote({ against: [alice, bob, carol] });
        await against.pass();
        await nobody.pass();
        expect(await against.state()).to.equal(STATE.Defeated);
        expect(await nobody.state()).to.equal(STATE.Defeated);
        expect(await dao.governor.proposalVotes(against.id)).to.deep.equal([tokens(600_000), 0n, 0n]);
      });
    });

    describe("a quorum that is reached late", function () {
      it("prolongs the vote once, and tells it after the vote that did", async function () {
        const { governor, config } = dao;
        const proposal = make("# Late");
        await proposal.propose(alice).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        const at = deadline - HOUR;
        await travelTo(at - 1n);
        await networkHelpers.time.setNextBlockTimestamp(at);
        const extended = at + config.governance.lateQuorumExtension;
        const receipt = await (await governor.connect(alice).castVote(proposal.id, SUPPORT.for)).wait();
        expect(receipt?.logs.map((log) => governor.interface.parseLog(log)?.name)).to.deep.equal([
          "VoteCast",
          "ProposalExtended",
        ]);
        const told = receipt?.logs[1] && governor.interface.parseLog(receipt.logs[1]);
        expect(told?.args.toArray()).to.deep.equal([proposal.id, extended]);
        expect(await governor.proposalDeadline(proposal.id)).to.equal(extended);
        await networkHelpers.time.increase(HOUR);
        await expect(governor.connect(bob).castVote(proposal.id, SUPPORT.for)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        await expect(governor.connect(carol).castVote(proposal.id, SUPPORT.abstain)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        expect(await governor.proposalDeadline(proposal.id)).to.equal(extended);
      });

      it("doesn't where it was reached early, whoever votes later", async function () {
        const { governor } = dao;
        const proposal = make("# Early");
        await proposal.propose(alice).vote({ for: [alice] });
        const deadline = await governor.proposalDeadline(proposal.id);
        await travelTo(deadline - DAY / 24n);
        await expect(governor.connect(bob).castVote(proposal.id, SUPPORT.for)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
      });

      it("isn't prolonged by a vote against", async function () {
        const { governor } = dao;
        const proposal = make("# Against");
        await proposal.propose(alice).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        await travelTo(deadline - HOUR);
        await proposal.vote({ against: [alice, bob] });
        expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
      });
    });
  });
}
