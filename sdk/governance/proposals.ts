import { KyosoError } from "../errors.js";
import { INTERFACES } from "../calls/known.js";
import type { Read } from "../chain/reads.js";
import type { LiveDao } from "../live.js";
import { quote } from "../units.js";
import type { ProposalEvents } from "./events.js";
import { readEvents } from "./events.js";
import type { ProposalIdentity } from "./proposal.js";

/** Governor's states, in the order of its enum. */
export const PROPOSAL_STATES = [
  "Pending",
  "Active",
  "Canceled",
  "Defeated",
  "Succeeded",
  "Queued",
  "Expired",
  "Executed",
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** States that a proposal never leaves. */
const FINAL: readonly ProposalState[] = ["Canceled", "Defeated", "Expired", "Executed"];

/** A proposal as it stands at a block. */
export interface ProposalView extends ProposalEvents, ProposalIdentity {
  readonly state: ProposalState;
}

/** Whether a proposal's state is one that it never leaves. */
export function isFinal(state: ProposalState): boolean {
  return FINAL.includes(state);
}

/** All proposals, in the order in which they were made. Takes few requests, however many there are. */
export async function readProposals(live: LiveDao): Promise<ProposalView[]> {
  return withStates(live, await eventsOf(live));
}

/**
 * The proposal that is meant.
 *
 * @param which Its number, "3" or "#3", or its id.
 * @throws KyosoError if there is none.
 */
export async function findProposal(live: LiveDao, which: string): Promise<ProposalView> {
  const all = await eventsOf(live);
  const wanted = which.trim().replace(/^#/u, "");
  const found = all.find(({ number, id }) => wanted === number.toString() || wanted === id);
  const [view] = found === undefined ? [] : await withStates(live, [found]);
  if (view !== undefined) return view;
  const last = all.length;
  throw KyosoError.of("proposal.unknown", {
    data: { text: which, last },
    place: "proposal",
    message: /^\d+$/u.test(wanted)
      ? `There is no proposal ${quote(which)}`
      : `${quote(which)} is neither a number nor an id of a proposal`,
    remedy:
      last === 0
        ? "There is none yet. Make one with `npx hardhat proposal create <file>`."
        : `Write a number from 1 to ${last}, as \`npx hardhat proposal list --all\` shows them.`,
  });
}

/**
 * Votes for and abstaining that a proposal needs. Before its snapshot has passed: what it would need if that were now.
 */
export async function readQuorum(live: LiveDao, snapshot: number): Promise<bigint> {
  const [quorum = 0n] = await readQuorums(live, [snapshot]);
  return quorum;
}

/** {@link readQuorum} of many proposals, in the order of their snapshots. */
export async function readQuorums(live: LiveDao, snapshots: readonly number[]): Promise<bigint[]> {
  // The token knows votes of the past only: the newest second whose votes are settled is the one before now.
  const timepoints = snapshots.map((snapshot) => Math.min(snapshot, live.now - 1));
  const distinct = [...new Set(timepoints)];
  const quorums = await live.readMany<bigint>(distinct.map((time) => governorRead(live, "quorum", [time])));
  const byTime = new Map(distinct.map((time, i) => [time, quorums[i] ?? 0n]));
  return timepoints.map((time) => byTime.get(time) ?? 0n);
}

/** A view function of the governor. */
export function governorRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: live.record.contracts.governor, interface: INTERFACES.governor, name, args };
}

async function eventsOf(live: LiveDao): Promise<ProposalEvents[]> {
  // The search may have come to a newer block than what is read of the contracts.
  const logs = await live.logsOf("governor");
  return readEvents(logs.filter(({ blockNumber }) => blockNumber <= live.block));
}

async function withStates(live: LiveDao, all: readonly ProposalEvents[]): Promise<ProposalView[]> {
  const open = all.filter(({ end }) => end === undefined);
  const states = await live.readMany<number>(open.map(({ id }) => governorRead(live, "state", [BigInt(id)])));
  const byId = new Map(open.map(({ id }, i) => [id, PROPOSAL_STATES[states[i] ?? -1]]));
  return all.map((events) => {
    const state = events.end ?? byId.get(events.id);
    if (state === undefined) throw new RangeError("The governor names a state that is not known");
    // Not a copy, for which all that isn't asked for would be read.
    return Object.assign(events, { state });
  });
}
