import { requireCaller } from "../../sdk/badges/powers.js";
import { parseTitles, planSetTitles, readTitles } from "../../sdk/badges/titles/titles.js";
import { parseVia } from "../../sdk/execute/via.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  titles: string[];
}

export default action<Arguments>(
  async ({ titles: texts, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const titles = parseTitles(texts);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const [before, { plan, guarded }] = await Promise.all([readTitles(live), planSetTitles(live, titles)]);
    await requireCaller(live, await actorOf(opened, via, { from, dryRun, json }), guarded);
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, titles, before });
    else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) {
      done(titles.length === 0 ? "There are no titles any more." : "The titles hold from now on.");
    }
  },
);
