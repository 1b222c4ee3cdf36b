import type { WithheldBadge } from "../../sdk/badges/withheld.js";
import { planGrantVotes } from "../../sdk/badges/withheld.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, print, printJson } from "../output.js";
import { submit } from "../submit.js";
import { plural, printDryRun } from "./format.js";

interface Arguments {
  badges: string;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ badges, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { plan, granted, left } = await planGrantVotes(live, badges);
  const options = { via: "signer", from, dryRun, json, service: undefined };
  const submitted = await submit(hre, opened, [plan], options);
  const amount = (list: readonly WithheldBadge[]) =>
    formatAmount(
      list.reduce((sum, { votes }) => sum + votes, 0n),
      live.symbol,
    );
  if (json) {
    printJson({ dao: live.record.slug, dryRun, ...submitted, granted, left });
    return;
  }
  if (dryRun) printDryRun();
  else done(`${plural(granted.length, "badge")} got what was withheld: ${amount(granted)}.`);
  if (left.length > 0) {
    print(
      `  ${plural(left.length, "badge")} with ${amount(left)} wait: the limits of earned votes let no more through now. Run the same command again later.`,
    );
  }
});
