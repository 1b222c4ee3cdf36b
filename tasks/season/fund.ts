import { parseVia } from "../../sdk/execute/via.js";
import { inPlace } from "../../sdk/errors.js";
import { planFunding } from "../../sdk/rewards/plans.js";
import { parseRewardSeason } from "../../sdk/rewards/seasons.js";
import { formatTokens, requireRewardToken } from "../../sdk/rewards/token.js";
import { parseAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { number, printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";
import { showClaims } from "./print.js";
import { tokenAsJson } from "../../sdk/rewards/views.js";

interface Arguments extends ActingArguments {
  season: string;
  amount: string;
  token: string | undefined;
}

export default action<Arguments>(async (args, hre) => {
  const { dao, via: asked, from, dryRun, json, service } = args;
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const token = await requireRewardToken(live, args.token);
  const amount = inPlace("amount", () => parseAmount(args.amount, token.decimals, token.symbol));
  const season = await parseRewardSeason(live, args.season);
  const funder = await actorOf(opened, via, { from, dryRun, json });
  const plan = await planFunding(live, season, { token, amount }, funder);
  if (!json) {
    heading(`Season ${season.number}, to be funded`);
    table([
      ["With", formatTokens(live, amount, token)],
      ["By", live.book.show(funder)],
      ["Shared by", `${number(season.points)} points until now`],
      ["Claims", showClaims(live, season)],
    ]);
  }
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  if (json) {
    const shown = { season: season.number, ...tokenAsJson(token), amount, funder };
    printJson({ dao: live.record.slug, dryRun, ...submitted, ...shown });
  } else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) {
    done(`Season ${season.number} shares ${formatTokens(live, amount, token)} more.`);
  }
});
