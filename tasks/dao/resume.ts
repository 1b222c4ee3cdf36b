import { parseVia } from "../../sdk/execute/via.js";
import { planResume } from "../../sdk/handover/plans.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

export default action<ActingArguments>(async ({ dao, via: asked, from, dryRun, json, service }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const plan = await planResume(live, await actorOf(opened, via, { from, dryRun, json }));
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted });
  else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) done("Awards, claims and recoveries go on.");
});
