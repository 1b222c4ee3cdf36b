import { readLedger } from "../../sdk/badges/ledger.js";
import { requireCaller } from "../../sdk/badges/powers.js";
import { readRecoveryOf } from "../../sdk/badges/recovery/recoveries.js";
import { planRequest } from "../../sdk/badges/recovery/recoveryPlans.js";
import { parseVia } from "../../sdk/execute/via.js";
import { refreshed } from "../../sdk/live.js";
import { formatMoment } from "../../sdk/time.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, heading, print, printJson, table } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { number, printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  old: string;
  new: string;
}

export default action<Arguments>(async ({ dao, via: asked, from, dryRun, json, service, ...texts }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const [oldAccount, newAccount] = [
    parseAccount(live, texts.old, "old"),
    parseAccount(live, texts.new, "new"),
  ];
  const { plan, guarded } = await planRequest(live, oldAccount, newAccount);
  await requireCaller(live, await actorOf(opened, via, { from, dryRun, json }), guarded);
  const badges = (await readLedger(live)).badgesOf(oldAccount).length;
  if (!json) {
    heading("Recovery to be requested");
    table([
      ["From", oldAccount],
      ["Into", newAccount],
      ["Badges", number(badges)],
    ]);
  }
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, ...submitted, oldAccount, newAccount, badges });
    return;
  }
  if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) {
    const { eta } = await readRecoveryOf(await refreshed(live), oldAccount);
    done(`It can be finished from ${formatMoment(eta, live.now)} on, by anyone.`);
    print("  Until somebody does, either account can refuse it, and a steward or a proposal can cancel it.");
  }
});
