import { KyosoError } from "../errors.js";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/packedLogs.js";
import type { Read } from "../chain/reads.js";
import { fromLogs, incompleteLogs } from "../chain/whole.js";
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
  return fromLogs(live, "governor", (logs) => {
    const all = eventsOf(live, logs);
    return withStates(live, all, all.length);
  });
}

/** Which proposals are wanted: those in certain states, or one by its number; without either, all. */
export interface WantedProposals {
  readonly states?: readonly ProposalState[];
  readonly number?: number;
}

/** Proposals, the quorum that each of them needs, and how many there are besides. */
export interface ProposalsAndQuorums {
  readonly proposals: ProposalView[];
  readonly quorums: readonly bigint[];
  /** Of all proposals. */
  readonly count: number;
}

/** {@link readProposals} and {@link readQuorums} in the same requests. Of those that aren't wanted no more is asked than their state. */
export async function readProposalsAndQuorums(
  live: LiveDao,
  { states, number }: WantedProposals = {},
): Promise<ProposalsAndQuorums> {
  return fromLogs(live, "governor", async (logs) => {
    const all = eventsOf(live, logs);
    const meant = number === undefined ? all : all.filter((each) => each.number === number);
    const wanted = states === undefined ? meant : await inStates(live, meant, states);
    const snapshots = wanted.map(({ snapshot }) => snapshot);
    const [proposals, quorums] = await Promise.all([
      withStates(live, wanted, all.length),
      readQuorums(live, snapshots),
    ]);
    return { proposals, quorums, count: all.length };
  });
}

async function inStates(
  live: LiveDao,
  all: readonly ProposalEvents[],
  wanted: readonly ProposalState[],
): Promise<ProposalEvents[]> {
  const open = all.filter(({ end }) => end === undefined);
  const read = await live.readMany<unknown>(open.map(({ id }) => governorRead(live, "state", [BigInt(id)])));
  const states = new Map(open.map(({ id }, i) => [id, PROPOSAL_STATES[Number(read[i])]]));
  return all.filter(({ id, end }) => wanted.some((each) => each === (end ?? states.get(id))));
}

/**
 * The proposal that is meant.
 *
 * @param which Its number, "3" or "#3", or its id.
 * @throws KyosoError if there is none.
 */
export async function findProposal(live: LiveDao, which: string): Promise<ProposalView> {
  const wanted = which.trim().replace(/^#/u, "");
  const { view, last } = await fromLogs(live, "governor", async (logs) => {
    const all = eventsOf(live, logs);
    const found = all.find(({ number, id }) => wanted === number.toString() || wanted === id);
    return { view: found && (await withStates(live, [found], all.length))[0], last: all.length };
  });
  if (view !== undefined) return view;
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

/** The search may have come to a newer block than what is read of the contracts. */
function eventsOf(live: LiveDao, logs: readonly ChainLog[]): ProposalEvents[] {
  return readEvents(logs.filter(({ blockNumber }) => blockNumber <= live.block));
}

/**
 * Adds the states, and compares the logs with what the governor says itself.
 *
 * @param count Of all proposals in the logs: a node that leaves some out is found out by that.
 */
async function withStates(
  live: LiveDao,
  all: readonly ProposalEvents[],
  count: number,
): Promise<ProposalView[]> {
  const open = all.filter(({ end }) => end === undefined);
  const ask = (name: string, of: readonly ProposalEvents[]) =>
    of.map(({ id }) => governorRead(live, name, [BigInt(id)]));
  const [made, ...read] = await live.readMany<unknown>([
    governorRead(live, "proposalCount", []),
    ...ask("state", open),
    ...ask("proposalDeadline", open),
    ...ask("proposalVotes", all),
  ]);
  if (Number(made) !== count)
    throw incompleteLogs("governor", `The governor has ${Number(made)} proposals, and they have ${count}`);
  const states = new Map(open.map(({ id }, i) => [id, PROPOSAL_STATES[Number(read[i])]]));
  const deadlines = new Map(open.map(({ id }, i) => [id, Number(read[open.length + i])]));
  return all.map((events, i) => {
    const { id, end, deadline, eta, number, tally } = events;
    const state = end ?? states.get(id);
    if (state === undefined) throw new RangeError("The governor names a state that is not known");
    const [against, inFavour, abstain] = read[2 * open.length + i] as readonly bigint[];
    const counted = tally.against === against && tally.for === inFavour && tally.abstain === abstain;
    const ended = end === undefined && (state === "Executed" || state === "Canceled");
    const moved = (deadlines.get(id) ?? deadline) !== deadline || (state === "Queued" && eta === undefined);
    if (!counted || ended || moved) {
      const what = counted ? "what became of it" : "its votes";
      throw incompleteLogs(
        "governor",
        `They don't agree with what the governor says of proposal #${number}: ${what}`,
      );
    }
    // Not a copy, for which all that isn't asked for would be read.
    return Object.assign(events, { state });
  });
}
