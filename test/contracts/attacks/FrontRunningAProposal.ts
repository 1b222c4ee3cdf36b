import { expect } from "chai";
import { connect } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, STATE } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

describe("Attack: front-running a proposal to cancel it", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  function proposalOf(description: string): Proposal {
    const { governor, stranger } = dao;
    return new Proposal(governor, [{ to: stranger.address, data: "0x" }], description);
  }

  it("works without the suffix: whoever is first is the proposer, and may cancel", async function () {
    const { governor, holders } = dao;
    const [alice, mallory] = holders;
    const proposal = proposalOf("# Title");
    await proposal.propose(mallory);
    await governor.connect(mallory).cancel(...proposal.args);
    const [targets, values, calldatas] = proposal.args;
    await expect(
      governor.connect(alice).propose(targets, values, calldatas, proposal.description),
    ).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
  });

  it("fails where the description ends with the proposer's address", async function () {
    const { governor, holders } = dao;
    const [alice, mallory] = holders;
    const proposal = proposalOf(`# Title\n\n#proposer=${alice.address}`);
    const [targets, values, calldatas] = proposal.args;
    await expect(governor.connect(mallory).propose(targets, values, calldatas, proposal.description))
      .to.be.revertedWithCustomError(governor, "GovernorRestrictedProposer")
      .withArgs(mallory);
    await proposal.propose(alice);
    await expect(governor.connect(mallory).cancel(...proposal.args))
      .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
      .withArgs(proposal.id, mallory);
    expect(await proposal.state()).to.equal(STATE.Pending);
  });
});

describe("Attack: voting twice with the same tokens", function () {
  it("fails, as votes are those of the snapshot", async function () {
    const { governor, token, holders, stranger, member } = await networkHelpers.loadFixture(launchDAO);
    const [alice] = holders;
    const proposal = new Proposal(governor, [{ to: member.address, data: "0x" }]);
    await proposal.propose(alice).vote({ for: [alice] });
    await token.connect(alice).transfer(stranger, await token.balanceOf(alice));
    await proposal.vote({ for: [stranger] });
    await token.connect(stranger).delegate(member);
    await proposal.vote({ for: [member] });
    expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(300_000n * 10n ** 18n);
  });
});
