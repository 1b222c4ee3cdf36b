import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { hexlify } from "ethers";
import { makeEvidence } from "../../badges/awards/evidence.js";
import { jsonText, makeFolder, syncFolder } from "../files.js";
import { BufferedFile, writeWhole } from "../tables/bufferedFile.js";
import { csvHead, csvRow } from "../tables/cells.js";
import { ADDRESS_BYTES, deriveAddresses, deriveFromSeeds, KEY_BYTES } from "./claimKeys.js";
import type { Manifest } from "../../drop/manifest.js";
import type { DropSource } from "./folder.js";
import { DROP_FILES, DropFolder } from "./folder.js";
import type { Gathered } from "./gather.js";
import { SALT_BYTES, secrets } from "./gather.js";
import { writePublished } from "./publish.js";
import { campaignDigest } from "../../drop/code.js";
import { LEAF_BYTES, LeafHasher } from "../../drop/leaf.js";
import { LinkWriter } from "../../drop/link.js";
import { PAD_BYTES, SEED_BYTES } from "../../drop/seeds.js";
import { buildTree, NODE_BYTES, proofOffsets } from "../../drop/tree.js";

/** What is known of a campaign before its tree is made. */
export type CampaignPlan = Pick<
  Manifest,
  "dao" | "chainId" | "drop" | "name" | "campaign" | "link" | "terms"
> & { readonly source: DropSource; readonly links: "short" | "long" };

/** How many leaves are worked on before others get their turn: workers, and connections that end. */
const PAUSE_EVERY = 1_024;

/** The SHA-256 of a file, in hex: whether a campaign was made from it. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/**
 * Makes the claim keys, the tree and the links of a campaign, and writes them into a new folder. It is there as a whole or
 * not at all: whoever is killed in between leaves a draft, which the next one throws away.
 *
 * @param folder Must not be there yet.
 * @param onProgress Called with how many leaves are done.
 */
export async function makeCampaign(
  folder: string,
  plan: CampaignPlan,
  gathered: Gathered,
  onProgress: (part: number, whole: number) => void = () => undefined,
): Promise<DropFolder> {
  const draft = await newDraft(folder);
  await mkdir(path.join(draft, "public"), { mode: 0o700 });

  const { count, packed, keyed } = gathered;
  const domain = { chainId: BigInt(plan.chainId), drop: plan.drop, campaign: plan.campaign };
  const [keys] = await Promise.all([
    plan.links === "short"
      ? makeSeeds(gathered, campaignDigest(domain), onProgress)
      : makeKeys(gathered, onProgress),
    writeEvidence(path.join(draft, DROP_FILES.evidence), gathered),
  ]);

  const hasher = new LeafHasher(domain);
  const nodes = Buffer.alloc(count * NODE_BYTES);
  for (let i = 0; i < count; i++) {
    nodes.set(hasher.hash(packed, i * LEAF_BYTES, i), i * NODE_BYTES);
    if (i % PAUSE_EVERY === 0) await setImmediate();
  }
  const levels = buildTree(nodes);
  await writeWhole(path.join(draft, DROP_FILES.leaves), [packed]);
  await writeWhole(path.join(draft, DROP_FILES.tree), levels);
  if (keys.pads !== undefined && keyed.length > 0) {
    const lines = { packed, levels, pads: keys.pads };
    await writePublished(path.join(draft, "public"), domain, count, lines);
  }
  await writeLinks(
    path.join(draft, DROP_FILES.links),
    gathered,
    keys,
    levels,
    new LinkWriter(domain, plan.link),
  );

  const { source, ...published } = plan;
  const manifest: Manifest = {
    version: 1,
    ...published,
    root: hexlify(levels.at(-1) ?? nodes),
    leaves: count,
    keys: keyed.length,
    tokens: gathered.tokens.toString(),
    kinds: [...gathered.kinds].sort(([a], [b]) => a - b).map(([kind, badges]) => ({ kind, badges })),
  };
  await writeWhole(path.join(draft, DROP_FILES.source), [jsonText(source)]);
  await writeWhole(path.join(draft, DROP_FILES.manifest), [jsonText(manifest)]);
  await syncFolder(path.join(draft, "public"));
  await syncFolder(draft);
  // Fails where the folder is there: links that were sent are never replaced.
  await rename(draft, folder);
  await syncFolder(path.dirname(folder));
  return DropFolder.open(folder, "");
}

/** The secrets of the lines that are for nobody's account, one after the other; addresses are in the leaves already. */
interface Secrets {
  readonly secrets: Buffer;
  /** Of short links: what hides each line's gift, of all lines. */
  readonly pads: Buffer | undefined;
}

