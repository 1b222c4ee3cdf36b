import { expect } from "chai";
import { parseEther } from "ethers";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal, planProposal } from "../../../sdk/governance/proposal.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { launchedWorld, load, problemOf } from "../support.js";

async function world() {
  const live = await load(launchedWorld);
  const { dao, record, holders, stranger } = live;
  const grant = call(
    await named("token", dao.token),
    "transfer",
    [stranger.address, parseEther("100")],
    "Pay the grant",
  );
  const proposal = makeProposal([grant], "試飲会", "100 BLUE", holders[0].address);
  return { ...live, grant, proposal, steps: planProposal(record, proposal) };
}

describe("proposal", () => {
  it("says who proposes it as the very last thing, as the governor wants it", async () => {
    const { grant, proposal, holders } = await world();
    expect(proposal).to.deep.equal({
      targets: [grant.to],
      values: [0n],
      calldatas: [grant.data],
      description: `# 試飲会\n\n100 BLUE\n\n#proposer=${holders[0].address}`,
    });
  });

  it("goes through its life step by step", async () => {
    const { connection, dao, holders, launcher, stranger, steps } = await world();
    const { time } = connection.networkHelpers;
    await executeAsSigner(steps.propose, holders[0]);
    const [proposed] = await dao.governor.queryFilter(dao.governor.filters.ProposalCreated());
    const id = proposed?.args.proposalId ?? 0n;
    await time.increaseTo((await dao.governor.proposalSnapshot(id)) + 1n);
    await dao.governor.connect(holders[0]).castVote(id, 1);
    await time.increaseTo((await dao.governor.proposalDeadline(id)) + 1n);
    await executeAsSigner(steps.queue, launcher);
    await time.increaseTo(await dao.governor.proposalEta(id));
    await executeAsSigner(steps.execute, launcher);
    expect(await dao.token.balanceOf(stranger.address)).to.equal(parseEther("100"));
  });

  it("can't be taken by somebody else", async () => {
    const { holders, steps } = await world();
    const { message } = await problemOf(executeAsSigner(steps.propose, holders[1]));
    expect(message).to.include("GovernorRestrictedProposer");
  });

  it("shows its steps as calls of the governor", async () => {
    const { record, steps } = await world();
    for (const [name, { title, calls }] of Object.entries(steps)) {
      expect(calls).to.have.length(1);
      expect(title).not.to.equal("");
      expect(calls[0]).to.deep.include({ contract: "governor", to: record.contracts.governor });
      expect(calls[0]?.signature).to.match(new RegExp(`^${name}\\(`));
    }
  });
});
