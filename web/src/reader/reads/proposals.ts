import type { LiveDao, ProposalView as Found } from "@kyoso/sdk";
import { isFinal, readProposalsAndQuorums } from "@kyoso/sdk";
import type { ProposalsView, ProposalSummary, ProposalView } from "../answers.js";
import { readCallViews } from "./calls.js";
import { answerOf, electorateReads, readBesideLogs, viewOf } from "./common.js";

/** As much of a proposal's text as lists show. */
const EXCERPT = 160;

/** A proposal's Markdown, without the heading that is its title. */
export function textOf({ description }: Pick<Found, "description">): string {
  return description.replace(/^\s*# +\S.*(?:\n|$)/u, "").trim();
}

/** The first words of a Markdown, without its signs. */
function excerptOf(proposal: Found): string {
  const plain = textOf(proposal)
    .slice(0, 4 * EXCERPT)
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

/** What was read as of a block: several views ask for it. */
const known = new WeakMap<LiveDao, Promise<readonly WithQuorum[]>>();

/** All proposals, in the order in which they were made; read once as of a block. */
export function allProposals(live: LiveDao): Promise<readonly WithQuorum[]> {
  let reading = known.get(live);
  if (reading === undefined) {
    reading = readProposalsAndQuorums(live).then(({ proposals, quorums }) =>
      proposals.map((found, i) => ({ found, quorum: quorums[i] ?? 0n })),
    );
    reading.catch(() => known.delete(live));
    known.set(live, reading);
  }
  return reading;
}

export async function readProposalList(live: LiveDao): Promise<ProposalsView> {
  const [proposals, [circulating = 0n, earned = 0n, proposalThreshold = 0n]] = await Promise.all([
    allProposals(live),
    readBesideLogs<bigint>(live, [...electorateReads(live), viewOf(live, "governor", "proposalThreshold")]),
  ]);
  return {
    ...answerOf(live),
    electorate: circulating + earned,
    proposals: proposals.map(({ found, quorum }) => summaryOf(found, quorum)).reverse(),
    proposalThreshold,
  };
}

/** One proposal with all there is to know of it; null where there is none of the number. */
export async function readProposal(live: LiveDao, number: number): Promise<ProposalView | null> {
  const { found, quorum = 0n } =
    (await allProposals(live)).find((proposal) => proposal.found.number === number) ?? {};
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
  return (await allProposals(live)).filter(({ found }) => found.state === "Active").length;
}
