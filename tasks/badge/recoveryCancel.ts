import { requireRole } from "../../sdk/badges/powers.js";
import { planCancel } from "../../sdk/badges/recovery/recoveryPlans.js";
import { parseVia } from "../../sdk/execute/via.js";
import { ROLES } from "../../sdk/roles.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { endedRecovery, printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  old: string;
}

export default action<Arguments>(async ({ old: text, dao, via: asked, from, dryRun, json, service }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const oldAccount = parseAccount(live, text, "old");
  const plan = await planCancel(live, oldAccount);
  await requireRole(
    live,
    await actorOf(opened, via, { from, dryRun, json }),
    ROLES.STEWARD,
    "cancel a recovery",
  );
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, oldAccount });
  else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) {
    done(await endedRecovery(live, oldAccount));
  }
});
