import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { planClosePerk } from "../../sdk/pass/newPerk.js";
import { guardedPass } from "../../sdk/pass/pass.js";
import { readPerks, requirePerk } from "../../sdk/pass/perks.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  perk: string;
}

export default action<Arguments>(
  async ({ perk: text, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const actor = await actorOf(opened, via, { from, dryRun, json });
    const perk = requirePerk(text, await readPerks(live));
    const plan = planClosePerk(live, perk);
    await requireCallerOf(live, actor, guardedPass(live), "closePerk");
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, perk });
    else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) done(`"${oneLine(perk.name)}" is closed.`);
  },
);
