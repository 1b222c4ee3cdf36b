import path from "node:path";
import { KyosoError, problem } from "../../sdk/errors.js";
import { campaignId, campaignName } from "../../sdk/drop/campaign.js";
import type { CampaignHistory } from "../../sdk/drop/campaigns.js";
import { claimedBy, claimsOf, isOver, readCampaigns } from "../../sdk/drop/campaigns.js";
import type { CustomerState } from "../../sdk/node/drop/customers.js";
import { customersOf } from "../../sdk/node/drop/customers.js";
import type { DropFolder } from "../../sdk/node/drop/folder.js";
import { findDrops } from "../../sdk/node/drop/folder.js";
import { shortId } from "../../sdk/drop/code.js";
import type { LeafDomain } from "../../sdk/drop/leaf.js";
import { isShort, looksLikeLink, readLink } from "../../sdk/drop/link.js";
import type { PublishedCheck } from "../../sdk/drop/published.js";
import { checkPublished } from "../../sdk/drop/published.js";
import { findPublished } from "../../sdk/node/drop/proofs.js";
import { requireCampaign } from "../../sdk/drop/plans.js";
import type { BadgeRules } from "../../sdk/drop/readiness.js";
import { campaignProblem, readRules } from "../../sdk/drop/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { replaceFile } from "../../sdk/node/files.js";
import { csvText } from "../../sdk/node/tables/cells.js";
import { oneLine } from "../../sdk/text.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { number, plural } from "../badge/format.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { givenLink } from "../given.js";
import { done, formatMoment, heading, print, printJson, progress, table, warn } from "../output.js";
import { dropsFolder, requireOwn } from "./folders.js";

interface Arguments {
  campaign: string | undefined;
  customers: boolean;
  csv: string | undefined;
  proofs: string | undefined;
  dao: string | undefined;
  json: boolean;
}

/** As many rows as one reads on a screen. */
const MOST_SHOWN = 100;

export default action<Arguments>(async ({ campaign, customers, csv, proofs, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const [all, folders, rules] = await Promise.all([
    readCampaigns(live),
    findDrops(dropsFolder(hre, live)),
    readRules(live),
  ]);
  const asked = campaign === undefined ? undefined : await askedFor(live, all, campaign);
  const wanted = asked === undefined ? all : [requireCampaign(all, asked.id)];
  const claim = asked?.index === undefined ? undefined : await claimOf(live, asked.id, asked.index);
  const published = proofs === undefined ? undefined : await publishedOf(live, theOne(wanted), proofs);
  const states = customers || csv !== undefined ? await statesOf(live, theOne(wanted), folders) : [];
  const file = csv === undefined ? undefined : path.resolve(csv);
  if (file !== undefined) await replaceFile(file, csvOf(states), "owner");
  if (json) {
    printJson({
      dao: live.record.slug,
      campaigns: wanted.map((each) => asJson(live, rules, each, folders.get(each.id))),
      unopened: unopened(all, folders).map((folder) => shortPath(folder.folder)),
      customers: customers ? states : null,
      csv: file === undefined ? null : shortPath(file),
      claim: claim ?? null,
      published: published ?? null,
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
  if (claim !== undefined) {
    print();
    print(
      `Claim ${claim.index}: ${claim.account === null ? "not claimed yet" : `claimed by ${claim.account}`}`,
    );
  }
  if (published !== undefined) {
    const { checked, files } = published;
    print();
    done(
      checked === files
        ? `What is published is right: ${plural(files, "file")}`
        : `What is published is right, as far as was looked: ${number(checked)} of ${number(files)} files`,
    );
  }
  if (customers) printCustomers(states);
  if (file !== undefined) {
    print();
    done(`${plural(states.length, "customer")}: ${shownPath(file)}`);
    print("  It names your customers: only you can read it (mode 0600).");
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

/** What a name or a link asks for: a campaign, and of a link its claim. */
async function askedFor(
  live: LiveDao,
  all: readonly CampaignHistory[],
  text: string,
): Promise<{ id: string; index: number | undefined }> {
  const given = await givenLink(text, looksLikeLink);
  if (!looksLikeLink(given)) return { id: campaignId(given, "campaign"), index: undefined };
  const link = readLink(given);
  if (!isShort(link)) {
    const { campaign, leaf } = requireOwn(live, "link", link);
    return { id: campaign, index: leaf.index };
  }
  const found = all.find(({ id }) => shortId(domainOf(live, id)) === link.id);
  if (found !== undefined) return { id: found.id, index: link.index };
  throw KyosoError.of("link.no-campaign", {
    data: {},
    place: "link",
    message: "It is of none of the DAO's campaigns on the chain",
    remedy: "Choose its DAO with --dao, or its network with --network; or open the campaign first.",
  });
}

function domainOf({ chainId, record }: LiveDao, campaign: string): LeafDomain {
  return { chainId, drop: record.contracts.drop, campaign };
}

async function publishedOf(live: LiveDao, { id }: CampaignHistory, proofs: string): Promise<PublishedCheck> {
  const short = shortId(domainOf(live, id));
  return checkPublished(
    live,
    short,
    await findPublished(proofs, short),
    progress("Checking what is published"),
  );
}

async function claimOf(live: LiveDao, id: string, index: number) {
  return { index, account: (await claimedBy(live, id, index)) ?? null };
}

/** @throws KyosoError where several campaigns have customers, or none has. */
function theOne(campaigns: readonly CampaignHistory[]): CampaignHistory {
  const [only, ...more] = campaigns;
  if (only !== undefined && more.length === 0) return only;
  const names = campaigns.map(({ id }) => campaignName(id));
  throw KyosoError.of("campaign.unnamed", {
    data: { campaigns: names },
    place: "campaign",
    message: "It isn't said which campaign is meant",
    remedy:
      names.length === 0
        ? "No campaign was opened yet."
        : `Write its name behind \`npx hardhat drop status\`: ${names.map(oneLine).join(", ")}.`,
  });
}

async function statesOf(
  live: LiveDao,
  { id }: CampaignHistory,
  folders: ReadonlyMap<string, DropFolder>,
): Promise<CustomerState[]> {
  const folder = folders.get(id);
  if (folder !== undefined) return customersOf(folder, await claimsOf(live, id));
  throw KyosoError.of("campaign.not-here", {
    data: { campaign: campaignName(id) },
    place: `campaign ${campaignName(id)}`,
    message: "Its folder isn't on this computer: who its customers are is written there only",
    remedy: "Ask on the computer where the campaign was made; or copy its folder to here.",
  });
}

/** Those first who may need a reminder. */
function printCustomers(states: readonly CustomerState[]): void {
  const waiting = states.filter(({ account }) => account === null);
  const claimed = states.filter(({ account }) => account !== null);
  heading(`${plural(waiting.length, "customer")} of ${number(states.length)} haven't claimed yet`);
  const ordered = [...waiting, ...claimed];
  table([
    ["Customer", "Claimed by"],
    ...ordered.slice(0, MOST_SHOWN).map(({ reference, account }) => [oneLine(reference), account ?? "—"]),
  ]);
  const rest = ordered.length - MOST_SHOWN;
  if (rest > 0) print(`  and ${number(rest)} more: --csv <file> writes all of them into a table.`);
}

function csvOf(states: readonly CustomerState[]): string {
  return csvText(
    ["reference", "claimed", "account"],
    states.map(({ reference, account }) => [reference, account === null ? "no" : "yes", account ?? ""]),
  );
}

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
