import { KyosoError } from "../errors.js";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/packedLogs.js";
import type { Read } from "../chain/reads.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import type { LiveDao } from "../live.js";
import { quote } from "../units.js";
import type { ProposalEvents, Tally } from "./events.js";
import { readEvents, SUPPORTS } from "./events.js";
import type { ProposalIdentity } from "./proposal.js";
import type { SettledProposals } from "./settled.js";
import type { ProposalState } from "./states.js";
import { PROPOSAL_STATES } from "./states.js";

/** A proposal as it stands at a block. */
export interface ProposalView extends ProposalEvents, ProposalIdentity {
  readonly state: ProposalState;
}

/** All proposals, in the order in which they were made. Takes few requests, however many there are. */
export async function readProposals(live: LiveDao): Promise<ProposalView[]> {
  return (await readProposalsAndQuorums(live)).proposals;
}

/** Which proposals are wanted: those in certain states, one by its number, or those that something is so of; without any, all. */
export interface WantedProposals {
  readonly states?: readonly ProposalState[];
  readonly number?: number;
  readonly that?: (proposal: ProposalEvents) => boolean;
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
  { states, number, that = () => true }: WantedProposals = {},
): Promise<ProposalsAndQuorums> {
  const settling = beside(live.settled());
  return fromLogs(live, "governor", async (logs) => {
    const all = eventsOf(live, logs);
    const settled = await settling;
    const meant = all.filter((each) => (number === undefined || each.number === number) && that(each));
    const wanted = states === undefined ? meant : await inStates(live, meant, settled, states);
    const asked = wanted.filter((each) => !settled.has(each.number));
    const [proposals, quorums] = await Promise.all([
      withStates(live, wanted, settled, all.length),
      readQuorums(
        live,
        asked.map(({ snapshot }) => snapshot),
      ),
    ]);
    const byNumber = new Map(asked.map((each, i) => [each.number, quorums[i]]));
    return {
      proposals,
      quorums: wanted.map((each) => settled.get(each.number)?.quorum ?? byNumber.get(each.number) ?? 0n),
      count: all.length,
    };
  });
}

/** What is read beside something else, and waited for after that: where it fails before, that is said then. */
function beside<Found>(reading: Promise<Found>): Promise<Found> {
  reading.catch(() => undefined);
  return reading;
}

async function inStates(
  live: LiveDao,
  all: readonly ProposalEvents[],
  settled: SettledProposals,
  wanted: readonly ProposalState[],
): Promise<ProposalEvents[]> {
  const known = (each: ProposalEvents) => each.end ?? settled.get(each.number)?.state;
  const open = all.filter((each) => known(each) === undefined);
  const read = await live.readMany<unknown>(open.map(({ id }) => governorRead(live, "state", [BigInt(id)])));
  const states = new Map(open.map(({ id }, i) => [id, stateOf(read[i])]));
  return all.filter((each) => wanted.some((state) => state === (known(each) ?? states.get(each.id))));
}

/**
 * The proposal that is meant.
 *
 * @param which Its number, "3" or "#3", or its id.
 * @throws KyosoError if there is none.
 */
