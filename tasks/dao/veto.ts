import { parseVia } from "../../sdk/execute/via.js";
import { requireSafe } from "../../sdk/handover/plans.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { takeVeto } from "../proposal/veto.js";

interface Arguments extends ActingArguments {
  proposal: string;
  reason: string | undefined;
}

export default action<Arguments>(async ({ via, ...args }, hre) => {
  requireSafe(parseVia(via), "veto a proposal");
  await takeVeto(hre, args);
});
