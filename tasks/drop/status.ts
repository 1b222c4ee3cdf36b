import { problem } from "../../sdk/errors.js";
import { campaignId, campaignName } from "../../sdk/drop/campaign.js";
import type { CampaignHistory } from "../../sdk/drop/campaigns.js";
import { isOver, readCampaigns } from "../../sdk/drop/campaigns.js";
import type { DropFolder } from "../../sdk/node/drop/folder.js";
import { findDrops } from "../../sdk/node/drop/folder.js";
import { requireCampaign } from "../../sdk/drop/plans.js";
import type { BadgeRules } from "../../sdk/drop/readiness.js";
import { campaignProblem, readRules } from "../../sdk/drop/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { number } from "../badge/format.js";
import { commandLine, shortPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { formatMoment, heading, print, printJson, table, warn } from "../output.js";
import { dropsFolder } from "./folders.js";

interface Arguments {
  campaign: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ campaign, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const [all, folders, rules] = await Promise.all([
    readCampaigns(live),
    findDrops(dropsFolder(hre, live)),
    readRules(live),
  ]);
  const wanted = campaign === undefined ? all : [requireCampaign(all, campaignId(campaign, "campaign"))];
  if (json) {
    printJson({
      dao: live.record.slug,
      campaigns: wanted.map((each) => asJson(live, rules, each, folders.get(each.id))),
      unopened: unopened(all, folders).map((folder) => shortPath(folder.folder)),
    });
    return;
  }
  if (wanted.length === 0) print("No campaign was opened yet.");
  for (const each of wanted) {
    printCampaign(live, rules, each, folders.get(each.id));
    if (isOver(each, live.now) && each.tokens > 0n) {
      print("  Anybody can send what is left to the treasury:");
      print(`    ${await commandLine(hre, opened, ["drop", "close"], campaignName(each.id))}`);
    }
  }
  if (campaign !== undefined) return;
  for (const { folder } of unopened(all, folders)) {
    print();
    warn(
      problem("campaign.links-not-open", {
        data: { folder },
        place: shortPath(folder),
        message: "Its links are made, and it isn't open",
        remedy:
          "Run the command again that made it, or carry out what it wrote for the Safe or as a proposal.",
      }),
    );
  }
});

function unopened(all: readonly CampaignHistory[], folders: ReadonlyMap<string, DropFolder>): DropFolder[] {
  const opened = new Set(all.map(({ id }) => id));
  return [...folders].flatMap(([id, folder]) => (opened.has(id) ? [] : [folder]));
}

function stateOf({ now }: LiveDao, campaign: CampaignHistory): "stopped" | "over" | "running" {
  return campaign.stopped ? "stopped" : isOver(campaign, now) ? "over" : "running";
}

/** What keeps anything from being claimed; of a campaign with badges, too, that they can't be awarded any more. */
function problemOf(
  live: LiveDao,
  rules: BadgeRules,
  campaign: CampaignHistory,
  folder: DropFolder | undefined,
) {
  const [kind] = folder?.manifest.kinds ?? [];
  const leaf = kind === undefined ? undefined : { amount: 0n, kind: kind.kind };
  return isOver(campaign, live.now) ? undefined : campaignProblem(live, rules, campaign, leaf);
}

function printCampaign(
  live: LiveDao,
  rules: BadgeRules,
  campaign: CampaignHistory,
  folder: DropFolder | undefined,
): void {
  const { symbol, now } = live;
  const { id, root, deadline, claimed, tokens, given, funded, returned, stopReason, referralKind } = campaign;
  const state = stateOf(live, campaign);
  const referral = rules.kinds.find((kind) => kind.number === referralKind);
  heading(`Campaign ${campaignName(id)}: ${state}`);
  table([
    [state === "running" ? "Until" : "Deadline", formatMoment(deadline, now)],
    ...(stopReason === null ? [] : [["Stopped", oneLine(stopReason)]]),
    ["Claimed", `${number(claimed)}${folder === undefined ? "" : ` of ${number(folder.manifest.leaves)}`}`],
    ["Given", `${formatAmount(given, symbol)} of ${formatAmount(funded, symbol)}`],
    ["Left", formatAmount(tokens, symbol)],
    ...(returned === 0n ? [] : [["Returned", `${formatAmount(returned, symbol)} to the treasury`]]),
    ...(referral === undefined ? [] : [["Referrals", referral.name]]),
    ["Root", root],
  ]);
  const found = problemOf(live, rules, campaign, folder);
  if (found !== undefined) warn(found);
  if (folder !== undefined && state === "running" && funded < BigInt(folder.manifest.tokens)) {
    warn(
      problem("campaign.underfunded", {
        data: { campaign: campaignName(id), funded, needed: BigInt(folder.manifest.tokens), symbol },
        place: `campaign ${campaignName(id)}`,
        message: `It was given ${formatAmount(funded, symbol)}, and its claims are of ${formatAmount(BigInt(folder.manifest.tokens), symbol)}`,
        remedy: "Run `npx hardhat drop create` again as before: it funds what is missing.",
      }),
    );
  }
}

function asJson(live: LiveDao, rules: BadgeRules, campaign: CampaignHistory, folder: DropFolder | undefined) {
  const { id, root, deadline, referralKind, tokens, funded, given, claimed, stopReason, returned } = campaign;
  return {
    campaign: campaignName(id),
    id,
    state: stateOf(live, campaign),
    root,
    deadline,
    referralKind,
    leaves: folder?.manifest.leaves ?? null,
    claimed,
    funded,
    given,
    left: tokens,
    returned,
    stopReason,
    closable: isOver(campaign, live.now) && tokens > 0n,
    problem: problemOf(live, rules, campaign, folder) ?? null,
  };
}
