import type { LiveDao } from "../../sdk/live.js";
import type { RewardSeason } from "../../sdk/rewards/seasons.js";
import { readRewardSeasons } from "../../sdk/rewards/seasons.js";
import { formatTime } from "../../sdk/time.js";
import { action } from "../action.js";
import { number } from "../badge/format.js";
import { openLive } from "../context.js";
import { alignRight, heading, printJson, table } from "../output.js";
import { showAmounts, showClaims } from "./print.js";
import { seasonAsJson } from "../../sdk/rewards/views.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const seasons = (await readRewardSeasons(live, "shown")).reverse();
  if (json) {
    printJson({ dao: live.record.slug, symbol: live.symbol, seasons: seasons.map(seasonAsJson) });
  } else printSeasons(live, seasons);
});

function printSeasons(live: LiveDao, seasons: readonly RewardSeason[]): void {
  heading(`${live.record.name}: seasons and their rewards`);
  const rows = seasons.map((season) => [
    season.number.toString(),
    season.state,
    `${formatTime(season.start)}\n${formatTime(season.end)}`,
    number(season.points),
    showAmounts(
      live,
      season.budgets.map(({ token, budget }) => ({ token, amount: budget })),
    ),
    showAmounts(
      live,
      season.budgets.map(({ token, paid }) => ({ token, amount: paid })),
    ),
    showClaims(live, season),
  ]);
  const head = ["no.", "season", "from, to", "points", "to be shared", "claimed", "claims"];
  const [first, ...rest] = alignRight([head, ...rows], 0, 3);
  table(rest, first);
}
