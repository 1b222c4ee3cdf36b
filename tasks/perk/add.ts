import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { refreshed } from "../../sdk/live.js";
import { planAddPerk, readNewPerk } from "../../sdk/pass/newPerk.js";
import { guardedPass } from "../../sdk/pass/pass.js";
import { readPerks } from "../../sdk/pass/perks.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";
import { showRule } from "./print.js";

interface Arguments extends ActingArguments {
  name: string;
  conditions: string[];
  uri: string | undefined;
  once: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, via: asked, from, dryRun, json, service, ...texts } = args;
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const actor = await actorOf(opened, via, { from, dryRun, json });
  const kinds = await readKinds(live);
  const perk = readNewPerk(texts, kinds);
  await requireCallerOf(live, actor, guardedPass(live), "addPerk");
  if (!json) {
    heading(`New perk: ${oneLine(perk.name)}`);
    table([
      ["For whom", showRule(perk, kinds)],
      ["How often", perk.once ? "once" : "as often as somebody likes"],
      ...(perk.uri === "" ? [] : [["More", oneLine(perk.uri)]]),
    ]);
  }
  const plans = [planAddPerk(live, perk)];
  const submitted = await submit(hre, opened, plans, { via: asked, from, dryRun, json, service });
  const [hash] = submitted.transactions;
  const receipt = hash === undefined ? null : await live.provider.getTransactionReceipt(hash);
  const after = receipt === null ? [] : await readPerks(await refreshed(live, receipt.blockNumber));
  const added = after.findLast(({ name }) => name === perk.name);
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      ...submitted,
      perk: { number: added?.number ?? null, ...perk },
    });
  } else if (dryRun) printDryRun();
  else if (added !== undefined) done(`"${oneLine(perk.name)}" is perk ${added.number}.`);
});
