import { getBytes, hexlify, ZeroAddress } from "ethers";
import { parseAddress } from "../addresses.js";
import { join } from "../bytes.js";
import { KyosoError } from "../errors.js";
import { parseJson } from "../json.js";
import type { ShortLink } from "./code.js";
import type { LeafDomain } from "./leaf.js";
import { LEAF_BYTES, LeafHasher, unpackLeaf } from "./leaf.js";
import type { Claimable } from "./link.js";
import { addressOfKey } from "./link.js";
import { deriveLine, PAD_BYTES } from "./seeds.js";
import { buildTree, NODE_BYTES, proofOffsets, rootOf } from "./tree.js";

// What is published of a campaign with short links: `drops/<id>/meta.json`, and `drops/<id>/<n>.bin` with 256 lines each. See
// docs/links.md.

/** Lines of a shard: the host learns no more of who asks than that it is one of these. */
export const SHARD_LINES = 256;

/** The hash of a line's leaf, and its gift, hidden. */
const LINE_BYTES = NODE_BYTES + PAD_BYTES;

/** Where a leaf has its gift; see packLeaf. */
const GIFT_FROM = LEAF_BYTES - PAD_BYTES;

export const META_FILE = "meta.json";

/** More than `meta.json` ever has, in bytes. */
export const LARGEST_META = 4096;

/** What `meta.json` says. */
export interface ShardMeta {
  /** In decimal digits. */
  readonly chainId: string;
  readonly drop: string;
  readonly campaign: string;
  /** Lines of the campaign. */
  readonly count: number;
}

/** Reads `meta.json`; undefined where it isn't made as that is. */
export function parseMeta(text: string): ShardMeta | undefined {
  try {
    const { chainId, drop, campaign, count } = parseJson(text) as Readonly<Record<string, unknown>>;
    const isWhole =
      typeof chainId === "string" &&
      /^(?:0|[1-9]\d{0,76})$/u.test(chainId) &&
      typeof drop === "string" &&
      parseAddress(drop) === drop &&
      typeof campaign === "string" &&
      /^0x[0-9a-f]{64}$/u.test(campaign) &&
      Number.isSafeInteger(count) &&
      Number(count) > 0 &&
      Number(count) <= 0xffff_ffff;
    return isWhole ? { chainId, drop, campaign, count: Number(count) } : undefined;
  } catch {
    return undefined;
  }
}

export function domainOfMeta({ chainId, drop, campaign }: ShardMeta): LeafDomain {
  return { chainId: BigInt(chainId), drop, campaign };
}

/** Number of the shard that a line is in. */
export function shardOf(index: number): number {
  return Math.floor(index / SHARD_LINES);
}

export function shardCount(count: number): number {
  return Math.ceil(count / SHARD_LINES);
}

/** Lines of a shard; 0 where there is none of that number. */
function linesOf(count: number, shard: number): number {
  return Math.max(0, Math.min(SHARD_LINES, count - shard * SHARD_LINES));
}

/** Bytes of a shard; 0 where there is none of that number. */
export function shardBytes(count: number, shard: number): number {
  const lines = linesOf(count, shard);
  return lines === 0 ? 0 : lines * LINE_BYTES + proofOffsets(shardCount(count), shard).length * NODE_BYTES;
}

/** What shards are made of: all lines of a campaign, one after the other. */
export interface ShardLines {
  /** As packLeaf writes them. */
  readonly packed: Uint8Array;
  /** The tree, from the leaves up to the root. */
  readonly levels: readonly Uint8Array[];
  /** What hides each line's gift, {@link PAD_BYTES} each; of a line without a seed, random bytes. */
  readonly pads: Uint8Array;
}

/** Makes the shards of a campaign as they are published. */
export class ShardMaker {
  readonly #lines: ShardLines;
  readonly #leaves: Uint8Array;
  readonly #count: number;
  /** The tree from the shards' own roots up. */
  readonly #above: Uint8Array;

  constructor(lines: ShardLines) {
    this.#lines = lines;
    this.#leaves = lines.levels[0] ?? new Uint8Array(0);
    this.#count = this.#leaves.length / NODE_BYTES;
    this.#above = join(lines.levels.slice(Math.log2(SHARD_LINES)));
  }

