import { inPlace } from "../../sdk/errors.js";
import { parseVia } from "../../sdk/execute/via.js";
import { formatTokens, requireRewardToken } from "../../sdk/rewards/token.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";
import { parseAccount } from "../../sdk/token/account.js";
import { planSend } from "../../sdk/token/send.js";
import { parseAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  to: string;
  amount: string;
  token: string | undefined;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, from, dryRun, json, service } = args;
  // What somebody sends is its own, where nothing else is said.
  const via = parseVia(args.via ?? "signer");
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const token = await requireRewardToken(live, args.token);
  const amount = inPlace("amount", () => parseAmount(args.amount, token.decimals, token.symbol));
  const to = parseAccount(live, args.to, "to");
  const sender = await actorOf(opened, via, { from, dryRun, json });
  const plan = await planSend(live, { token, amount }, sender, to);
  const submitted = await submit(hre, opened, [plan], { via, from, dryRun, json, service });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, ...submitted, ...tokenAsJson(token), amount, sender, to });
  } else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) {
    done(`${live.book.show(to)} got ${formatTokens(live, amount, token)}.`);
  }
});
