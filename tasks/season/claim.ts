import { KyosoError } from "../../sdk/errors.js";
import { claimableSeason } from "../../sdk/rewards/claimAll.js";
import { claimsPaidBy } from "../../sdk/rewards/logs.js";
import { planClaims } from "../../sdk/rewards/plans.js";
import { parseRewardSeason } from "../../sdk/rewards/seasons.js";
import { formatTokens, requireRewardToken } from "../../sdk/rewards/token.js";
import { parseAccount } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { claimAll } from "./claimAll.js";
import { claimByRelay } from "./claimByRelay.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";

interface Arguments {
  season: string | undefined;
  all: boolean;
  account: string | undefined;
  token: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  if (args.relay !== undefined) {
    await claimByRelay(hre, opened, args.relay, args);
    return;
  }
  const caller = await requireAccount(opened, from, { dryRun, json });
  const account = args.account === undefined ? caller.address : parseAccount(live, args.account);
  const only = args.token === undefined ? undefined : await requireRewardToken(live, args.token);
  const season =
    args.season === undefined ? await claimableSeason(live) : await parseRewardSeason(live, args.season);
  if (args.all) {
    if (args.account !== undefined) {
      throw KyosoError.of("season.all-or-one", {
        data: { account },
        place: "--all",
        message: `It pays all members, and not ${account} alone`,
        remedy: "Leave out one of the two.",
      });
    }
    await claimAll(opened, caller, season, only, { dryRun, json });
    return;
  }
  const { plan, claims: planned } = await planClaims(live, season, account, caller.address, only);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [plan], acting);
  const receipts = await Promise.all(transactions.map((hash) => live.provider.getTransactionReceipt(hash)));
  const paid = claimsPaidBy(live, receipts);
  const claims = dryRun
    ? planned
    : planned.map(({ token }) => ({
        token,
        amount: paid.find((each) => each.token === token.address)?.amount ?? 0n,
      }));
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      season: season.number,
      account,
      claims: claims.map(({ token, amount }) => ({ ...tokenAsJson(token), amount })),
      transactions,
    });
  } else if (dryRun) printDryRun();
  else for (const { token, amount } of claims) done(`${account} got ${formatTokens(live, amount, token)}.`);
});
