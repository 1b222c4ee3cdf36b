import { findNicknames } from "../../sdk/community/nicknames.js";
import { formatProblem } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import type { MemberReward, MemberRewards, MemberSeason } from "../../sdk/rewards/member.js";
import { readMemberRewards } from "../../sdk/rewards/member.js";
import { formatTokens } from "../../sdk/rewards/token.js";
import { formatTime } from "../../sdk/time.js";
import { parseAccount, roleOf } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { number, plural, showPointsLimit } from "../badge/format.js";
import { openLive, requireSigner } from "../context.js";
import { heading, print, printJson, styled, table } from "../output.js";
import { showAccount, showShare } from "../token/show.js";
import { showClaims } from "./print.js";
import { memberRewardsAsJson } from "../../sdk/rewards/views.js";

interface Arguments {
  account: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const account =
    text === undefined ? (await requireSigner(opened, undefined)).address : parseAccount(live, text);
  const [rewards, nicknames] = await Promise.all([
    readMemberRewards(live, account),
    findNicknames(live, [account]),
  ]);
  const nickname = nicknames.get(account) ?? null;
  if (json) printJson(memberRewardsAsJson(live, rewards, nickname));
  else printRewards(live, rewards, nickname);
});

function printRewards(
  live: LiveDao,
  { account, seasons, claims }: MemberRewards,
  nickname: string | null,
): void {
  heading(`${live.record.name}: ${showAccount(account, roleOf(live, account), nickname)}`);
  for (const season of seasons) printSeason(live, season);
  const earlier = claims.filter(({ season }) => seasons.every(({ number: shown }) => shown !== season));
  if (earlier.length > 0) {
    print(styled("dim", `\n  and ${plural(earlier.length, "claim")} of earlier seasons: see --json.`));
  }
}

function printSeason(live: LiveDao, season: MemberSeason): void {
  const { points, totalPoints, taken, rewards } = season;
  heading(`Season ${season.number}, ${season.state}`);
  const share = totalPoints === 0 ? 0 : points / totalPoints;
  table([
    ["From, to", `${formatTime(season.start)}, ${formatTime(season.end)}`],
    ["Points", `${number(points)} of ${number(totalPoints)}, ${showShare(share)}`],
    ...(taken === 0 ? [] : [["Of these, taken", `${number(taken)}, whose part goes to the treasury`]]),
    ...showPointsLimit({ points: totalPoints, pointsLimit: season.pointsLimit }),
    ["Claims", showClaims(live, season)],
  ]);
  if (rewards.length === 0) {
    print("  It has no budget.");
    return;
  }
  const show = (amount: bigint, { token }: MemberReward) => formatTokens(live, amount, token);
  table(
    rewards.map((reward) => [
      show(reward.budget, reward),
      show(reward.share, reward),
      show(reward.claimed, reward),
      show(reward.claimable, reward),
    ]),
    [
      "to be shared",
      season.state === "running" ? "share as of now" : "share",
      "claimed",
      "can be claimed now",
    ],
  );
  // Its place is the season, which is shown above.
  const reasons = new Set(
    rewards.flatMap(({ problem }) =>
      problem === null ? [] : [formatProblem({ ...problem, place: undefined })],
    ),
  );
  for (const reason of reasons) print(styled("dim", `  ${reason.replaceAll("\n", "\n  ")}`));
}
