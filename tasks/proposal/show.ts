import { findNicknames } from "../../sdk/community/nicknames.js";
import { decodeCall } from "../../sdk/calls/decode.js";
import { reviewCalls } from "../../sdk/calls/review.js";
import { callsOf } from "../../sdk/governance/proposal.js";
import type { ProposalView } from "../../sdk/governance/proposals.js";
import { findProposal } from "../../sdk/governance/proposals.js";
import { isFinal } from "../../sdk/governance/states.js";
import { readCircumstances } from "../../sdk/governance/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { oneLine, visible } from "../../sdk/text.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { callsAsJson, printCalls, printPastCalls } from "../calls.js";
import { openLive } from "../context.js";
import { showNickname } from "../token/show.js";
import { alignRight, heading, number, print, printJson, styled, table } from "../output.js";
import { momentRows, showQuorum, showStanding, showState, tallyRows } from "./print.js";
import { readinessAsJson, summaryAsJson, transactionsAsJson } from "../../sdk/governance/views.js";

interface Arguments {
  proposal: string;
  dao: string | undefined;
  json: boolean;
}

/** Of those who voted, as many are listed: those with the most votes. */
const MOST_VOTERS = 30;

export default action<Arguments>(async ({ proposal: which, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const proposal = await findProposal(live, which);
  const { number, title, state, proposer, id, transactions } = proposal;
  const calls = callsOf(proposal);
  // Of what is over, how it would end now says nothing.
  const [circumstances, reviewed] = await Promise.all([
    readCircumstances(live, proposal),
    isFinal(state) ? undefined : reviewCalls(live, calls, live.record.contracts.timelock),
  ]);
  const decoded = calls.map((raw) => decodeCall(raw, live));
  const nicknames = await findNicknames(live, [proposer, ...proposal.votes.map(({ voter }) => voter)]);
  if (json) {
    printJson({
      dao: live.record.slug,
      ...summaryAsJson(proposal, circumstances.quorum),
      description: proposal.description,
      descriptionHash: proposal.descriptionHash,
      actions: callsAsJson(reviewed ?? decoded.map((call) => ({ call, changes: [], simulation: null }))),
      nickname: nicknames.get(proposer) ?? null,
      votes: proposal.votes.map((vote) => ({ ...vote, nickname: nicknames.get(vote.voter) ?? null })),
      veto: proposal.veto ?? null,
      steps: readinessAsJson(proposal, circumstances),
      transactions: transactionsAsJson(transactions),
    });
    return;
  }
  heading(`#${number} ${title}`);
  const standing = showStanding(proposal, circumstances);
  table([
    ["State", state === "Executed" ? showState(state) : `${showState(state)}. ${standing}`],
    ["Proposer", `${live.book.show(proposer)}${showNickname(nicknames.get(proposer))}`],
    ...momentRows(proposal, live.now),
    ["Id", id],
    ...Object.entries(transactions).map(([step, hash]) => [STEPS[step as keyof typeof STEPS], hash]),
  ]);
  heading("What it does");
  if (reviewed === undefined) printPastCalls(decoded);
  else printCalls(reviewed);
  const text = visible(proposal.description.replace(/^# .*\n*/u, "").trim());
  if (text !== "") {
    heading("Why");
    for (const line of text.split("\n")) print(`  ${line}`.trimEnd());
  }
  heading("Votes");
  table(alignRight(tallyRows(proposal), 2, 3));
  const { quorum } = circumstances;
  print(`  Quorum: ${showQuorum(proposal, quorum)} of ${formatAmount(quorum)} votes for or abstaining`);
  printVoters(proposal, live, nicknames);
});

const STEPS = {
  propose: "Proposed in",
  queue: "Queued in",
  execute: "Executed in",
  cancel: "Canceled in",
} as const satisfies Record<keyof ProposalView["transactions"], string>;

function printVoters({ votes }: ProposalView, live: LiveDao, nicknames: ReadonlyMap<string, string>): void {
  if (votes.length === 0) return;
  print();
  const shown = votes.toSorted((one, other) => Number(other.weight - one.weight)).slice(0, MOST_VOTERS);
  const rows = shown.map(({ voter, support, weight, reason }) => [
    `${live.book.nameOf(voter) ?? voter}${showNickname(nicknames.get(voter))}`,
    support,
    formatAmount(weight),
    reason === "" ? "" : `「${oneLine(reason)}」`,
  ]);
  table(alignRight(rows, 2), ["voter", "vote", styled("dim", "votes"), "why"]);
  const others = votes.length - shown.length;
  if (others > 0) print(`  and ${number(others)} others with fewer votes; --json has them all`);
}
