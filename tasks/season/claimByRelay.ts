import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { claimableSeason } from "../../sdk/rewards/claimAll.js";
import { readRewardLogs } from "../../sdk/rewards/logs.js";
import { planClaims } from "../../sdk/rewards/plans.js";
import { makeReward, paymentsOf } from "../../sdk/rewards/reward.js";
import { parseRewardSeason } from "../../sdk/rewards/seasons.js";
import { formatTokens, requireRewardToken } from "../../sdk/rewards/token.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";
import { parseAccount } from "../../sdk/token/account.js";
import { printDryRun } from "../badge/format.js";
import type { Opened } from "../context.js";
import { requireSigner } from "../context.js";
import { chosenRelay, handIn } from "../handIn.js";
import { done, print, printJson } from "../output.js";

/** What is to be claimed, as it is asked for. */
interface Asked {
  readonly season: string | undefined;
  readonly all: boolean;
  readonly account: string | undefined;
  readonly token: string | undefined;
  readonly from: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Has a relay pay out what a member is due. Nobody has to sign: it goes to the member, whoever asks. */
export async function claimByRelay(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  url: string,
  { season: which, all, account: who, token, from, dryRun, json }: Asked,
): Promise<void> {
  const { live } = opened;
  if (all) {
    throw KyosoError.of("relay.one-member", {
      data: {},
      place: "--relay",
      message: "A relay pays out one member at a time",
      remedy: "Name the member, or leave out --relay: then your own account pays for all of them together.",
    });
  }
  const relay = await chosenRelay(live, url, "reward", json);
  const account = who === undefined ? (await requireSigner(opened, from)).address : parseAccount(live, who);
  const only = token === undefined ? undefined : await requireRewardToken(live, token);
  const season = which === undefined ? await claimableSeason(live) : await parseRewardSeason(live, which);
  const { claims } = await planClaims(live, season, account, account, only);
  const relayed = [];
  const before = (await readRewardLogs(live)).claims;
  for (const each of claims) {
    const share = { season: season.number, token: each.token.address, account };
    const earlier = paymentsOf(before, share).length;
    const shown = formatTokens(live, each.amount, each.token);
    if (!json) print(`${account} is due ${shown} of season ${season.number}.`);
    if (dryRun || relay === undefined) continue;
    let paid = each.amount;
    const isDone = async (now: LiveDao) => {
      // The one that is meant, and not what was paid before; a share may have changed since it was planned.
      const payment = paymentsOf((await readRewardLogs(now)).claims, share)[earlier];
      paid = payment?.amount ?? paid;
      return payment !== undefined;
    };
    const reward = makeReward(live, share, earlier);
    const { patience } = hre.globalOptions;
    const outcome = await handIn(live, relay, reward, { patience, json, isDone });
    relayed.push(outcome);
    if (!json && outcome.state !== "waiting") {
      done(`${account} got ${formatTokens(live, paid, each.token)}.`);
    }
  }
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      season: season.number,
      account,
      claims: claims.map((each) => ({ ...tokenAsJson(each.token), amount: each.amount })),
      transactions: relayed.flatMap(({ transaction }) => transaction ?? []),
      relay: relayed,
    });
  } else if (dryRun) printDryRun();
}
