import { readNewestLedger } from "../../sdk/badges/ledger.js";
import { readLastRecovery, readRecoveryOf } from "../../sdk/badges/recovery/recoveries.js";
import { planFinish } from "../../sdk/badges/recovery/recoveryPlans.js";
import { requireIdle } from "../../sdk/execute/idle.js";
import { refreshed } from "../../sdk/live.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { plural, printDryRun } from "./format.js";

interface Arguments {
  old: string;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ old: text, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const oldAccount = parseAccount(opened.live, text, "old");
  const { address } = await requireAccount(opened, from, { dryRun, json });
  // First this: what is confirmed before can be seen on the chain after.
  await requireIdle(address, opened.live.provider);
  const live = await refreshed(opened.live);
  const plan = await planFinish(live, oldAccount);
  const badges = (await readNewestLedger(live)).badgesOf(oldAccount).length;
  const { newAccount } = await readRecoveryOf(live, oldAccount);
  const options = { via: "signer", from, dryRun, json, service: undefined };
  const submitted = await submit(hre, { ...opened, live }, [plan], options);
  const after = dryRun ? live : await refreshed(live);
  const recovery = await readLastRecovery(after, oldAccount);
  if (json) {
    const state = recovery?.state;
    printJson({ dao: live.record.slug, dryRun, ...submitted, oldAccount, newAccount, badges, state });
  } else if (dryRun) printDryRun();
  else if (recovery?.state === "done") {
    done(`All that ${oldAccount} had earned belongs to ${newAccount}: ${plural(badges, "badge")} moved.`);
  } else done(`${plural(badges, "badge")} moved. Run the same command again for what came since.`);
});
