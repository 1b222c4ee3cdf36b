import { planRefuse } from "../../sdk/badges/recovery/recoveryPlans.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { done, print, printJson } from "../output.js";
import { submit } from "../submit.js";
import { endedRecovery, printDryRun } from "./format.js";

interface Arguments {
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address } = await requireAccount(opened, from, { dryRun, json });
  const { plan, oldAccount, newAccount } = await planRefuse(live, address);
  const options = { via: "signer", from, dryRun, json, service: undefined };
  const submitted = await submit(hre, opened, [plan], options);
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, oldAccount, newAccount });
  else if (dryRun) printDryRun();
  else {
    done(await endedRecovery(live, oldAccount));
    print(
      address === newAccount
        ? "  Tell the brand's team why you don't want it."
        : "  Tell the brand's team that the account isn't lost.",
    );
  }
});
