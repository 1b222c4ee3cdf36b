import { parseBadgeId, requireHeld } from "../../sdk/badges/held.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { readLedger } from "../../sdk/badges/ledger.js";
import { planRevoke } from "../../sdk/badges/plans.js";
import { requireCaller } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { roleOf } from "../../sdk/token/account.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";
import { showAccount } from "../token/show.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { number, printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  badge: string;
  reason: string | undefined;
}

export default action<Arguments>(
  async ({ badge: text, reason, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const id = parseBadgeId(text, "badge");
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const [ledger, kinds] = await Promise.all([readLedger(live), readKinds(live)]);
    const badge = requireHeld(ledger, id, kinds);
    const { plan, guarded } = planRevoke(live, badge, reason, via);
    await requireCaller(live, await actorOf(opened, via, { from, dryRun, json }), guarded);
    const { account, kind } = badge;
    if (!json) {
      heading(`Badge ${id}, to be taken back`);
      table([
        ["Kind", kind.name],
        ["From", showAccount(account, roleOf(live, account))],
        ["Takes", `${number(kind.points)} points${votesOf(kind.votes, live.symbol)}`],
      ]);
    }
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) {
      printJson({
        dao: live.record.slug,
        dryRun,
        ...submitted,
        badge: id,
        account,
        kind: { number: kind.number, name: kind.name },
        reason: reason?.trim(),
      });
    } else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) done(`Badge ${id} is gone, and with it what it counted.`);
  },
);

function votesOf(votes: bigint, symbol: string): string {
  return votes === 0n ? "" : `, and the votes that came with it: up to ${formatAmount(votes, symbol)}`;
}
