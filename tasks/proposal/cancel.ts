import { KyosoError } from "../../sdk/errors.js";
import { planSteps } from "../../sdk/governance/proposal.js";
import { cancelReadiness } from "../../sdk/governance/readiness.js";
import { action } from "../action.js";
import type { StepArguments } from "./step.js";
import { takeStep } from "./step.js";
import { takeVeto } from "./veto.js";

interface Arguments extends StepArguments {
  reason: string | undefined;
  via: string | undefined;
  service: string | undefined;
}

export default action<Arguments>(async ({ reason, via = "signer", service, ...args }, hre) => {
  switch (via) {
    case "signer":
      if (reason !== undefined) {
        throw KyosoError.of("proposal.withdrawn-with-reason", {
          data: {},
          place: "--reason",
          message: "A proposer who withdraws can't say why on chain",
          remedy: "Leave it out; or, to veto as the Safe, add --via safe.",
        });
      }
      await takeStep(hre, args, {
        readiness: cancelReadiness,
        plan: ({ live }, proposal) => planSteps(live.record, proposal).cancel,
        will: () => "It is withdrawn, for ever: the same can only be proposed again with another text",
        told: () => "Withdrawn",
      });
      return;
    case "safe":
      await takeVeto(hre, { ...args, reason, service });
      return;
    default:
      throw KyosoError.of("via.cannot-end-proposal", {
        data: { text: via },
        place: "--via",
        message: `"${via}" is no way to end a proposal`,
        remedy: 'Write "signer" to withdraw an own one, or "safe" to veto.',
      });
  }
});