/** Makes claim keys. */
async function makeKeys(
  { packed, keyed }: Gathered,
  onProgress: (part: number, whole: number) => void,
): Promise<Secrets> {
  const keys = secrets(keyed.length, KEY_BYTES);
  let derived = 0;
  await deriveAddresses(keys, (addresses, first) => {
    derived += putAddresses(packed, keyed, addresses, first);
    onProgress(derived, keyed.length);
  });
  return { secrets: keys, pads: undefined };
}

/** Makes seeds, of which claim keys come. */
async function makeSeeds(
  { count, packed, keyed }: Gathered,
  digest: Uint8Array,
  onProgress: (part: number, whole: number) => void,
): Promise<Secrets> {
  const seeds = secrets(keyed.length, SEED_BYTES);
  // Nobody can tell a line for an account from one with a seed.
  const pads = secrets(count, PAD_BYTES);
  let derived = 0;
  await deriveFromSeeds({ seeds, indexes: Uint32Array.from(keyed), digest }, (made, first) => {
    for (let i = 0; i * PAD_BYTES < made.pads.length; i++) {
      const pad = made.pads.subarray(i * PAD_BYTES, (i + 1) * PAD_BYTES);
      pads.set(pad, (keyed[first + i] ?? 0) * PAD_BYTES);
    }
    derived += putAddresses(packed, keyed, made.addresses, first);
    onProgress(derived, keyed.length);
  });
  return { secrets: seeds, pads };
}

/** Puts addresses of claim keys into their leaves. How many there were. */
function putAddresses(
  packed: Buffer,
  keyed: readonly number[],
  addresses: Uint8Array,
  first: number,
): number {
  const count = addresses.length / ADDRESS_BYTES;
  for (let i = 0; i < count; i++) {
    const address = addresses.subarray(i * ADDRESS_BYTES, (i + 1) * ADDRESS_BYTES);
    packed.set(address, (keyed[first + i] ?? 0) * LEAF_BYTES + 1);
  }
  return count;
}

/** A new folder beside where the campaign's will be, with a name that nobody can foresee; those before it are thrown away. */
async function newDraft(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  const prefix = `.${path.basename(folder)}.draft-`;
  await makeFolder(parent, "owner");
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, prefix));
}

/** Writes down what the badges are for, and puts the hashes into the leaves. */
async function writeEvidence(file: string, { count, packed, evidence, lines }: Gathered): Promise<void> {
  const written = await BufferedFile.create(file);
  try {
    const salts = secrets(count, SALT_BYTES);
    for (let index = 0; index < count; index++) {
      const text = evidence[index] ?? "";
      if (text !== "") {
        const made = makeEvidence(
          text,
          hexlify(salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES)),
        );
        packed.write(made.hash.slice(2), index * LEAF_BYTES + 41, 32, "hex");
        await written.add(`${JSON.stringify({ index, line: lines[index], ...made })}\n`);
      }
      if (index % PAUSE_EVERY === 0) await setImmediate();
    }
  } finally {
    await written.end();
  }
}

async function writeLinks(
  file: string,
  { count, packed, keyed, references }: Gathered,
  { secrets: made, pads }: Secrets,
  levels: readonly Uint8Array[],
  links: LinkWriter,
): Promise<void> {
  const starts: { readonly level: Uint8Array; readonly start: number }[] = [];
  let start = 0;
  for (const level of levels) {
    starts.push({ level, start });
    start += level.length;
  }
  const nodeAt = (offset: number): Uint8Array => {
    const found = starts.findLast((each) => each.start <= offset);
    if (found === undefined) throw new RangeError("There is no such node");
    return found.level.subarray(offset - found.start, offset - found.start + NODE_BYTES);
  };
  const none = new Uint8Array(0);
  const length = pads === undefined ? KEY_BYTES : SEED_BYTES;
  const written = await BufferedFile.create(file);
  try {
    await written.add(csvHead(["reference", "link"]));
    let key = 0;
    for (let index = 0; index < count; index++) {
      const has = keyed[key] === index;
      const secret = has ? made.subarray(key * length, (key + 1) * length) : none;
      if (has) key += 1;
      const leaf = packed.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
      const link =
        has && pads !== undefined
          ? links.writeShort(index, secret)
          : links.write(leaf, index, secret, proofOffsets(count, index).map(nodeAt));
      await written.add(csvRow([references[index] ?? "", link]));
    }
  } finally {
    await written.end();
  }
}
