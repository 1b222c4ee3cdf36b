import { parseVia } from "../../sdk/execute/via.js";
import { readHandover } from "../../sdk/handover/handover.js";
import { planResign } from "../../sdk/handover/plans.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { openLive } from "../context.js";
import { takeSteps } from "./handover.js";

interface Arguments extends ActingArguments {
  all: boolean;
}

export default action<Arguments>(async ({ all, dao, ...options }, hre) => {
  const via = parseVia(options.via);
  const opened = await openLive(hre, dao);
  const handover = await readHandover(opened.live);
  await takeSteps(hre, opened, handover, planResign(opened.live, handover, via, all), options);
});
