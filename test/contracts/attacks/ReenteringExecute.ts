import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, STATE } from "../../helpers/proposal.js";
import { signedBySafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

async function launchWithReentrant(connection: Connection): Promise<DAO & { reentrant: Contract }> {
  const dao = await launchDAO(connection);
  await dao.launcher.sendTransaction({ to: dao.at.timelock, value: tokens(10) });
  return { ...dao, reentrant: await ethers.deployContract("Reentrant") };
}

describe("Attack: a proposal's target enters execute again", function () {
  it("pays once, although the receiver executes the proposal again", async function () {
    const { governor, holders, at, reentrant } = await networkHelpers.loadFixture(launchWithReentrant);
    const target = await reentrant.getAddress();
    const payment = new Proposal(governor, [{ to: target, data: "0x", value: tokens(3) }]);
    await payment.propose(holders[0]).vote({ for: holders }).pass().queue().ready();
    await reentrant
      .getFunction("arm")
      .send(governor, governor.interface.encodeFunctionData("execute", payment.args));

    await expect(governor.execute(...payment.args)).to.changeEtherBalances(
      ethers,
      [at.timelock, target],
      [-tokens(3), tokens(3)],
    );
    const answer = (await reentrant.getFunction("answer").staticCall()) as string;
    const refusal = governor.interface.parseError(answer);
    expect(refusal?.name).to.equal("GovernorUnexpectedProposalState");
    expect(refusal?.args[1]).to.equal(STATE.Executed);
    expect(await reentrant.getFunction("calls").staticCall()).to.equal(1n);
  });

  it("can't slip a call to the governor in that the proposal doesn't have", async function () {
    const { governor, holders, config, reentrant } = await networkHelpers.loadFixture(launchWithReentrant);
    const target = await reentrant.getAddress();
    const call = await governor.setVotingDelay.populateTransaction(60);
    const proposal = new Proposal(governor, [{ to: target, data: "0x" }]);
    await proposal.propose(holders[0]).vote({ for: holders }).pass().queue().ready();
    await reentrant.getFunction("arm").send(governor, call.data);

    await governor.execute(...proposal.args);
    const answer = (await reentrant.getFunction("answer").staticCall()) as string;
    const refusal = governor.interface.parseError(answer);
    expect([refusal?.name, refusal?.args[0]]).to.deep.equal(["GovernorOnlyExecutor", target]);
    expect(await governor.votingDelay()).to.equal(config.governance.votingDelay);
  });

  it("by executing another one within it undoes both, and each still works alone", async function () {
    const dao = await networkHelpers.loadFixture(launchWithReentrant);
    const { governor, holders, owners, safe } = dao;
    const inner = new Proposal(governor, [await governor.setVotingDelay.populateTransaction(60)], "# Inner");
    const execution = await governor.execute.populateTransaction(...inner.args);
    // The Safe is the target, and the proposal carries what its owners have signed.
    const outer = new Proposal(
      governor,
      [
        await signedBySafe(safe, owners, execution),
        await governor.setProposalThreshold.populateTransaction(1),
      ],
      "# Outer",
    );
    for (const proposal of [inner, outer]) await proposal.propose(holders[0]);
    for (const proposal of [inner, outer]) await proposal.vote({ for: holders });
    for (const proposal of [inner, outer]) await proposal.pass().queue();
    for (const proposal of [inner, outer]) await proposal.ready();

    await expect(governor.execute(...outer.args)).to.be.revertedWithPanic(0x31);
    expect(await inner.state()).to.equal(STATE.Queued);
    await inner.execute();
    expect(await governor.votingDelay()).to.equal(60);
  });
});
