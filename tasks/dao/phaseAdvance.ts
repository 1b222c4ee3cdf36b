import { parseVia } from "../../sdk/execute/via.js";
import { readHandover } from "../../sdk/handover/handover.js";
import { planAdvance } from "../../sdk/handover/plans.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { openLive } from "../context.js";
import { takeSteps } from "./handover.js";

export default action<ActingArguments>(async ({ dao, ...options }, hre) => {
  const via = parseVia(options.via);
  const opened = await openLive(hre, dao);
  const handover = await readHandover(opened.live);
  await takeSteps(hre, opened, handover, planAdvance(opened.live, handover, via), options);
});
