import { parseBadgeId } from "../../sdk/badges/held.js";
import { planMint } from "../../sdk/pass/mint.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { commandLine } from "../commandLine.js";
import { openLive, requireAccount } from "../context.js";
import { done, print, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments {
  badge: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ badge: text, dao, from, dryRun, json }, hre) => {
  const wanted = text === undefined ? undefined : parseBadgeId(text, "badge");
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address } = await requireAccount(opened, from, { dryRun, json });
  const { plan, badge, holder } = await planMint(live, address, wanted);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [plan], acting);
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, pass: badge, holder, transaction });
  } else if (dryRun) printDryRun();
  else {
    done(`${holder} has pass ${badge}.`);
    print(`  Its picture: ${await commandLine(hre, opened, ["pass", "card"], badge.toString())}`);
  }
});
