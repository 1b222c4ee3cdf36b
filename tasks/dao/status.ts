import type { DaoStatus } from "../../sdk/status.js";
import { readStatus } from "../../sdk/status.js";
import { formatAmount, formatDuration } from "../../sdk/units.js";
import { action } from "../action.js";
import { connect, requireStore, trust, warnLoudly } from "../context.js";
import { formatMoment, heading, number, printJson, styled, table } from "../output.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, dao);
  const status = await readStatus(connected.provider, record, await trust(hre, record));
  if (!status.isRecordsSafe) {
    const { otherSafeProblem } = await import("../../sdk/verify.js");
    warnLoudly(otherSafeProblem(record, status.safe.address));
  }
  for (const strange of status.strangeModules) warnLoudly(strange);
  if (json) printJson(status);
  else printStatus(status, (await connected.provider.getBlock("latest"))?.timestamp ?? 0);
});

function printStatus(status: DaoStatus, now: number): void {
  const { badges, governance, safe, supply, symbol, treasury } = status;
  const amount = (value: bigint) => formatAmount(value, symbol);

  heading(`${status.name}: ${status.phase}`);
  table([
    [
      "Veto of the Safe",
      status.phase === "brand-led" ? `until ${formatMoment(status.vetoUntil, now)}` : "none",
    ],
    [
      "Handed over to the community",
      status.phase === "community" ? "yes" : `at the latest ${formatMoment(status.communityDate, now)}`,
    ],
    ["Safe", `${safe.address}, ${safe.threshold} of ${safe.owners.length} owners`],
  ]);
  heading("Money");
  table([
    ["Treasury", `${formatAmount(treasury.wei, "ETH")}, ${amount(treasury.tokens)}`],
    ["Supply", `${amount(supply.total)} of at most ${amount(supply.cap)}`],
    ["Circulating", amount(supply.circulating)],
    ["Can be minted now by proposal", amount(supply.mintable)],
  ]);
  heading("Voting");
  table([
    ["Votes earned by contributing", amount(supply.contributionVotes)],
    ["Needed to propose", amount(governance.proposalThreshold)],
    ["Needed to pass (quorum)", amount(governance.quorum)],
    [
      "From proposal to execution",
      [governance.votingDelay, governance.votingPeriod, governance.timelockDelay]
        .map(formatDuration)
        .join(" + "),
    ],
  ]);
  heading(`Contributions${badges.halted ? styled("red", "  AWARDS ARE HALTED") : ""}`);
  table([
    [
      "Badges awarded",
      `${number(badges.awarded)} of ${number(badges.kinds)} kinds, ${number(badges.points)} points`,
    ],
    ["Season", `${badges.season}, until ${formatMoment(badges.seasonEnds, now)}`],
    ["Points in it", `${number(badges.seasonPoints)} of at most ${number(badges.seasonPointsLimit)}`],
    ...(badges.claims === null ? [] : [["Reward of the season before", claimsText(badges.claims, now)]]),
    [
      "Recoveries of lost accounts",
      `${badges.recoveries.requested} of ${badges.recoveries.limit} this season`,
    ],
    ["Campaigns (drop)", status.contracts.drop],
    ["Season rewards", status.contracts.rewards],
  ]);
  heading("Ideas and membership");
  const none = "none; `dao enable-modules` gives the DAO one";
  table([
    ["Idea board", status.board === null ? none : `${status.board.address}, ${calls(status.board.calls)}`],
    ["Membership pass", status.pass === null ? none : `${status.pass.address}, ${passText(status.pass)}`],
  ]);
}

function calls(count: number): string {
  return count === 1 ? "1 call" : `${number(count)} calls`;
}

function passText({ kind, perks }: NonNullable<DaoStatus["pass"]>): string {
  const entitled = kind === 0 ? "nobody is entitled to one yet" : `for badges of kind ${kind}`;
  return `${entitled}, ${perks === 1 ? "1 perk" : `${number(perks)} perks`}`;
}

function claimsText({ opens, closes }: NonNullable<DaoStatus["badges"]["claims"]>, now: number): string {
  return now < opens
    ? `can be claimed from ${formatMoment(opens, now)}`
    : `can be claimed until ${formatMoment(closes, now)}`;
}
