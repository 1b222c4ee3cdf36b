import { Suspense } from "react";
import { useAccount } from "../../account/useAccount.js";
import type { Step } from "../../reader/acts.js";
import type { ProposalView } from "../../reader/answers.js";
import { standingOf } from "./states.js";
import { lateOf } from "../../start/late.js";

// Read where there is a step to take.
const TakeStep = lateOf(() => import("./TakeStep.js"), "TakeStep");

/** The step that can be taken now by somebody who looks at it. */
function stepOf(proposal: ProposalView, account: string | undefined): Step | undefined {
  switch (standingOf(proposal)) {
    case "Succeeded":
      return "queue";
    case "Queued":
      return proposal.eta !== null && proposal.now >= proposal.eta ? "execute" : undefined;
    case "Pending":
      return proposal.proposer === account ? "cancel" : undefined;
    default:
      return undefined;
  }
}

interface Props {
  readonly of: ProposalView;
  readonly again: () => void;
}

/** Moves a proposal on: anyone queues and executes it, its proposer withdraws it. */
export function NextStep({ of: proposal, again }: Props) {
  const { account } = useAccount();
  const step = stepOf(proposal, account?.address);
  if (step === undefined) return null;
  return (
    <Suspense>
      <TakeStep key={`${step} ${account?.address ?? ""}`} {...{ proposal, step, account, again }} />
    </Suspense>
  );
}