export async function findProposal(live: LiveDao, which: string): Promise<ProposalView> {
  const wanted = which.trim().replace(/^#/u, "");
  const settling = beside(live.settled());
  const { view, last } = await fromLogs(live, "governor", async (logs) => {
    const all = eventsOf(live, logs);
    const settled = await settling;
    const found = all.find(({ number, id }) => wanted === number.toString() || wanted === id);
    return { view: found && (await withStates(live, [found], settled, all.length))[0], last: all.length };
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

function stateOf(index: unknown): ProposalState {
  const state = PROPOSAL_STATES[Number(index)];
  if (state === undefined)
    throw new RangeError(`The governor names a state that isn't known: ${String(index)}`);
  return state;
}

/** The search may have come to a newer block than what is read of the contracts. */
function eventsOf(live: LiveDao, logs: readonly ChainLog[]): ProposalEvents[] {
  return readEvents(logsUntil(logs, live.block));
}

/** What is known of a proposal besides its logs; the deadline only where the logs don't say how it ended. */
interface Standing {
  readonly state: ProposalState;
  readonly tally: Tally;
  readonly deadline?: number;
}

/**
 * Adds the states, and compares the logs with what the governor says itself, or with what is settled.
 *
 * @param count Of all proposals in the logs: a node that leaves some out is found out by that.
 */
async function withStates(
  live: LiveDao,
  all: readonly ProposalEvents[],
  settled: SettledProposals,
  count: number,
): Promise<ProposalView[]> {
  const asked = all.filter(({ number }) => !settled.has(number));
  const said = await readStandings(live, asked, count);
  const standingOf = (number: number): Standing | undefined => said.get(number) ?? settled.get(number);
  return all.map((events) => {
    const { end, deadline, eta, number, tally } = events;
    const known = standingOf(number);
    if (known === undefined) throw new RangeError(`Nothing is known of proposal #${number}`);
    const state = end ?? known.state;
    const counted = SUPPORTS.every((support) => tally[support] === known.tally[support]);
    const ended = end === undefined && (state === "Executed" || state === "Canceled");
    const moved = (known.deadline ?? deadline) !== deadline || (state === "Queued" && eta === undefined);
    if (!counted || ended || moved) {
      const what = counted ? "what became of it" : "its votes";
      throw disagreement(number, what);
    }
    // Not a copy, for which all that isn't asked for would be read.
    return Object.assign(events, { state });
  });
}

function disagreement(number: number, what: string): KyosoError {
  return incompleteLogs(
    "governor",
    `They don't agree with what the governor says of proposal #${number}: ${what}`,
  );
}

/** Seconds after a vote for which somebody is taken to act on its proposal still. */
const RECENT = 7 * 86_400;
/** Of so many proposals all is compared, however old they are. */
const FEW = 20;

/**
 * What the governor says of proposals, by their numbers. Who made one, and whose votes count, its id doesn't say: that is asked for
 * where people may act on it.
 *
 * @throws KyosoError where the governor has made another number of them than there are logs of, or says otherwise who made one.
 */
async function readStandings(
  live: LiveDao,
  asked: readonly ProposalEvents[],
  count: number,
): Promise<ReadonlyMap<number, Standing>> {
  const open = asked.filter(({ end }) => end === undefined);
  const acted = asked.filter(
    ({ end, deadline, eta }) =>
      asked.length <= FEW ||
      live.now <= deadline + RECENT ||
      (eta !== undefined && (end === undefined || live.now <= eta + RECENT)),
  );
  const over = acted.filter(({ end }) => end !== undefined);
  const ask = (name: string, of: readonly ProposalEvents[]) =>
    of.map(({ id }) => governorRead(live, name, [BigInt(id)]));
  const questions = [
    ask("state", open),
    ask("proposalDeadline", open),
    ask("proposalVotes", asked),
    ask("proposalProposer", acted),
    ask("proposalSnapshot", acted),
    ask("proposalEta", acted),
    ask("state", over),
  ];
  const [made, ...read] = await live.readMany<unknown>([
    governorRead(live, "proposalCount", []),
    ...questions.flat(),
  ]);
  const [states = [], deadlines = [], tallies = [], proposers = [], snapshots = [], etas = [], ends = []] =
    questions.map(({ length }) => read.splice(0, length));
  if (Number(made) !== count)
    throw incompleteLogs("governor", `The governor has ${Number(made)} proposals, and they have ${count}`);
  for (const [i, { number, proposer, snapshot, eta = 0 }] of acted.entries()) {
    if (proposers[i] !== proposer || Number(snapshots[i]) !== snapshot)
      throw disagreement(number, "who made it, and when");
    if (Number(etas[i]) !== eta) throw disagreement(number, "when it can be executed");
  }
  for (const [i, { number, end }] of over.entries()) {
    if (stateOf(ends[i]) !== end) throw disagreement(number, "what became of it");
  }
  const standings = new Map<number, Standing>();
  const places = new Map(open.map(({ number }, i) => [number, i]));
  for (const [i, { number, end }] of asked.entries()) {
    const [against = 0n, inFavour = 0n, abstain = 0n] = tallies[i] as readonly bigint[];
    const tally = { for: inFavour, against, abstain };
    const place = places.get(number) ?? 0;
    if (end !== undefined) standings.set(number, { state: end, tally });
    else standings.set(number, { state: stateOf(states[place]), tally, deadline: Number(deadlines[place]) });
  }
  return standings;
}
