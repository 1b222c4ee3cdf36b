import { planDelegation } from "../../sdk/token/delegate.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { openLive, requireAccount } from "../context.js";
import { print, printJson } from "../output.js";
import { submit } from "../submit.js";
import { showVotes } from "./show.js";

interface Arguments {
  to: string;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ to: text, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: account } = await requireAccount(opened, from, { dryRun, json });
  const plan = await planDelegation(live, account, text);
  const { before, moved, to } = plan;
  const { transactions } = await submit(hre, opened, [plan], {
    via: "signer",
    from,
    dryRun,
    json,
    service: undefined,
  });
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, account, before: before.delegate, to, moved, transaction });
    return;
  }
  const tokens = formatAmount(before.tokens, live.symbol);
  const back =
    to === account
      ? ""
      : ` \`${await commandLine(hre, opened, ["token", "delegate"], "self")}\` takes the votes back.`;
  print(
    moved === 0n
      ? `\n  ${account} has no votes at present; those that it gets from now on follow.`
      : `\n  ${showVotes(moved)} ${dryRun ? "would move" : "moved"}, from ${before.delegate} to ${to}. The ${tokens} stay with ${account}.${back}`,
  );
  print("  It counts for proposals whose voting opens from now on, and not for those that are open already.");
  if (dryRun) print("\nThis was a dry run: nothing was sent.");
});
