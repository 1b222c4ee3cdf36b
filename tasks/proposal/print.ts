import { endingOf } from "../../sdk/governance/ending.js";
import type { Circumstances } from "../../sdk/governance/readiness.js";
import { executeReadiness, queueReadiness, voteReadiness } from "../../sdk/governance/readiness.js";
import type { ProposalView } from "../../sdk/governance/proposals.js";
import type { ProposalState } from "../../sdk/governance/states.js";
import { formatAmount } from "../../sdk/units.js";
import { bar, formatMoment, roughly, styled } from "../output.js";

const COLOURS: Readonly<Record<ProposalState, Parameters<typeof styled>[0]>> = {
  Pending: "cyan",
  Active: "green",
  Canceled: "dim",
  Defeated: "red",
  Succeeded: "green",
  Queued: "yellow",
  Expired: "dim",
  Executed: "dim",
};

/** A state, in its colour. */
export function showState(state: ProposalState): string {
  return styled(COLOURS[state], state);
}

/** What comes next, in a few words: "opens in 14 hours". Empty for what is over. */
export function showNext(
  { state, snapshot, deadline, eta }: ProposalView,
  now: number,
  grace: number,
): string {
  const left = (timestamp: number) => roughly(Math.max(0, timestamp - now));
  switch (state) {
    case "Pending":
      return `opens in ${left(snapshot + 1)}`;
    case "Active":
      return `closes in ${left(deadline + 1)}`;
    case "Succeeded":
      return `to be queued within ${left(deadline + grace)}`;
    case "Queued":
      if (eta === undefined) return "";
      return now < eta ? `executable in ${left(eta)}` : `to be executed within ${left(eta + grace)}`;
    default:
      return "";
  }
}

/** Votes for and abstaining as a bar against the quorum: `██████░░░░ 60%`. */
export function showQuorum({ tally }: ProposalView, quorum: bigint, width = 10): string {
  const counted = tally.for + tally.abstain;
  return `${bar(counted, quorum, width)} ${percentOf(counted, quorum)}`;
}

/** What of a proposal's votes is for, against and abstaining, a line each with a bar. */
export function tallyRows({ tally }: ProposalView): string[][] {
  const cast = tally.for + tally.against + tally.abstain;
  return (["for", "against", "abstain"] as const).map((support) => [
    support,
    bar(tally[support], cast),
    formatAmount(tally[support]),
    cast === 0n ? "" : percentOf(tally[support], cast),
  ]);
}

function percentOf(part: bigint, whole: bigint): string {
  return whole === 0n ? "" : `${((part * 100n) / whole).toString()}%`;
}

/** Where a proposal stands, in a sentence. */
export function showStanding(proposal: ProposalView, circumstances: Circumstances): string {
  const over = endingOf(proposal, circumstances);
  if (over !== undefined) return over.message;
  switch (proposal.state) {
    case "Pending":
    case "Active":
      return voteReadiness(proposal, { ...circumstances, actor: undefined }).message;
    case "Succeeded":
      return queueReadiness(proposal, circumstances).message;
    default:
      return executeReadiness(proposal, circumstances).message;
  }
}

/** Of those who voted for or against, the share that voted for: `52%`. Empty before anybody did. */
export function showSupport({ tally }: ProposalView): string {
  return percentOf(tally.for, tally.for + tally.against);
}

/** When things happen to a proposal, or happened, a line each. */
export function momentRows(
  { state, snapshot, deadline, extended, eta }: ProposalView,
  now: number,
): string[][] {
  // Of what was withdrawn or vetoed before it, there was no vote.
  const dropped = (timestamp: number) => state === "Canceled" && now <= timestamp;
  const prolonged = extended ? " (prolonged)" : "";
  return [
    ...(dropped(snapshot)
      ? []
      : [[now > snapshot ? "Voting opened" : "Voting opens", formatMoment(snapshot + 1, now)]]),
    ...(dropped(deadline)
      ? []
      : [[`${now > deadline ? "Voting closed" : "Voting closes"}${prolonged}`, formatMoment(deadline, now)]]),
    ...(state === "Queued" && eta !== undefined ? [["Can be executed from", formatMoment(eta, now)]] : []),
  ];
}
