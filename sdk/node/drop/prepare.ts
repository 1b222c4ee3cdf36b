import path from "node:path";
import { readKinds, requireKind } from "../../badges/kinds/kinds.js";
import type { Plan } from "../../calls/plan.js";
import type { Problem } from "../../errors.js";
import { inPlace, KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { formatTime } from "../../time.js";
import { parseFuture } from "../../token/moment.js";
import { quote } from "../../units.js";
import { campaignId, campaignName } from "../../drop/campaign.js";
import { readCampaigns } from "../../drop/campaigns.js";
import { shortId } from "../../drop/code.js";
import type { Manifest } from "../../drop/manifest.js";
import { DropFolder, findDrops } from "./folder.js";
import type { Gathered } from "./gather.js";
import { gather } from "./gather.js";
import type { LeafDomain } from "../../drop/leaf.js";
import { LEAF_BYTES } from "../../drop/leaf.js";
import { parseLinkBase } from "../../drop/page.js";
import type { CampaignPlan } from "./make.js";
import { digestOf, makeCampaign } from "./make.js";
import type { QrOptions } from "./qrCodes.js";
import { requireDrawable, writeQrCodes } from "./qrCodes.js";
import { LONGEST_CAMPAIGN, planCampaign, progressOf } from "../../drop/plans.js";
import { checkCampaign } from "../../drop/preflight.js";

/** What a campaign is to be; texts as people write them. */
export interface CampaignRequest {
  /** CSV; see readLines. */
  readonly file: string;
  readonly campaign: string | undefined;
  readonly deadline: string | undefined;
  readonly link: string | undefined;
  /** Name or number of a kind. */
  readonly referral: string | undefined;
  /** Whether links of claim keys hold their proofs, instead of being short with the proofs published. */
  readonly long: boolean;
  /** Who opens and funds it. */
  readonly actor: string;
  /** Folder of all campaigns' folders. */
  readonly root: string;
  /** How QR codes of the links are written; not at all without it. */
  readonly qr?: QrOptions;
  /** Checks only, and writes nothing. */
  readonly dryRun: boolean;
  /** Called with how many claim keys are made. */
  readonly onProgress?: (part: number, whole: number) => void;
}

/** What the campaign gives, as its file says. */
export type CampaignSummary = Pick<
  Manifest,
  "name" | "campaign" | "leaves" | "keys" | "tokens" | "kinds" | "terms"
>;

/** A campaign that is ready to be opened, or to be funded: nothing is sent yet. */
export interface PreparedCampaign {
  readonly summary: CampaignSummary;
  /** Undefined in a dry run of a campaign that wasn't made yet. */
  readonly drop: DropFolder | undefined;
  /** Whether the folder was there before. */
  readonly before: boolean;
  /** Undefined where nothing is left to do, and in a dry run without a folder. */
  readonly plan: Plan | undefined;
  readonly warnings: readonly Problem[];
  /** The file with QR codes, or the folder; undefined where none were written. */
  readonly qr: string | undefined;
}

/**
 * Makes a campaign's folder, unless it is there already, and plans what is left to be done on the chain. Running the same
 * again goes on where it was: links that were written once are never replaced.
 *
 * @throws KyosoError for whatever stands in the way; then nothing was written.
 */
export async function prepareCampaign(live: LiveDao, request: CampaignRequest): Promise<PreparedCampaign> {
  const { file, actor, root, dryRun, onProgress } = request;
  const links = request.long ? "long" : "short";
  const id = campaignId(request.campaign);
  const name = (request.campaign ?? "").trim();
  const link = parseLinkBase(request.link);
  const asked = (request.deadline ?? "").trim();
  if (asked === "") {
    throw KyosoError.of("campaign.deadline-missing", {
      data: {},
      place: "--deadline",
      message: "There is no deadline",
      remedy: 'Say until when it can be claimed, such as --deadline "60 days" or --deadline 2027-04-01.',
    });
  }
  const deadline = parseFuture(asked, live.now, LONGEST_CAMPAIGN, "--deadline");
  const kinds = await readKinds(live);
  const { referral } = request;
  const referralKind =
    referral === undefined ? 0 : inPlace("--referral", () => requireKind(referral, kinds)).number;
  const folder = path.join(root, name);
  const campaigns = await readCampaigns(live);
  const found = campaigns.find((campaign) => campaign.id === id);
  const existing = await DropFolder.find(folder);
  const check = async (summary: CampaignSummary, opens: boolean, missing: bigint) =>
    checkCampaign(
      live,
      kinds,
      {
        tokens: BigInt(summary.tokens),
        kinds: new Map(summary.kinds.map(({ kind, badges }) => [kind, badges])),
      },
      { referralKind: summary.terms.referralKind, actor, opens, missing },
    );

  const draw = async (drop: DropFolder) =>
    request.qr === undefined || dryRun ? undefined : writeQrCodes(drop, request.qr);

  if (existing === undefined) {
    if (found !== undefined) throw usedName(name, folder);
    if (links === "short") {
      const domain = { chainId: live.chainId, drop: live.record.contracts.drop, campaign: id };
      const here = await findDrops(root);
      requireOwnId(domain, [...campaigns.map((each) => each.id), ...here.keys()]);
    }
    const gathered = await gather(file, {
      kinds,
      symbol: live.symbol,
      cap: await live.contracts.token.cap(),
    });
    const summary: CampaignSummary = {
      name,
      campaign: id,
      leaves: gathered.count,
      keys: gathered.keyed.length,
      tokens: gathered.tokens.toString(),
      kinds: [...gathered.kinds].map(([kind, badges]) => ({ kind, badges })),
      terms: { asked, deadline, referralKind },
    };
    requireDrawable(request.qr, summary.keys);
    const warnings = [
      ...gathered.warnings,
      ...(links === "short" ? guessable(gathered) : []),
      ...(await check(summary, true, gathered.tokens)),
    ];
    if (dryRun) return { summary, drop: undefined, before: false, plan: undefined, warnings, qr: undefined };
    const plan: CampaignPlan = {
      dao: live.record.slug,
      chainId: live.chainId.toString(),
      drop: live.record.contracts.drop,
      name,
      campaign: id,
      source: { file: path.basename(file), sha256: await digestOf(file) },
      link,
      links,
      terms: summary.terms,
    };
    const drop = await makeCampaign(folder, plan, gathered, onProgress);
    const qr = await draw(drop);
    return { summary: drop.manifest, drop, before: false, plan: await planOf(drop, true), warnings, qr };
  }

  const { manifest } = existing;
  requireDrawable(request.qr, manifest.keys);
  await requireSame(live, existing, { file, link, links, asked, referralKind });
  const progress = progressOf(live, manifest, found);
  const { terms } = manifest;
  if (progress.opens && terms.deadline <= live.now) {
    throw KyosoError.of("campaign.deadline-over", {
      data: { folder, deadline: terms.deadline },
      place: folder,
      message: `It was made to end at ${formatTime(terms.deadline)}, and was never opened`,
      remedy:
        "Make another one with another --campaign; or, where none of its links was sent, remove the folder.",
    });
  }
  const warnings = await check(manifest, progress.opens, progress.missing);
  const qr = await draw(existing);
  return {
    summary: manifest,
    drop: existing,
    before: true,
    plan: await planOf(existing, progress.opens),
    warnings,
    qr,
  };

  async function planOf(drop: DropFolder, opens: boolean): Promise<Plan | undefined> {
    const allowance = await live.contracts.token.allowance(actor, live.record.contracts.drop);
    const progress = progressOf(live, drop.manifest, opens ? undefined : found);
    return planCampaign(live, drop.manifest, progress, allowance);
  }
}

/** What a campaign was made with that is another now. */
type Difference = "dao" | "file" | "link" | "long" | "deadline" | "referral";

interface Asked {
  readonly file: string;
  readonly link: string;
  readonly links: "short" | "long";
  readonly asked: string;
  readonly referralKind: number;
}

/** A folder that is there is taken as it is: what is asked for has to be the same. */
async function requireSame(
  live: LiveDao,
  existing: DropFolder,
  { file, link, links, asked, referralKind }: Asked,
): Promise<void> {
  const { folder, manifest } = existing;
  const { chainId, drop, terms } = manifest;
  const source = await existing.source();
  const differs: readonly [what: Difference, words: string] | undefined =
    chainId !== live.chainId.toString() || drop !== live.record.contracts.drop
      ? ["dao", "for another DAO"]
      : source.sha256 !== (await digestOf(file).catch(() => source.sha256))
        ? ["file", `from another file (${source.file}, or what was in it then)`]
        : link !== manifest.link
          ? ["link", `with --link ${manifest.link}`]
          : // A campaign of before there were short links doesn't say, and goes on as it is.
            links !== (manifest.links ?? links)
            ? ["long", links === "long" ? "without --long" : "with --long"]
            : asked !== terms.asked
              ? ["deadline", `with --deadline ${quote(terms.asked)}`]
              : referralKind !== terms.referralKind
                ? terms.referralKind === 0
                  ? ["referral", "without --referral"]
                  : ["referral", `with --referral ${terms.referralKind}`]
                : undefined;
  if (differs === undefined) return;
  const [what, words] = differs;
  throw KyosoError.of("campaign.made-otherwise", {
    data: { folder, differs: what },
    place: folder,
    message: `The campaign was made before, ${words}, and what was made is never replaced: its links may have been sent`,
    remedy:
      "Run the same command as then to open and fund it; or make another one with another --campaign. Where it isn't open and none of its links was sent, the folder can be removed.",
  });
}

/**
 * That proofs of lines for accounts are published, of which somebody who guesses account and gift can see that the line is there:
 * a line with evidence has a salt in it, and one with a claim key the key.
 */
function guessable({ count, keyed, packed, evidence }: Gathered): Problem[] {
  if (keyed.length === 0) return [];
  let found = 0;
  for (let i = 0; i < count; i++) if (packed[i * LEAF_BYTES] === 0 && evidence[i] === "") found += 1;
  if (found === 0) return [];
  return [
    problem("campaign.accounts-guessable", {
      data: { count: found },
      place: "lines for accounts",
      message: `${found.toLocaleString("en")} of them have no evidence: whoever guesses an account and what it gets can see in the published proofs that it is on the list`,
      remedy:
        "Where that matters, make a campaign of its own for accounts, write what the badges are for, or use --long.",
    }),
  ];
}

/**
 * Codes of short links name their campaign by the beginning of its digest.
 *
 * @param others Campaigns of the same drop.
 * @throws KyosoError where another one's begins so, too: its links would lead to the other one's proofs.
 */
export function requireOwnId(domain: LeafDomain, others: Iterable<string>): void {
  const { campaign } = domain;
  const own = shortId(domain);
  for (const other of others) {
    if (other === campaign || shortId({ ...domain, campaign: other }) !== own) continue;
    const data = { campaign: campaignName(campaign), other: campaignName(other) };
    throw KyosoError.of("campaign.same-beginning", {
      data,
      place: "--campaign",
      message: `Short links of ${data.campaign} couldn't be told from those of ${data.other}: by chance, both begin alike`,
      remedy: "Choose another --campaign; or use --long.",
    });
  }
}

function usedName(name: string, folder: string): KyosoError {
  return KyosoError.of("campaign.folder-elsewhere", {
    data: { campaign: name, folder },
    place: `campaign ${name}`,
    message: `It is on the chain already, and its folder isn't on this computer (${folder})`,
    remedy: "Choose another --campaign; or copy the folder from where it was made to fund this one.",
  });
}
