import { planSteps } from "../../sdk/governance/proposal.js";
import { queueReadiness } from "../../sdk/governance/readiness.js";
import { action } from "../action.js";
import { formatMoment } from "../output.js";
import type { StepArguments } from "./step.js";
import { takeStep } from "./step.js";

export default action<StepArguments>(async (args, hre) => {
  await takeStep(hre, args, {
    readiness: queueReadiness,
    plan: ({ live }, proposal) => planSteps(live.record, proposal).queue,
    will: () => "It goes into the timelock's queue, for everybody to see what is coming",
    told: ({ eta = 0 }, { now }) => `Queued. It can be executed from ${formatMoment(eta, now)}`,
    next: ["proposal", "execute"],
  });
});
