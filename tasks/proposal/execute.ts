import { planSteps } from "../../sdk/governance/proposal.js";
import { executeReadiness } from "../../sdk/governance/readiness.js";
import { action } from "../action.js";
import type { StepArguments } from "./step.js";
import { takeStep } from "./step.js";

export default action<StepArguments>(async (args, hre) => {
  await takeStep(hre, args, {
    readiness: executeReadiness,
    plan: ({ live }, proposal) => planSteps(live.record, proposal).execute,
    showsActions: true,
    will: () => "The treasury does this, all of it or nothing",
    told: () => "Executed: what was decided is done",
  });
});
