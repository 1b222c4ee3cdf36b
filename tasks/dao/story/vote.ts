import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { identify, planProposal, type Proposal } from "../../../sdk/governance/proposal.js";
import { formatAmount } from "../../../sdk/units.js";
import { done, print } from "../../output.js";
import { nameOf, pass, signerOf, type Story, toBeRead } from "./story.js";

/** What the governor takes for a ballot's side. */
export const AGAINST = 0;
export const FOR = 1;

export interface Ballot {
  readonly voter: string;
  readonly support: typeof AGAINST | typeof FOR;
  readonly reason: string;
}

/** Somebody proposes. @returns What can be done with the proposal, step by step. */
export async function propose(story: Story, proposal: Proposal, title: string, proposer: string) {
  const steps = planProposal(story.record, proposal);
  await executeAsSigner(steps.propose, await signerOf(story, proposer));
  done(`${nameOf(story, proposer)} proposes:「${title}」`);
  return steps;
}

/** People vote, each on their own; `told` is called with the votes of each. */
export async function vote(
  story: Story,
  proposal: Proposal,
  ballots: readonly Ballot[],
  told: (ballot: Ballot, votes: string) => void = () => undefined,
): Promise<void> {
  const { id } = identify(proposal);
  const snapshot = await story.dao.governor.proposalSnapshot(id);
  for (const ballot of ballots) {
    const governor = story.dao.governor.connect(await signerOf(story, ballot.voter));
    await (await governor.castVoteWithReason(id, ballot.support, ballot.reason)).wait();
    told(ballot, formatAmount(toBeRead(await governor.getVotes(ballot.voter, snapshot))));
  }
}

/** Says how a vote stands, and lets its end come. */
export async function endVote(story: Story, proposal: Proposal): Promise<void> {
  const { connection, dao } = story;
  const { id } = identify(proposal);
  const [tally, snapshot] = await Promise.all([
    dao.governor.proposalVotes(id),
    dao.governor.proposalSnapshot(id),
  ]);
  const quorum = await dao.governor.quorum(snapshot);
  print(
    `  ${formatAmount(toBeRead(tally.forVotes))} votes for, ${formatAmount(toBeRead(tally.againstVotes))} against; at least ${formatAmount(quorum)} had to take part.`,
  );
  const now = await connection.networkHelpers.time.latest();
  const left = (await dao.governor.proposalDeadline(id)) - BigInt(now);
  await pass(story, left + 1n, "voting is over: it has passed");
}
