import type { Board } from "../../sdk/badges/members/board.js";
import { parseSeason, readBoard } from "../../sdk/badges/members/board.js";
import { boardAsJson } from "../../sdk/badges/members/views.js";
import { withNicknames } from "../../sdk/community/nicknames.js";
import type { LiveDao } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { formatMoment } from "../../sdk/time.js";
import { roleOf } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { alignRight, heading, print, printJson, styled, table } from "../output.js";
import { showAccount } from "../token/show.js";
import { number, plural, showPointsLimit } from "./format.js";

/** How many are shown without --all. */
const FIRST = 20;

interface Arguments {
  season: string | undefined;
  all: boolean;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ season: text, all, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const board = await readBoard(live, parseSeason(live, text));
  const shown = await withNicknames(live, all ? board.entries : board.entries.slice(0, FIRST));
  if (json) {
    printJson(boardAsJson(live, board, shown));
    return;
  }
  printBoard(board, shown, live);
});

function printBoard(
  { season, points, taken, pointsLimit, entries }: Board,
  shown: readonly (Board["entries"][number] & { readonly nickname: string | null })[],
  live: LiveDao,
): void {
  const { now, record } = live;
  const when =
    season === null
      ? "all time"
      : `season ${season.number}, ${season.end > now ? "until" : "which ended"} ${formatMoment(season.end, now)}`;
  heading(`${record.name}: who contributed most, ${when}`);
  const awarded = points + taken;
  const limits = showPointsLimit({ points: awarded, pointsLimit }).map((row) => row.join(": "));
  if (entries.length === 0) {
    print("  Nobody has any points yet.");
    for (const limit of limits) print(`  ${limit}`);
    return;
  }
  const lost =
    taken === 0 ? "" : ` of the ${number(awarded)} that its reward is shared by; the others were taken`;
  print(`  ${plural(entries.length, "member")}, ${number(points)} points${lost}`);
  for (const limit of limits) print(`  ${limit}`);
  const total = season === null ? [] : ["all time"];
  const titled = entries.some(({ title }) => title !== null);
  const rows = shown.map((entry) => [
    number(entry.rank),
    showAccount(entry.account, roleOf(live, entry.account), entry.nickname),
    number(entry.points),
    ...(season === null ? [] : [number(entry.totalPoints)]),
    number(entry.badges),
    ...(titled ? [oneLine(entry.title?.name ?? "")] : []),
  ]);
  const [head, ...lines] = alignRight(
    [["rank", "member", "points", ...total, "badges", ...(titled ? ["title"] : [])], ...rows],
    0,
    2,
    3,
    ...(season === null ? [] : [4]),
  );
  table(lines, head);
  const rest = entries.length - shown.length;
  if (rest > 0) print(styled("dim", `  and ${plural(rest, "more member")}: --all shows everybody.`));
}
