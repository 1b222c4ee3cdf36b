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
export const FINAL_STATES = [
  "Canceled",
  "Defeated",
  "Expired",
  "Executed",
] as const satisfies readonly ProposalState[];
export type FinalState = (typeof FINAL_STATES)[number];

/** Whether a proposal's state is one that it never leaves. */
export function isFinal(state: ProposalState): state is FinalState {
  return FINAL_STATES.some((each) => each === state);
}
