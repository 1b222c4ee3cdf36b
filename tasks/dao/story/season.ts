import { done, heading, print, table } from "../../output.js";
import { amountOf, nameOf, pass, plural, toBeRead, type Story } from "./story.js";

/**
 * The season ends, and its contributors share what was decided.
 *
 * @param contributors Who claims now.
 * @param customers All who came by a link.
 */
export async function tellSeason(
  story: Story,
  contributors: readonly string[],
  customers: readonly string[],
): Promise<void> {
  const { connection, dao, launcher, record } = story;
  heading("6. The season ends, and its contributors share");
  const season = Number(await dao.badge.currentSeason());
  const { token } = record.contracts;
  const now = async () => BigInt(await connection.networkHelpers.time.latest());
  const { end } = await dao.badge.seasonBounds(season);
  await pass(story, end - (await now()) + 1n, `season ${season} is over`);
  const opens = end + (await dao.badge.disputeWindow());
  await pass(story, opens - (await now()), "what was awarded by mistake could be taken until now");

  const { budget } = await dao.rewards.budgetOf(season, token);
  const total = await dao.badge.totalSeasonPoints(season);
  print(
    `  ${amountOf(story, budget)} for ${plural(total, "point")}, so that each gets (cut off after two decimals):`,
  );
  const rows: string[][] = [];
  for (const account of contributors) {
    const points = await dao.badge.seasonPointsOf(account, season);
    const share = await dao.rewards.claimable(season, token, account);
    // Anyone can pay for the claim: it always pays who earned it.
    await (await dao.rewards.connect(launcher).claim(season, token, account)).wait();
    rows.push([nameOf(story, account), plural(points, "point"), amountOf(story, toBeRead(share))]);
  }
  const others = customers.filter((account) => !contributors.includes(account));
  let points = 0n;
  let due = 0n;
  for (const account of others) {
    points += await dao.badge.seasonPointsOf(account, season);
    due += await dao.rewards.claimable(season, token, account);
  }
  rows.push([
    `${others.length} more who came by a link`,
    plural(points, "point"),
    amountOf(story, toBeRead(due)),
    "not claimed yet",
  ]);
  table(rows);
  const { paid } = await dao.rewards.budgetOf(season, token);
  done(
    `${amountOf(story, toBeRead(paid))} of ${amountOf(story, budget)} are claimed. What nobody claims until the next season ends goes back to the treasury`,
  );
}
