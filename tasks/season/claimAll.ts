import { reviewCalls } from "../../sdk/calls/review.js";
import type { Account } from "../../sdk/execute/account.js";
import { outstanding } from "../../sdk/execute/signer.js";
import { planAllClaims } from "../../sdk/rewards/claimAll.js";
import { claimsPaidBy } from "../../sdk/rewards/logs.js";
import type { RewardSeason } from "../../sdk/rewards/seasons.js";
import type { RewardToken } from "../../sdk/rewards/token.js";
import { formatTokens } from "../../sdk/rewards/token.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";
import { plural, printDryRun } from "../badge/format.js";
import { requireSuccess } from "../calls.js";
import type { Opened } from "../context.js";
import { alignRight, done, heading, number, print, printJson, table } from "../output.js";
import { sendAloud } from "../submit.js";

/** Of many, as many are listed; --json has them all. */
const MOST_LISTED = 30;

/** Has all members paid what a season owes them. */
export async function claimAll(
  { live }: Opened,
  account: Account,
  season: RewardSeason,
  only: RewardToken | undefined,
  { dryRun, json }: { readonly dryRun: boolean; readonly json: boolean },
): Promise<void> {
  const { plans, claims, batched } = await planAllClaims(live, season, only);
  if (!json) {
    heading(`${plural(claims.length, "claim")} of season ${season.number}`);
    const rows = claims.map((each) => [each.account, formatTokens(live, each.amount, each.token)]);
    table(alignRight(rows.slice(0, MOST_LISTED), 1));
    if (rows.length > MOST_LISTED)
      print(`  and ${number(rows.length - MOST_LISTED)} more; --json has them all`);
    print(
      batched
        ? `  In ${plural(plans.length, "transaction")}, through Multicall3.`
        : `  In ${plural(plans.length, "transaction")}, one after the other${claims.length > 1 ? ": this chain has no Multicall3" : ""}.`,
    );
  }
  for (const plan of plans) {
    const { calls } = outstanding(plan, account, false).left;
    requireSuccess(await reviewCalls(live, calls, account.address), "Nothing was sent.");
  }
  const sent = dryRun ? [] : await sendAloud(plans, account, json);
  const transactions = sent.flatMap(({ transaction }) => transaction ?? []);
  const paid = claimsPaidBy(
    live,
    sent.map(({ receipt }) => receipt),
  );
  const tokens = new Map(claims.map(({ token }) => [token.address, token]));
  const shown = dryRun
    ? claims
    : paid.flatMap(({ account: to, amount, token: address }) => {
        const token = tokens.get(address);
        return token === undefined ? [] : [{ account: to, token, amount }];
      });
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      season: season.number,
      account: null,
      claims: shown.map(({ account: to, token, amount }) => ({ account: to, ...tokenAsJson(token), amount })),
      transactions,
    });
    return;
  }
  if (dryRun) {
    printDryRun();
    return;
  }
  for (const token of tokens.values()) {
    const own = shown.filter((each) => each.token === token);
    const sum = own.reduce((total, { amount }) => total + amount, 0n);
    done(`${plural(own.length, "member")} got ${formatTokens(live, sum, token)}.`);
  }
}
