import { planVote } from "../../sdk/governance/proposal.js";
import { voteReadiness } from "../../sdk/governance/readiness.js";
import { parseSupport } from "../../sdk/governance/support.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { showQuorum } from "./print.js";
import type { StepArguments } from "./step.js";
import { takeStep } from "./step.js";

interface Arguments extends StepArguments {
  support: string;
  reason: string | undefined;
}

export default action<Arguments>(async ({ support: text, reason: why = "", ...args }, hre) => {
  const support = parseSupport(text);
  const reason = why.trim();
  await takeStep(hre, args, {
    readiness: voteReadiness,
    showsActions: true,
    plan: ({ live }, { id }) => planVote(live.record, id, support, reason),
    will: (account, { actor }) =>
      `${account} votes ${support}, with ${formatAmount(actor?.votes ?? 0n)} votes`,
    told: (proposal, { quorum }) => `Voted ${support}. Quorum so far: ${showQuorum(proposal, quorum)}`,
    more: ({ actor }) => ({ support, reason, votes: actor?.votes ?? 0n }),
  });
});
