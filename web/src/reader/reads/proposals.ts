import type { LiveDao, ProposalsAndQuorums, ProposalState, ProposalView as Found } from "@kyoso/sdk";
import { isFinal, readProposalsAndQuorums } from "@kyoso/sdk";
import type { ProposalsView, ProposalSummary, ProposalView } from "../answers.js";
import { readCallViews } from "./calls.js";
import { answerOf, electorateReads, readBesideLogs, viewOf } from "./common.js";

/** As much of a proposal's text as lists show. */
const EXCERPT = 160;

/** A proposal's Markdown, without the heading that is its title. */
function textOf({ description }: Pick<Found, "description">): string {
  return description.replace(/^\s*# +\S.*(?:\n|$)/u, "").trim();
}

/** The first words of a Markdown, without its signs. */
function excerptOf(proposal: Found): string {
  const plain = textOf(proposal)
    .slice(0, 4 * EXCERPT)
    .replace(/^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+/gmu, "• ")
    .replace(/[#>*_`|[\]]|\(https?:[^)]*\)/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)}…` : plain;
}

export function summaryOf(proposal: Found, quorum: bigint): ProposalSummary {
  const { number, title, state, proposer, snapshot, deadline, eta, tally, voters, veto } = proposal;
  return {
    ...{ number, title, state, proposer, snapshot, deadline, quorum, voters },
    tally: { for: tally.for, against: tally.against, abstain: tally.abstain },
    eta: eta ?? null,
    vetoed: veto?.reason ?? null,
    excerpt: isFinal(state) ? "" : excerptOf(proposal),
  };
}

/** A proposal, and the quorum that it needs. */
interface WithQuorum {
  readonly found: Found;
  readonly quorum: bigint;
}

/** Proposals of which not everything is over, and how many there are in all. */
interface OpenOnes {
  readonly open: readonly WithQuorum[];
  readonly count: number;
}

const paired = ({ proposals, quorums }: ProposalsAndQuorums): WithQuorum[] =>
  proposals.map((found, i) => ({ found, quorum: quorums[i] ?? 0n }));

/** Reads something once as of a block: several views ask for it. */
function onceOf<Answer>(read: (live: LiveDao) => Promise<Answer>) {
  const known = new WeakMap<LiveDao, Promise<Answer>>();
  return {
    known,
    of: (live: LiveDao): Promise<Answer> => {
      let reading = known.get(live);
      if (reading === undefined) {
        reading = read(live);
        reading.catch(() => known.delete(live));
        known.set(live, reading);
      }
      return reading;
    },
  };
}

/** All proposals, in the order in which they were made. */
const all = onceOf(async (live) => paired(await readProposalsAndQuorums(live)));

/** Those that home shows, which are few: of the others no more is asked than their state. */
const open = onceOf(async (live): Promise<OpenOnes> => {
  // Where a list of all of them is asked for in the same moment, they are in it.
  await new Promise((resolve) => setTimeout(resolve));
  const list = await all.known.get(live);
  if (list !== undefined) {
    return { open: list.filter(({ found }) => OPEN.includes(found.state)), count: list.length };
  }
  const read = await readProposalsAndQuorums(live, { states: OPEN });
  return { open: paired(read), count: read.count };
});

const OPEN: readonly ProposalState[] = ["Active", "Pending", "Succeeded", "Queued"];

export const openProposals = open.of;

export async function readProposalList(live: LiveDao): Promise<ProposalsView> {
  const [proposals, [circulating = 0n, earned = 0n, proposalThreshold = 0n]] = await Promise.all([
    all.of(live),
    readBesideLogs<bigint>(live, [...electorateReads(live), viewOf(live, "governor", "proposalThreshold")]),
  ]);
  const summaries = proposals.map(({ found, quorum }) => summaryOf(found, quorum)).reverse();
  const past = summaries.filter(({ state }) => !OPEN.includes(state));
  return {
    ...answerOf(live),
    electorate: circulating + earned,
    current: summaries.filter(({ state }) => OPEN.includes(state)),
    past,
    pastCount: past.length,
    proposalThreshold,
  };
}

/** One proposal with all there is to know of it; null where there is none of the number. */
export async function readProposal(live: LiveDao, number: number): Promise<ProposalView | null> {
  const known = all.known.has(live)
    ? await all.of(live)
    : paired(await readProposalsAndQuorums(live, { number }));
  const { found, quorum = 0n } = known.find((proposal) => proposal.found.number === number) ?? {};
  if (found === undefined) return null;
  const [values, calls, createdAt] = await Promise.all([
    live.readMany<bigint | number>([
      ...electorateReads(live),
      viewOf(live, "timelock", "getMinDelay"),
      viewOf(live, "governor", "gracePeriod"),
      viewOf(live, "governor", "guardianExpiry"),
    ]),
    readCallViews(live, found),
    timeOf(live, found.transactions.propose),
  ]);
  const [circulating = 0n, earned = 0n, ...durations] = values.map(BigInt);
  const [timelockDelay = 0, gracePeriod = 0, guardianExpiry = 0] = durations.map(Number);
  return {
    ...answerOf(live),
    ...summaryOf(found, quorum),
    id: found.id,
    electorate: circulating + earned,
    text: textOf(found),
    extended: found.extended,
    calls,
    votes: found.votes.map(({ voter, support, weight, reason }) => ({ voter, support, weight, reason })),
    ...{ timelockDelay, gracePeriod, guardianExpiry, createdAt },
    vetoedBy: found.veto?.guardian ?? null,
  };
}

/** When a transaction was confirmed; null where the node doesn't know it any more. */
async function timeOf(live: LiveDao, hash: string | undefined): Promise<number | null> {
  if (hash === undefined) return null;
  const receipt = await live.eip1193.request({ method: "eth_getTransactionReceipt", params: [hash] });
  if (typeof receipt !== "object" || receipt === null || !("blockNumber" in receipt)) return null;
  const block = await live.provider.getBlock(Number(receipt.blockNumber));
  return block?.timestamp ?? null;
}

/** How many are open to votes. */
export async function readOpen(live: LiveDao): Promise<number> {
  return (await openProposals(live)).open.filter(({ found }) => found.state === "Active").length;
}
