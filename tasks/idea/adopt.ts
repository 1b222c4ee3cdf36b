import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdea } from "../../sdk/ideas/board.js";
import { parseIdea } from "../../sdk/ideas/names.js";
import { guardedBoard } from "../../sdk/ideas/plans.js";
import { planAdoption, readBrandLanguage } from "../../sdk/ideas/proposal.js";
import { adoptReadiness } from "../../sdk/ideas/readiness.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { printIdea } from "./printIdea.js";

interface Arguments extends ActingArguments {
  idea: string;
}

export default action<Arguments>(
  async ({ idea: text, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const id = parseIdea(text);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const actor = await actorOf(opened, via, { from, dryRun, json });
    const { call, idea } = await readIdea(live, id);
    const by = via === "proposal" ? "proposal" : "steward";
    requireReady(adoptReadiness(live, call, idea, by), `idea ${idea.name}`);
    await requireCallerOf(live, actor, guardedBoard(live), "adopt");
    if (!json) printIdea(live, call, idea);
    const language = await readBrandLanguage(live, call.question);
    const plans = [planAdoption(live, { call, idea }, { language })];
    const submitted = await submit(hre, opened, plans, { via: asked, from, dryRun, json, service });
    if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, idea: id, name: idea.name });
    else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) done(`Idea ${idea.name} is adopted.`);
  },
);
