import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdea } from "../../sdk/ideas/board.js";
import { parseIdea } from "../../sdk/ideas/names.js";
import { guardedBoard, planShip } from "../../sdk/ideas/plans.js";
import { shipReadiness } from "../../sdk/ideas/readiness.js";
import { refreshed } from "../../sdk/live.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { hashOption } from "./hash.js";
import { printIdea } from "./printIdea.js";

interface Arguments extends ActingArguments {
  idea: string;
  uri: string | undefined;
  evidence: string | undefined;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, via: asked, from, dryRun, json, service } = args;
  const via = parseVia(asked);
  const id = parseIdea(args.idea);
  const evidence = hashOption(args.evidence, "--evidence");
  const uri = (args.uri ?? "").trim();
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const plan = planShip(live, id, { uri, evidence });
  const actor = await actorOf(opened, via, { from, dryRun, json });
  const { call, idea } = await readIdea(live, id);
  requireReady(shipReadiness(idea), `idea ${idea.name}`);
  await requireCallerOf(live, actor, guardedBoard(live), "ship");
  if (!json) printIdea(live, call, idea);
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  const [hash] = submitted.transactions;
  const receipt = hash === undefined ? null : await live.provider.getTransactionReceipt(hash);
  const after = receipt === null ? undefined : await readIdea(await refreshed(live, receipt.blockNumber), id);
  const badge = after?.idea.steps.findLast(({ what }) => what === "shipped")?.badge ?? null;
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, idea: id, name: idea.name, uri, badge });
  else if (dryRun) printDryRun();
  else if (after !== undefined) {
    done(
      badge === null
        ? `Idea ${idea.name} is shipped.`
        : `Idea ${idea.name} is shipped, and its author was awarded badge ${badge}.`,
    );
  }
});
