import { planHalt } from "../../sdk/handover/plans.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { commandLine } from "../commandLine.js";
import { openLive, requireAccount } from "../context.js";
import { done, print, printJson } from "../output.js";
import { submit } from "../submit.js";

type Arguments = Omit<ActingArguments, "via" | "service">;

export default action<Arguments>(async ({ dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const account = await requireAccount(opened, from, { dryRun, json });
  const plan = await planHalt(live, account.address);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [plan], acting);
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, account: account.address, transaction });
  } else if (dryRun) printDryRun();
  else if (transactions.length > 0) {
    done("Awards, claims and recoveries are halted. What was awarded stays.");
    print(`\n  To resume: ${await commandLine(hre, opened, ["dao", "resume"])}`);
  }
});
