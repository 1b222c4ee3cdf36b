import { planReturn } from "../../sdk/rewards/plans.js";
import { formatTokens, requireRewardToken } from "../../sdk/rewards/token.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";

interface Arguments {
  token: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ token: text, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const token = await requireRewardToken(live, text);
  const { plan, amount } = await planReturn(live, token);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [plan], acting);
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, ...tokenAsJson(token), amount, transaction });
  } else if (dryRun) printDryRun();
  else done(`The treasury has ${formatTokens(live, amount, token)} more.`);
});
