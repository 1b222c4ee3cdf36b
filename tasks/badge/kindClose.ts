import { readKinds, requireKind } from "../../sdk/badges/kinds/kinds.js";
import { planCloseKind } from "../../sdk/badges/plans.js";
import { requireCaller } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, heading, printJson } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { printDryRun } from "./format.js";
import { printKinds } from "./kindTable.js";

interface Arguments extends ActingArguments {
  kind: string;
}

export default action<Arguments>(
  async ({ kind: text, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const kind = requireKind(text, await readKinds(live));
    const { plan, guarded } = planCloseKind(live, kind, via);
    await requireCaller(live, await actorOf(opened, via, { from, dryRun, json }), guarded);
    if (!json) {
      heading("Kind to be closed, for ever");
      printKinds([kind], live.symbol);
    }
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, kind });
    else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) {
      done(`"${kind.name}" is closed. The badges that were awarded stay.`);
    }
  },
);
