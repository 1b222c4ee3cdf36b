import { expect } from "chai";
import { Interface, type InterfaceAbi, ZeroHash } from "ethers";
import { IERC4824__factory } from "../../../typechain-types/index.js";
import governorInterface from "@openzeppelin/contracts/build/contracts/IGovernor.json" with { type: "json" };
import { connect, DAY, HOUR, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../helpers/dao.js";
import { STACKS } from "../../helpers/openZeppelins.js";
import { enact, enactLater, Proposal, STATE, SUPPORT, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** The id of an ERC-165 interface: the selectors of its functions, inherited ones left out, combined. */
function interfaceId(abi: InterfaceAbi, without: string[] = []): bigint {
  let combined = 0n;
  new Interface(abi).forEachFunction(({ selector, name }) => {
    if (!without.includes(name)) combined ^= BigInt(selector);
  });
  return combined;
}

for (const [whose, launch] of STACKS) {
  describe(`BrandGovernor, ${whose}`, function () {
    let dao: DAO;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
    });

    describe("what front-ends ask for", function () {
      it("has the token's clock and the usual counting", async function () {
        const { governor, connection, at } = dao;
        expect(await governor.version()).to.equal("1");
        expect(await governor.clock()).to.equal(await now(connection));
        expect(await governor.CLOCK_MODE()).to.equal("mode=timestamp");
        expect(await governor.COUNTING_MODE()).to.equal("support=bravo&quorum=for,abstain");
        expect(await governor.token()).to.equal(at.token);
        expect(await governor.timelock()).to.equal(at.timelock);
      });

      it("supports both ids of IGovernor", async function () {
        const { governor } = dao;
        const inherited = ["supportsInterface", "clock", "CLOCK_MODE"];
        const whole = interfaceId(governorInterface.abi, inherited);
        const getProposalId = BigInt(
          new Interface(governorInterface.abi).getFunction("getProposalId")?.selector ?? 0,
        );
        for (const id of [whole, whole ^ getProposalId, 0x01ffc9a7n]) {
          expect(await governor.supportsInterface(ethers.toBeHex(id, 4))).to.equal(true);
        }
        const daoURI = interfaceId(IERC4824__factory.abi);
        for (const id of [0xffffffffn, daoURI]) {
          expect(await governor.supportsInterface(ethers.toBeHex(id, 4))).to.equal(false);
        }
      });

      it("says that proposals need queuing", async function () {
        expect(await dao.governor.proposalNeedsQueuing(1)).to.equal(true);
      });
    });

    describe("propose", function () {
      it("takes the threshold, counted a second before", async function () {
        const { governor, token, holders, stranger } = dao;
        await token.connect(holders[0]).transfer(stranger, tokens(1_000) - 1n);
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
        const [targets, values, calldatas] = proposal.args;
        await expect(governor.connect(stranger).propose(targets, values, calldatas, proposal.description))
          .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
          .withArgs(stranger, tokens(1_000) - 1n, tokens(1_000));
        await token.connect(holders[0]).transfer(stranger, 1);
        await networkHelpers.time.increase(1);
        await proposal.propose(stranger);
        expect(await governor.proposalProposer(proposal.id)).to.equal(stranger);
      });

      it("emits ProposalCreated and starts as pending, with the snapshot after the delay", async function () {
        const { governor, holders, stranger, connection, config } = dao;
        const [alice] = holders;
        const proposal = new Proposal(
          governor,
          [{ to: stranger.address, data: "0x", value: 5n }],
          "# Title\n\nText",
        );
        const [targets, values, calldatas] = proposal.args;
        const at = (await now(connection)) + 5n;
        await networkHelpers.time.setNextBlockTimestamp(at);
        const snapshot = at + config.governance.votingDelay;
        await expect(governor.connect(alice).propose(targets, values, calldatas, proposal.description))
          .to.emit(governor, "ProposalCreated")
          .withArgs(
            proposal.id,
            alice,
            targets,
            values,
            [""],
            calldatas,
            snapshot,
            snapshot + config.governance.votingPeriod,
            proposal.description,
          );
        expect(await governor.getProposalId(...proposal.args)).to.equal(proposal.id);
        expect(await governor.hashProposal(...proposal.args)).to.equal(proposal.id);
        await travelTo(snapshot);
        expect(await proposal.state()).to.equal(STATE.Pending);
        await travelTo(snapshot + 1n);
        expect(await proposal.state()).to.equal(STATE.Active);
      });

      it("is protected by the suffix that names the proposer", async function () {
        const { governor, holders, stranger } = dao;
        const [alice, bob] = holders;
        const description = `# Title\n\n#proposer=${alice.address}`;
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }], description);
        const [targets, values, calldatas] = proposal.args;
        await expect(governor.connect(bob).propose(targets, values, calldatas, description))
          .to.be.revertedWithCustomError(governor, "GovernorRestrictedProposer")
          .withArgs(bob);
        await proposal.propose(alice);
        expect(await governor.proposalProposer(proposal.id)).to.equal(alice);
      });
    });

    describe("the life of a proposal", function () {
      it("goes through its states", async function () {
        const { governor, token, stranger, holders } = dao;
        const proposal = new Proposal(governor, [await token.mint.populateTransaction(stranger, 1)]);
        const [alice, bob, carol] = holders;
        await proposal.propose(alice);
        expect(await proposal.state()).to.equal(STATE.Pending);
        await proposal.vote({ for: [alice], against: [bob], abstain: [carol] });
        expect(await proposal.state()).to.equal(STATE.Active);
        expect(await governor.proposalVotes(proposal.id)).to.deep.equal([
          tokens(200_000),
          tokens(300_000),
          tokens(100_000),
        ]);
        expect(await governor.hasVoted(proposal.id, alice)).to.equal(true);
        await proposal.pass();
        expect(await proposal.state()).to.equal(STATE.Succeeded);
        await proposal.queue();
        expect(await proposal.state()).to.equal(STATE.Queued);
        await proposal.execute();
        expect(await proposal.state()).to.equal(STATE.Executed);
        expect(await token.balanceOf(stranger)).to.equal(1);
      });

      it("ends in defeat where votes against are as many as votes for", async function () {
        const { governor, token, stranger, holders } = dao;
        const [alice, bob, carol] = holders;
        await token.connect(alice).transfer(stranger, tokens(100_000));
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
        await proposal
          .propose(alice)
          .vote({ for: [alice], against: [bob], abstain: [carol] })
          .pass();
        expect(await proposal.state()).to.equal(STATE.Defeated);
        await expect(governor.queue(...proposal.args)).to.be.revertedWithCustomError(
          governor,
          "GovernorUnexpectedProposalState",
        );
      });

      it("can't be cut short: nothing is executed before the timelock's delay is over", async function () {
        const { governor, timelock, token, stranger, holders } = dao;
        const proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
        await proposal.propose(holders[0]).vote({ for: holders }).pass().queue();
        const eta = await governor.proposalEta(proposal.id);
        await networkHelpers.time.setNextBlockTimestamp(eta - 1n);
        await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
          timelock,
          "TimelockUnexpectedOperationState",
        );
      });

      it("counts each voter once, with the votes of the snapshot", async function () {
        const { governor, token, stranger, holders } = dao;
        const [alice, bob] = holders;
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
        await proposal.propose(alice).vote({ for: [alice] });
        await expect(governor.connect(alice).castVote(proposal.id, SUPPORT.for))
          .to.be.revertedWithCustomError(governor, "GovernorAlreadyCastVote")
          .withArgs(alice);
        await token.connect(alice).transfer(bob, tokens(300_000));
        await proposal.vote({ for: [bob] });
        expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(tokens(500_000));
      });

      it("pays with the ETH that comes with the execution, and leaves the rest in the timelock", async function () {
        const { governor, stranger, launcher, at } = dao;
        const proposal = enactLater(dao, [{ to: stranger.address, value: 5n, data: "0x" }]);
        await proposal;
        await expect(
          governor.connect(launcher).execute(...proposal.args, { value: 7n }),
        ).to.changeEtherBalances(ethers, [launcher, governor, at.timelock, stranger], [-7n, 0n, 2n, 5n]);
      });

      it("lets a proposal do several things, or none of them", async function () {
        const { governor, token, stranger, at } = dao;
        const proposal = enactLater(dao, [
          await token.transfer.populateTransaction(stranger, 1),
          await token.transferFrom.populateTransaction(stranger, at.timelock, 1),
        ]);
        await proposal;
        await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
          token,
          "ERC20InsufficientAllowance",
        );
        expect(await token.balanceOf(stranger)).to.equal(0);
        expect(await proposal.state()).to.equal(STATE.Queued);
      });
    });

    describe("a late quorum", function () {
      it("extends the vote, so that the others can answer", async function () {
        const { governor, holders, stranger, config } = dao;
        const [alice, bob, carol] = holders;
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
        await proposal.propose(alice).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        const late = deadline - HOUR;
        await networkHelpers.time.setNextBlockTimestamp(late);
        await expect(governor.connect(alice).castVote(proposal.id, SUPPORT.for))
          .to.emit(governor, "ProposalExtended")
          .withArgs(proposal.id, late + config.governance.lateQuorumExtension);
        expect(await governor.proposalDeadline(proposal.id)).to.equal(late + DAY);
        await travelTo(deadline + 1n);
        await proposal.vote({ against: [bob, carol] }).pass();
        expect(await proposal.state()).to.equal(STATE.Defeated);
      });

      it("that isn't late extends nothing", async function () {
        const { governor, holders, stranger } = dao;
        const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
        await proposal.propose(holders[0]).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        await proposal.vote({ for: [holders[0]] });
        expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
      });
    });

    describe("relay", function () {
      it("lets a passed proposal use what was sent to the governor", async function () {
        const { governor, token, holders, stranger, at } = dao;
        await token.connect(holders[0]).transfer(at.governor, tokens(3));
        const data = token.interface.encodeFunctionData("transfer", [stranger.address, tokens(3)]);
        await enact(dao, [await governor.relay.populateTransaction(at.token, 0, data)]);
        expect(await token.balanceOf(stranger)).to.equal(tokens(3));
      });
    });

    describe("receive", function () {
      it("refuses ETH, which belongs into the timelock", async function () {
        const { governor, at, launcher } = dao;
        await expect(launcher.sendTransaction({ to: at.governor, value: 1 })).to.be.revertedWithCustomError(
          governor,
          "GovernorDisabledDeposit",
        );
      });
    });
  });
}

describe("BrandGovernor", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  it("has the token's name", async function () {
    expect(await dao.governor.name()).to.equal("ブランド共創コミュニティ");
  });

  it("names its EIP-712 domain without storing it", async function () {
    const { governor, at } = dao;
    const { chainId } = await ethers.provider.getNetwork();
    expect(await governor.eip712Domain()).to.deep.equal([
      "0x0f",
      "ブランド共創コミュニティ",
      "1",
      chainId,
      at.governor,
      ZeroHash,
      [],
    ]);
  });

  it("lets contributors vote with what they earned before the snapshot", async function () {
    const { governor, asSafe, badge, member, holders, stranger } = dao;
    await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, member, ZeroHash));
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
    await proposal.propose(holders[0]).vote({ against: [member] });
    expect((await governor.proposalVotes(proposal.id)).againstVotes).to.equal(tokens(1_000));
  });

  describe("updateTimelock", function () {
    it("reverts, also by a passed proposal", async function () {
      const { governor, at } = dao;
      const proposal = enactLater(dao, [await governor.updateTimelock.populateTransaction(at.handover)]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
        governor,
        "BrandGovernorTimelockIsFixed",
      );
    });
  });
});