  make(shard: number): Uint8Array {
    const { packed, pads } = this.#lines;
    const lines = linesOf(this.#count, shard);
    const made = new Uint8Array(shardBytes(this.#count, shard));
    for (let i = 0; i < lines; i++) {
      const index = shard * SHARD_LINES + i;
      const start = i * LINE_BYTES;
      made.set(this.#leaves.subarray(index * NODE_BYTES, (index + 1) * NODE_BYTES), start);
      const gift = packed.subarray(index * LEAF_BYTES + GIFT_FROM, (index + 1) * LEAF_BYTES);
      const pad = pads.subarray(index * PAD_BYTES, (index + 1) * PAD_BYTES);
      made.set(xor(gift, pad), start + NODE_BYTES);
    }
    const upper = proofOffsets(shardCount(this.#count), shard).map((offset) =>
      this.#above.subarray(offset, offset + NODE_BYTES),
    );
    made.set(join(upper), lines * LINE_BYTES);
    return made;
  }
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, i) => byte ^ (other[i] ?? 0));
}

/** A shard, and what is known of it. */
export interface Shard {
  readonly meta: ShardMeta;
  readonly bytes: Uint8Array;
  /** Where it is from, for messages. */
  readonly place: string;
  /** The campaign's root, from the chain. */
  readonly root: string;
}

/** A shard that is the campaign's. */
interface CheckedShard {
  readonly lines: number;
  /** The tree of its lines, from the leaves up, one level after the other. */
  readonly tree: Uint8Array;
  /** The nodes that lead from there to the root. */
  readonly upper: readonly Uint8Array[];
}

/**
 * Checks that a shard is whole, and leads to the campaign's root. Which lines they are, only a link can tell: the tree doesn't
 * number them.
 *
 * @throws KyosoError where it isn't.
 */
export function checkShard(number: number, { meta, bytes, place, root }: Shard): CheckedShard {
  const lines = linesOf(meta.count, number);
  if (lines === 0 || bytes.length !== shardBytes(meta.count, number)) throw damagedProofs(place);
  const hashes = Array.from({ length: lines }, (_, i) =>
    bytes.subarray(i * LINE_BYTES, i * LINE_BYTES + NODE_BYTES),
  );
  const tree = join(buildTree(join(hashes)));
  const upper = nodesIn(bytes.subarray(lines * LINE_BYTES));
  if (rootOf(tree.subarray(-NODE_BYTES), upper) === root) return { lines, tree, upper };
  throw KyosoError.of("proofs.not-of-campaign", {
    data: { file: place, campaign: meta.campaign },
    place,
    message: "It isn't one of the campaign's on the chain, or was changed",
    remedy:
      "Publish the folder `drops` of the campaign again as it is; or tell whoever sent you the link. Nothing was signed.",
  });
}

/**
 * What a short link gives: its line of a shard, with its proof and its claim key. All of it is checked against the root: the
 * line's leaf, the subtree of its 256 lines, and the rest of the tree.
 *
 * @throws KyosoError where the shard isn't whole or isn't this campaign's, and where the link doesn't open its line.
 */
export function openShard({ index, seed }: ShortLink, digest: Uint8Array, shard: Shard): Claimable {
  const number = shardOf(index);
  const at = index - number * SHARD_LINES;
  if (at >= linesOf(shard.meta.count, number)) throw otherLine(index);
  const { lines, tree, upper } = checkShard(number, shard);

  const domain = domainOfMeta(shard.meta);
  const { key, pad } = deriveLine(seed, digest, index);
  const secret = hexlify(key);
  const packed = new Uint8Array(LEAF_BYTES);
  packed[0] = 1;
  packed.set(getBytes(addressOfKey(secret) ?? ZeroAddress), 1);
  const gift = at * LINE_BYTES + NODE_BYTES;
  packed.set(xor(shard.bytes.subarray(gift, gift + PAD_BYTES), pad), GIFT_FROM);
  const leaf = new LeafHasher(domain).hash(packed, 0, index);
  if (hexlify(leaf) !== hexlify(tree.subarray(at * NODE_BYTES, (at + 1) * NODE_BYTES)))
    throw otherLine(index);
  const lower = proofOffsets(lines, at).map((offset) => tree.subarray(offset, offset + NODE_BYTES));
  return {
    ...domain,
    leaf: unpackLeaf(packed, 0, index),
    proof: [...lower, ...upper].map((node) => hexlify(node)),
    key: secret,
  };
}

function nodesIn(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / NODE_BYTES }, (_, i) =>
    bytes.subarray(i * NODE_BYTES, (i + 1) * NODE_BYTES),
  );
}

/** That a link and its line of a shard, which is the campaign's, don't fit. */
function otherLine(index: number): KyosoError {
  return KyosoError.of("link.other-line", {
    data: { index },
    place: "link",
    message: `It doesn't open claim ${index}: one of the two is another's, or was changed`,
    remedy: "Use the link as it was sent to you; or ask whoever sent it for another one. Nothing was signed.",
  });
}

/** That a file of published proofs isn't whole, or is something else. */
export function damagedProofs(place: string): KyosoError {
  return KyosoError.of("proofs.damaged", {
    data: { file: place },
    place,
    message: "It was cut off, or isn't a file of a campaign's published proofs",
    remedy: "Publish the folder `drops` of the campaign again as it is; or tell whoever sent you the link.",
  });
}
