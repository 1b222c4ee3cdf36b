import { problem } from "../../sdk/errors.js";
import path from "node:path";
import type { DropFolder } from "../../sdk/node/drop/folder.js";
import { DROP_FILES } from "../../sdk/node/drop/folder.js";
import type { CampaignSummary, PreparedCampaign } from "../../sdk/node/drop/prepare.js";
import { parseQr } from "../../sdk/node/drop/qrCodes.js";
import { prepareCampaign } from "../../sdk/node/drop/prepare.js";
import type { BadgeKind } from "../../sdk/badges/kinds/kinds.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { parseVia } from "../../sdk/execute/via.js";
import type { LiveDao } from "../../sdk/live.js";
import { withLock } from "../../sdk/node/lock.js";
import { exposureOf } from "../../sdk/node/secrets.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { number, plural, printDryRun } from "../badge/format.js";
import { shortPath, shownPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { done, formatMoment, heading, print, printJson, progress, table, warn } from "../output.js";
import type { Submitted } from "../submit.js";
import { submit } from "../submit.js";
import { dropsFolder } from "./folders.js";

interface Arguments extends ActingArguments {
  file: string;
  campaign: string | undefined;
  deadline: string | undefined;
  link: string | undefined;
  referral: string | undefined;
  long: boolean;
  qr: string | undefined;
  qrNames: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { file, campaign, deadline, link, referral, long, via: asked, from, dryRun, json, service } = args;
  const via = parseVia(asked);
  const how = parseQr(args.qr);
  const opened = await openLive(hre, args.dao);
  const { live } = opened;
  const root = dropsFolder(hre, live);
  const request = { file: path.resolve(file), campaign, deadline, link, referral, long, root, dryRun };
  const drawing = how === undefined ? undefined : { how, names: args.qrNames };
  const run = async () => {
    const actor = await actorOf(opened, via, { from, dryRun, json });
    const onProgress = progress("Making the claim keys");
    const prepared = await prepareCampaign(live, {
      ...request,
      file: shortPath(request.file),
      actor,
      onProgress,
      ...(drawing && { qr: { ...drawing, onProgress: progress("Drawing the QR codes") } }),
    });
    const { plan, summary, drop, qr } = prepared;
    const exposed = await Promise.all(secretsOf(drop).map((each) => exposureOf(each, shortPath(each))));
    const warnings = [...prepared.warnings, ...exposed.flatMap((problem) => problem ?? [])];
    if (!json) {
      printSummary(live, summary, await readKinds(live));
      printFolder(prepared, qr);
      warnings.forEach(warn);
    }
    const submitted: Submitted =
      plan === undefined
        ? { via, transactions: [], files: [] }
        : await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) printJson(asJson(live, { ...prepared, warnings }, qr, submitted, dryRun));
    else if (dryRun) printDryRun();
    else if (plan === undefined) done("It is open and has all its tokens: there is nothing left to do.");
  };
  // Two commands at the same time would each make links. No campaign's name begins with a dot.
  await (dryRun ? run() : withLock(path.join(root, ".create.lock"), "A campaign", run));
});

function printSummary(
  { now, symbol }: LiveDao,
  { name, leaves, keys, tokens, kinds, terms }: CampaignSummary,
  all: readonly BadgeKind[],
): void {
  const nameOf = (kind: number) => all.find((each) => each.number === kind)?.name ?? `kind ${kind}`;
  heading(`Campaign ${name}`);
  table([
    ["Customers", `${number(leaves)}, of whom ${number(keys)} get a link with a claim key`],
    ["Tokens", formatAmount(BigInt(tokens), symbol)],
    ["Badges", kinds.map(({ kind, badges }) => `${number(badges)} × ${nameOf(kind)}`).join("\n") || "none"],
    ["Until", formatMoment(terms.deadline, now)],
    ["Referrals", terms.referralKind === 0 ? "none" : `the member gets ${nameOf(terms.referralKind)}`],
  ]);
}

function printFolder({ drop, before }: PreparedCampaign, qr: string | undefined): void {
  if (drop === undefined) return;
  const folder = shortPath(drop.folder);
  print();
  done(
    before
      ? `Its links were made before, and stay as they are: ${folder}`
      : `${plural(drop.manifest.leaves, "link")} made: ${path.join(folder, DROP_FILES.links)}`,
  );
  const published = publishedBy(drop);
  if (published !== undefined) {
    print("  The links are short, and work once this is on your site, beside the page that they lead to:");
    print(`    ${shownPath(published)}`);
  }
  if (qr !== undefined) print(`  QR codes of the links, as secret as they are: ${shownPath(qr)}`);
  const files = [...SECRETS, ...(qr === undefined ? [] : [path.basename(qr)])];
  warn(
    problem("campaign.secrets", {
      data: { folder, files },
      place: folder,
      message: `${new Intl.ListFormat("en").format(files)} hold secrets: whoever has a link can claim it. Only you can read them (mode 0600), and Git ignores them. They are here alone, and nobody can make them again`,
      remedy:
        "Keep a copy safe, send the links, and show them to nobody else. The folder public in it has no secret.",
    }),
  );
}

/** Files of a campaign's folder that nobody but their owner may see. */
const SECRETS = [DROP_FILES.links, DROP_FILES.evidence, DROP_FILES.source];

/** What has to be published for the links to work; undefined where nothing has to be. */
function publishedBy(drop: DropFolder | undefined): string | undefined {
  const isShort = drop?.manifest.links === "short" && drop.manifest.keys > 0;
  return isShort ? drop.published : undefined;
}

function secretsOf(drop: DropFolder | undefined): string[] {
  return drop === undefined ? [] : SECRETS.map((name) => path.join(drop.folder, name));
}

function mapped(file: string | undefined): string | null {
  return file === undefined ? null : shortPath(file);
}

function asJson(
  { record }: LiveDao,
  { summary, drop, before, warnings }: PreparedCampaign,
  qr: string | undefined,
  submitted: Submitted,
  dryRun: boolean,
) {
  const { name, campaign, leaves, keys, tokens, kinds, terms } = summary;
  return {
    dao: record.slug,
    dryRun,
    ...submitted,
    campaign: name,
    id: campaign,
    root: drop?.manifest.root ?? null,
    leaves,
    keys,
    tokens,
    kinds,
    deadline: terms.deadline,
    referralKind: terms.referralKind,
    folder: drop === undefined ? null : shortPath(drop.folder),
    before,
    secrets: [...secretsOf(drop), ...(qr === undefined ? [] : [qr])].map(shortPath),
    published: mapped(publishedBy(drop)),
    qr: mapped(qr),
    warnings,
  };
}
