import type { LiveDao } from "../live.js";
import { refreshed } from "../live.js";
import type { ProposalVote } from "./events.js";
import type { ProposalView } from "./proposals.js";
import { findProposal, governorRead, readQuorum } from "./proposals.js";
import type { ProposalState } from "./states.js";
import { isFinal, PROPOSAL_STATES } from "./states.js";

/** What happened to a proposal. */
export type ProposalChange =
  | { readonly change: "start" }
  | { readonly change: "state"; readonly before: ProposalState }
  | { readonly change: "deadline"; readonly before: number }
  | { readonly change: "vote"; readonly vote: ProposalVote };

/** A proposal after some of it changed. */
export interface Watched {
  readonly live: LiveDao;
  readonly proposal: ProposalView;
  /** See {@link readQuorum}. */
  readonly quorum: bigint;
  /** In the order in which to tell them; none where only time has passed. */
  readonly changes: readonly ProposalChange[];
}

/** After so many looks in a row that failed, the node is taken to be gone. */
const PATIENCE = 3;

/**
 * Follows a proposal until a state that it never leaves. A look at a chain without a new block is one request; one at a
 * proposal that nothing happened to, two or three more.
 *
 * @param which As {@link findProposal} takes it.
 * @param wait Returns when it is time to look again.
 * @param confirm Throws where what was read may not be so, as before a reorganisation: it is read anew, a few times.
 */
export async function* watchProposal(
  live: LiveDao,
  which: string,
  wait: () => Promise<void>,
  confirm: () => Promise<void> = () => Promise.resolve(),
): AsyncGenerator<Watched> {
  let proposal = await findProposal(live, which);
  let quorum = await readQuorum(live, proposal.snapshot);
  await confirm();
  let seen = live;
  yield { live, proposal, quorum, changes: [{ change: "start" }] };
  let failures = 0;
  while (!isFinal(proposal.state)) {
    await wait();
    try {
      const next = await look(seen, proposal, quorum);
      await confirm();
      failures = 0;
      if (next === undefined) continue;
      ({ live: seen, proposal, quorum } = next);
      yield next;
    } catch (error) {
      failures++;
      if (failures >= PATIENCE) throw error;
    }
  }
}

/** Looks again; undefined where there is no newer block. */
async function look(before: LiveDao, old: ProposalView, quorum: bigint): Promise<Watched | undefined> {
  const live = await refreshed(before);
  if (live === before) return undefined;
  const names = ["state", "proposalDeadline", "proposalVotes"];
  const [state, deadline, votes] = (await live.readMany<unknown>(
    names.map((name) => governorRead(live, name, [BigInt(old.id)])),
  )) as [number, bigint, readonly bigint[]];
  const same =
    PROPOSAL_STATES[state] === old.state &&
    Number(deadline) === old.deadline &&
    [old.tally.against, old.tally.for, old.tally.abstain].every((count, i) => count === votes[i]);
  if (same) return { live, proposal: old, quorum, changes: [] };
  const proposal = await findProposal(live, old.id);
  return {
    live,
    proposal,
    quorum: old.state === "Pending" ? await readQuorum(live, proposal.snapshot) : quorum,
    changes: changesBetween(old, proposal),
  };
}

/** What is different, votes first: they may be why the rest is. */
function changesBetween(old: ProposalView, now: ProposalView): ProposalChange[] {
  const known = new Set(old.votes.map(({ voter }) => voter));
  const changes: ProposalChange[] = now.votes
    .filter(({ voter }) => !known.has(voter))
    .map((vote) => ({ change: "vote", vote }));
  if (old.deadline !== now.deadline) changes.push({ change: "deadline", before: old.deadline });
  if (old.state !== now.state) changes.push({ change: "state", before: old.state });
  return changes;
}
