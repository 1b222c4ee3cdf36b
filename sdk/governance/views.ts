import type { LiveDao } from "../live.js";
import { readProposalsAndQuorums } from "./proposals.js";
import type { Circumstances, Readiness } from "./readiness.js";
import {
  cancelReadiness,
  executeReadiness,
  queueReadiness,
  vetoReadiness,
  voteReadiness,
} from "./readiness.js";
import type { ProposalView } from "./proposals.js";

/** Whether each step can be taken now, by anybody who may, as JSON. */
export function readinessAsJson(proposal: ProposalView, circumstances: Circumstances) {
  const asJson = ({ ready, message, remedy, from, until }: Readiness) => ({
    ready,
    message,
    remedy: remedy ?? null,
    from: from ?? null,
    until: until ?? null,
  });
  return {
    vote: asJson(voteReadiness(proposal, circumstances)),
    queue: asJson(queueReadiness(proposal, circumstances)),
    execute: asJson(executeReadiness(proposal, circumstances)),
    cancel: asJson(cancelReadiness(proposal, circumstances)),
    veto: asJson(vetoReadiness(proposal, circumstances)),
  };
}

/** Hashes of the transactions that moved a proposal on, as JSON. */
export function transactionsAsJson({ propose, queue, execute, cancel }: ProposalView["transactions"]) {
  return {
    propose: propose ?? null,
    queue: queue ?? null,
    execute: execute ?? null,
    cancel: cancel ?? null,
  };
}

/** A proposal in short, as JSON. */
export function summaryAsJson(proposal: ProposalView, quorum: bigint) {
  const { number, id, title, state, proposer, snapshot, deadline, extended, eta, tally, votes } = proposal;
  return {
    number,
    id,
    title,
    state,
    proposer,
    snapshot,
    deadline,
    extended,
    eta: eta ?? null,
    tally,
    quorum,
    voters: votes.length,
  };
}

/** All proposals in short, the newest first, as JSON. */
export async function proposalsAsJson(live: LiveDao) {
  const { proposals, quorums } = await readProposalsAndQuorums(live);
  return {
    dao: live.record.slug,
    proposals: proposals.map((proposal, i) => summaryAsJson(proposal, quorums[i] ?? 0n)).reverse(),
  };
}
