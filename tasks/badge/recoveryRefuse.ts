import { planRefuse } from "../../sdk/badges/recovery/recoveryPlans.js";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { openLive, requireAccount, requireSigner } from "../context.js";
import { done, print, printJson } from "../output.js";
import { submit } from "../submit.js";
import { endedRecovery, printDryRun } from "./format.js";
import { signRefusalFile } from "./recoverySign.js";

interface Arguments {
  sign: boolean;
  account: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ sign, account, out, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  if (sign) {
    await signRefusalFile(hre, opened, await requireSigner(opened, from), { account, out, dryRun, json });
    return;
  }
  if (account !== undefined || out !== undefined) {
    throw KyosoError.of("recovery.only-signed", {
      data: { option: account === undefined ? "out" : "account" },
      place: account === undefined ? "--out" : "--account",
      message: "It is for what is signed, and nothing is to be",
      remedy: "Add --sign, or leave it out.",
    });
  }
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
