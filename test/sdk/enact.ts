import type { Call } from "../../sdk/calls/plan.js";
import { executeAsSigner } from "../../sdk/execute/signer.js";
import { makeProposal, planProposal } from "../../sdk/governance/proposal.js";
import type { LaunchedWorld } from "./support.js";

/** Has all holders pass a proposal, and executes it. */
export async function enact(world: LaunchedWorld, ...calls: Call[]): Promise<void> {
  const { connection, dao, holders, launcher, record } = world;
  const { time } = connection.networkHelpers;
  const proposal = makeProposal(calls, "A decision", "", holders[0].address);
  const steps = planProposal(record, proposal);
  await executeAsSigner(steps.propose, holders[0]);
  const proposed = await dao.governor.queryFilter(dao.governor.filters.ProposalCreated());
  const id = proposed.at(-1)?.args.proposalId ?? 0n;
  await time.increaseTo((await dao.governor.proposalSnapshot(id)) + 1n);
  for (const holder of holders) await dao.governor.connect(holder).castVote(id, 1);
  await time.increaseTo((await dao.governor.proposalDeadline(id)) + 1n);
  await executeAsSigner(steps.queue, launcher);
  await time.increaseTo(await dao.governor.proposalEta(id));
  await executeAsSigner(steps.execute, launcher);
}
