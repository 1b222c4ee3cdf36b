import type { LiveDao, ProposalView as Found } from "@kyoso/sdk";
import { isFinal, readProposals, readQuorum, readQuorums } from "@kyoso/sdk";
import type { ProposalsView, ProposalSummary, ProposalView } from "../answers.js";
import { readCallViews } from "./calls.js";
import { answerOf, electorateReads, viewOf } from "./common.js";

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

export async function summariesOf(live: LiveDao, proposals: readonly Found[]): Promise<ProposalSummary[]> {
  const quorums = await readQuorums(
    live,
    proposals.map(({ snapshot }) => snapshot),
  );
  return proposals.map((proposal, i) => summaryOf(proposal, quorums[i] ?? 0n));
}

export async function readProposalList(live: LiveDao): Promise<ProposalsView> {
  const [proposals, [circulating = 0n, earned = 0n, proposalThreshold = 0n]] = await Promise.all([
    readProposals(live).then((found) => summariesOf(live, found.toReversed())),
    live.readMany<bigint>([...electorateReads(live), viewOf(live, "governor", "proposalThreshold")]),
  ]);
  return { ...answerOf(live), electorate: circulating + earned, proposals, proposalThreshold };
}

/** One proposal with all there is to know of it; null where there is none of the number. */
export async function readProposal(live: LiveDao, number: number): Promise<ProposalView | null> {
  const found = (await readProposals(live)).find((proposal) => proposal.number === number);
  if (found === undefined) return null;
  const [values, quorum, calls, createdAt] = await Promise.all([
    live.readMany<bigint | number>([
      ...electorateReads(live),
      viewOf(live, "timelock", "getMinDelay"),
      viewOf(live, "governor", "gracePeriod"),
      viewOf(live, "governor", "guardianExpiry"),
    ]),
    readQuorum(live, found.snapshot),
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
  return (await readProposals(live)).filter(({ state }) => state === "Active").length;
}
