import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import { oneLine } from "../text.js";
import { formatMoment } from "../time.js";
import { formatAmount } from "../units.js";
import type { ProposalView } from "./proposals.js";

/** What it takes to say how a proposal ended. Times are timestamps and seconds, votes in the smallest unit. */
export interface EndingTerms {
  readonly now: number;
  readonly quorum: bigint;
  readonly gracePeriod: number;
}

const AGAIN = "It is over. What is still wanted has to be proposed again, with another text.";

/** That nothing can be done with a proposal any more, as it is over; undefined for one that isn't. */
export function endingOf(
  { state, tally, deadline, eta, veto }: ProposalView,
  { now, quorum, gracePeriod }: EndingTerms,
): Problem | undefined {
  switch (state) {
    case "Executed":
      return problem("proposal.executed", {
        data: {},
        message: "It was executed",
        remedy: "Nothing is left to do.",
      });
    case "Canceled":
      return veto === undefined
        ? problem("proposal.withdrawn", { data: {}, message: "Its proposer withdrew it", remedy: AGAIN })
        : problem("proposal.vetoed", {
            data: { guardian: veto.guardian, reason: veto.reason },
            message: `${veto.guardian} vetoed it: ${oneLine(veto.reason)}`,
            remedy: AGAIN,
          });
    case "Defeated": {
      const counted = tally.for + tally.abstain;
      return counted < quorum
        ? problem("proposal.quorum-missed", {
            data: { counted, quorum },
            message: `It was defeated: ${formatAmount(counted)} votes for and abstaining, and the quorum is ${formatAmount(quorum)}`,
            remedy: AGAIN,
          })
        : problem("proposal.defeated", {
            data: { for: tally.for, against: tally.against },
            message: `It was defeated: ${formatAmount(tally.for)} votes for and ${formatAmount(tally.against)} against`,
            remedy: AGAIN,
          });
    }
    case "Expired":
      return eta === undefined
        ? problem("proposal.expired-unqueued", {
            data: { expired: deadline + gracePeriod },
            message: `It passed, and nobody queued it: it has expired for ever, ${formatMoment(deadline + gracePeriod, now)}`,
            remedy: AGAIN,
          })
        : problem("proposal.expired", {
            data: { expired: eta + gracePeriod },
            message: `It was queued, and nobody executed it: it has expired for ever, ${formatMoment(eta + gracePeriod, now)}`,
            remedy: AGAIN,
          });
    default:
      return undefined;
  }
}
