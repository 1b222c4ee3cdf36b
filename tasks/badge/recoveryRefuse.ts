import { planRefuse } from "../../sdk/badges/recoveryPlans.js";
import { action } from "../action.js";
import { openLive, requireSigner } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { printDryRun } from "./format.js";

interface Arguments {
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: oldAccount } = await requireSigner(opened, from);
  const plan = await planRefuse(live, oldAccount);
  const options = { via: "signer", from, dryRun, json, service: undefined };
  const submitted = await submit(hre, opened, [plan], options);
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, oldAccount });
  else if (dryRun) printDryRun();
  else done("The recovery won't take place. Tell the brand's team that the account isn't lost.");
});
