import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { campaignName } from "./campaign.js";
import { findCampaign } from "./campaigns.js";
import type { ShortLink } from "./code.js";
import { campaignDigest, shortId } from "./code.js";
import type { Claimable } from "./link.js";
import { foreignProblem, notOpened } from "./readiness.js";
import type { ShardMeta } from "./shards.js";
import {
  checkShard,
  damagedProofs,
  domainOfMeta,
  LARGEST_META,
  META_FILE,
  openShard,
  parseMeta,
  shardBytes,
  shardCount,
  shardOf,
} from "./shards.js";

/** Where what is published of a campaign is read from: a folder, or a site. */
export interface PublishedFiles {
  /** Where a file is, for messages. */
  place(name: string): string;
  /**
   * Reads a file.
   *
   * @param most No more bytes than that are read: one more tells that it is too long.
   * @returns Undefined where there is none.
   */
  read(name: string, most: number): Promise<Uint8Array | undefined>;
}

/**
 * Finds what a short link gives, in what is published of its campaign. What is read is checked against the campaign on the
 * chain: whoever publishes it can't change anything, and learns which 256 lines were asked for.
 *
 * @throws KyosoError where something is missing or isn't what it has to be, or is another DAO's.
 */
export async function openPublished(
  live: LiveDao,
  link: ShortLink,
  files: PublishedFiles,
): Promise<Claimable> {
  const { meta, digest, root } = await openMeta(live, link.id, files);
  const shard = await readShard(files, meta, shardOf(link.index));
  return openShard(link, digest, { ...shard, meta, root });
}

/** How much of what is published was looked at. */
export interface PublishedCheck {
  readonly checked: number;
  readonly files: number;
}

/** Files that are looked at: with more of them, so many are enough to see that they are the campaign's. */
const MOST_CHECKED = 64;

/**
 * Checks that what is published of a campaign is there, whole, and its own: before its links are sent. Of very many files some are
 * looked at, from the first to the last.
 *
 * @param onProgress Called with how many are checked.
 * @throws KyosoError as {@link openPublished} does.
 */
export async function checkPublished(
  live: LiveDao,
  id: string,
  files: PublishedFiles,
  onProgress: (part: number, whole: number) => void = () => undefined,
): Promise<PublishedCheck> {
  const { meta, root } = await openMeta(live, id, files);
  const all = shardCount(meta.count);
  const checked = Math.min(all, MOST_CHECKED);
  for (let i = 0; i < checked; i++) {
    const number = checked === 1 ? 0 : Math.round((i * (all - 1)) / (checked - 1));
    checkShard(number, { ...(await readShard(files, meta, number)), meta, root });
    onProgress(i + 1, checked);
  }
  return { checked, files: all };
}

/** What a campaign's `meta.json` says, where it is this DAO's, with what the chain says of the campaign. */
async function openMeta(live: LiveDao, id: string, files: PublishedFiles) {
  const meta = await readMeta(files);
  const place = files.place(META_FILE);
  const domain = domainOfMeta(meta);
  const digest = campaignDigest(domain);
  if (shortId(domain) !== id) {
    throw KyosoError.of("proofs.other-campaign", {
      data: { file: place, campaign: meta.campaign },
      place,
      message: `It is of another campaign: ${campaignName(meta.campaign)}`,
      remedy: "Name where the campaign's own proofs are published, with --proofs.",
    });
  }
  const foreign = foreignProblem(live, place, domain);
  if (foreign !== undefined) throw new KyosoError(foreign);
  const campaign = await findCampaign(live, meta.campaign);
  if (campaign === undefined) throw new KyosoError(notOpened(meta.campaign, place));
  return { meta, digest, root: campaign.root };
}

async function readShard(files: PublishedFiles, meta: ShardMeta, number: number) {
  const name = `${number}.bin`;
  const most = shardBytes(meta.count, number);
  const bytes = most === 0 ? new Uint8Array(0) : await readFile(files, name, most);
  return { bytes, place: files.place(name) };
}

async function readMeta(files: PublishedFiles): Promise<ShardMeta> {
  const bytes = await readFile(files, META_FILE, LARGEST_META);
  const meta = bytes.length > LARGEST_META ? undefined : parseMeta(new TextDecoder().decode(bytes));
  if (meta === undefined) throw damagedProofs(files.place(META_FILE));
  return meta;
}

async function readFile(files: PublishedFiles, name: string, most: number): Promise<Uint8Array> {
  const bytes = await files.read(name, most);
  if (bytes !== undefined) return bytes;
  const file = files.place(name);
  throw KyosoError.of("proofs.missing", {
    data: { file },
    place: file,
    message: "There is no such file of published proofs",
    remedy:
      "Check --proofs; or tell whoever sent you the link that the campaign's folder `drops` isn't published there.",
  });
}
