import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO, people } from "../../helpers/dao.js";
import { Proposal, STATE } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** The brand keeps everything in the treasury to distribute it later, and somebody got hold of one wei of it. */
async function launchUndistributed(connection: Connection): Promise<DAO> {
  const { stranger } = await people(connection);
  return launchDAO(connection, {
    governance: { proposalThreshold: 1n },
    token: {
      allocations: [
        { account: ZeroAddress, amount: tokens(4_000_000) },
        { account: stranger.address, amount: 1n },
      ],
    },
  });
}

describe("Attack: buying the treasury with one wei of votes", function () {
  it("fails because of the quorum's floor", async function () {
    const { governor, token, stranger, at, config } = await networkHelpers.loadFixture(launchUndistributed);
    const theft = await token.transfer.populateTransaction(stranger, tokens(4_000_000));
    const proposal = new Proposal(governor, [theft]);
    await proposal
      .propose(stranger)
      .vote({ for: [stranger] })
      .pass();

    const snapshot = await governor.proposalSnapshot(proposal.id);
    expect(await token.getPastTotalSupply(snapshot)).to.equal(tokens(4_000_000) + 1n);
    expect(await governor.quorum(snapshot)).to.equal(config.governance.quorumFloor);
    expect(await proposal.state()).to.equal(STATE.Defeated);
    await expect(governor.queue(...proposal.args)).to.be.revertedWithCustomError(
      governor,
      "GovernorUnexpectedProposalState",
    );
    expect(await token.balanceOf(at.timelock)).to.equal(tokens(4_000_000));
  });

  it("fails too when the others delegate to the treasury, which lowers the fraction but not the floor", async function () {
    const { governor, token, stranger, holders, at, config } = await networkHelpers.loadFixture(launchDAO);
    const [alice, bob, carol] = holders;
    await token.connect(carol).transfer(stranger, tokens(19_999));
    for (const holder of [alice, bob, carol]) await token.connect(holder).delegate(at.timelock);
    const proposal = new Proposal(governor, [
      await token.transfer.populateTransaction(stranger, tokens(4_000_000)),
    ]);
    await proposal
      .propose(stranger)
      .vote({ for: [stranger] })
      .pass();
    expect(await governor.quorum(await governor.proposalSnapshot(proposal.id))).to.equal(
      config.governance.quorumFloor,
    );
    expect(await proposal.state()).to.equal(STATE.Defeated);
  });
});
