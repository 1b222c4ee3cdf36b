import {
  computeAddress,
  dataLength,
  dataSlice,
  getAddress,
  getBytes,
  hexlify,
  isHexString,
  sha256,
} from "ethers";
import { parseAddress } from "../addresses.js";
import { fromBase64Url, join, toBase64Url } from "../bytes.js";
import type { ProblemCode, Telling } from "../errors.js";
import { inPlace, KyosoError } from "../errors.js";
import { payloadsIn } from "../pasted.js";
import { quote } from "../text.js";
import type { ShortLink } from "./code.js";
import { codesIn, formatCode, hasNewerCode, indexOfCode, looksLikeCode, shortId } from "./code.js";
import type { Leaf, LeafDomain } from "./leaf.js";
import { LEAF_BYTES, packLeaf, unpackLeaf } from "./leaf.js";
import { beginningOf } from "./partOfLink.js";
import { NODE_BYTES } from "./tree.js";

/** All that it takes to claim a leaf; a claim key makes it a secret. */
export interface Claimable extends LeafDomain {
  readonly leaf: Leaf;
  /** Nodes, from the bottom up. */
  readonly proof: readonly string[];
  /** The claim key of a leaf that has one: 32 bytes. */
  readonly key: string | undefined;
}

const VERSION = 1;
const KEY = 32;
const CHECKSUM = 4;
// version, chain id, drop, campaign, index; the leaf; the key; proof; checksum
const HEAD = 1 + 8 + 20 + 32 + 4;

/** Deeper than any tree whose leaves are numbered with four bytes. */
const LONGEST_PROOF = 32;

const REMEDY =
  "Copy the whole link from where it was sent to you: everything up to its last character, also where it goes on in the next line.";

/**
 * Makes links: those of the first version hold all that a claim takes, so that the page they lead to needs nothing but itself;
 * for short ones, proofs are published beside it. `<base>#<payload>`: what comes after "#" isn't sent to the page's server.
 */
export class LinkWriter {
  readonly #base: string;
  readonly #id: string;
  readonly #head = new Uint8Array(HEAD);

  /** @param base The claim page; empty for the payload alone. */
  constructor({ chainId, drop, campaign }: LeafDomain, base: string) {
    this.#base = base;
    this.#id = shortId({ chainId, drop, campaign });
    this.#head[0] = VERSION;
    new DataView(this.#head.buffer).setBigUint64(1, chainId);
    this.#head.set(getBytes(drop), 9);
    this.#head.set(getBytes(campaign), 29);
  }

  /**
   * @param packed Where the leaf is, as packLeaf wrote it.
   * @param key The claim key; empty for a leaf without one.
   */
  write(packed: Uint8Array, index: number, key: Uint8Array, proof: readonly Uint8Array[]): string {
    new DataView(this.#head.buffer).setUint32(HEAD - 4, index);
    const body = join([this.#head, packed, key, ...proof]);
    return this.#link(toBase64Url(join([body, checksum(body)])));
  }

  /** A short link: its proof is published. */
  writeShort(index: number, seed: Uint8Array): string {
    return this.#link(formatCode({ id: this.#id, index, seed }));
  }

  #link(payload: string): string {
    return this.#base === "" ? payload : `${this.#base}#${payload}`;
  }
}

/** The link of something claimable. */
export function formatLink(claimable: Claimable, base: string): string {
  const packed = new Uint8Array(LEAF_BYTES);
  packLeaf(claimable.leaf, packed, 0);
  const key = getBytes(claimable.key ?? "0x");
  const proof = claimable.proof.map((node) => getBytes(node));
  return new LinkWriter(claimable, base).write(packed, claimable.leaf.index, key, proof);
}

// cspell:ignore AQAAAA
/** Whether a text is meant to be a link, or what comes after its "#", and not an address. */
export function looksLikeLink(text: string): boolean {
  if (looksLikeCode(text)) return true;
  return /https?:\/\/|#|AQAAAA[\w-]{20}/iu.test(text) || text.trim().length > 200;
}

/** What a link holds: of the first version all that a claim takes, of the second what opens what is published. */
export type Link = Claimable | ShortLink;

/** Whether a link is short: its proof is published. */
export function isShort(link: Link): link is ShortLink {
  return "seed" in link;
}

/**
 * Reads a link of either version, or what comes after its "#", as mail programs and messengers hand it on: the checksum tells
 * what belongs to it.
 *
 * @throws KyosoError where it isn't whole, was changed, or isn't a claim link at all; and where there are several.
 */
export function readLink(text: string): Link {
  const codes = codesIn(text);
  const whole = wholeLinks(text);
  const count = codes.length + whole.length;
  if (count > 1) {
    throw refuse("link.several", {
      data: { count },
      message: `There are ${count} different links in it`,
      remedy: "Paste one of them: each can be claimed by itself.",
    });
  }
  const [code] = codes;
  if (code !== undefined) return code;
  const [bytes] = whole;
  if (bytes !== undefined) return read(bytes);
  if (looksLikeCode(text)) throw hasNewerCode(text) ? otherVersion() : damaged();
  throw unreadable(text);
}

/**
 * Number of the line that a link is of, for one that was written just so, of many: it is looked up and not checked.
 *
 * @returns Undefined for what is no link.
 */
export function lineOf(link: string): number | undefined {
  const payload = link.slice(link.lastIndexOf("#") + 1);
  if (payload.startsWith("ky1")) return indexOfCode(payload);
  const head = fromBase64Url(payload.slice(0, Math.ceil((HEAD * 4) / 3)));
  return head.length < HEAD || head[0] !== VERSION
    ? undefined
    : new DataView(head.buffer, head.byteOffset).getUint32(HEAD - 4);
}

/**
 * Reads a link of the first version.
 *
 * @throws KyosoError as {@link readLink} does.
 */
export function parseLink(text: string): Claimable {
  const link = readLink(text);
  if (isShort(link)) throw otherVersion();
  return link;
}

/** The bytes of the links of the first version in a text whose checksums are right; each once. */
function wholeLinks(text: string): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  for (const payload of payloadsIn(text)) {
    const bytes = wholeIn(payload);
    if (bytes !== undefined) found.set(hexlify(bytes), bytes);
  }
  return [...found.values()];
}

/** The bytes of a link that a text begins with; undefined where their checksum fits none. */
function wholeIn(text: string): Uint8Array | undefined {
  for (const key of [KEY, 0]) {
    for (let nodes = 0; nodes <= LONGEST_PROOF; nodes++) {
      const length = HEAD + LEAF_BYTES + key + nodes * NODE_BYTES + CHECKSUM;
      const letters = Math.ceil((length * 4) / 3);
      if (letters > text.length) break;
      const bytes = fromBase64Url(text.slice(0, letters));
      if (isWhole(bytes)) return bytes;
    }
  }
  return undefined;
}

function isWhole(bytes: Uint8Array): boolean {
  return hexlify(checksum(bytes.subarray(0, -CHECKSUM))) === hexlify(bytes.subarray(-CHECKSUM));
}

/** What is wrong with a text that has no whole link in it. */
function unreadable(text: string): KyosoError {
  const payload = text.trim().split("#").at(-1) ?? "";
  if (/^https?:/iu.test(payload) || payload === "") {
    return refuse("link.no-payload", {
      data: {},
      message: 'There is nothing after a "#" in it',
    });
  }
  if (!/^[\w-]+$/u.test(payload)) {
    return refuse("link.foreign-characters", {
      data: {},
      message: "It has characters that no claim link has",
    });
  }
  const [version] = fromBase64Url(payload);
  return version === VERSION ? damaged() : otherVersion();
}

function damaged(): KyosoError {
  return refuse("link.damaged", { data: {}, message: "It was cut off or changed" });
}

function otherVersion(): KyosoError {
  return refuse("link.version", {
    data: { version: VERSION },
    message: `It isn't a claim link of version ${VERSION}`,
    remedy: "Get a newer version of this program.",
  });
}

/** Reads the bytes of a link whose checksum is right. */
function read(bytes: Uint8Array): Claimable {
  const body = bytes.subarray(0, -CHECKSUM);
  const byKey = body[HEAD];
  const proofStart = HEAD + LEAF_BYTES + (byKey === 1 ? KEY : 0);
  const nodes = (body.length - proofStart) / NODE_BYTES;
  if ((byKey !== 0 && byKey !== 1) || !Number.isInteger(nodes) || nodes < 0 || nodes > LONGEST_PROOF) {
    throw refuse("link.malformed", {
      data: {},
      message: "It isn't made as claim links are",
      remedy: "Ask whoever sent it to you for another one.",
    });
  }
  const view = new DataView(body.buffer, body.byteOffset);
  const leaf = unpackLeaf(body, HEAD, view.getUint32(HEAD - 4));
  const key = leaf.byKey ? hexlify(body.subarray(HEAD + LEAF_BYTES, proofStart)) : undefined;
  if (key !== undefined && addressOfKey(key) !== leaf.claimant) {
    throw refuse("link.other-key", {
      data: {},
      message: "Its claim key isn't that of what it claims",
      remedy: "Ask whoever sent it to you for another one.",
    });
  }
  return {
    chainId: view.getBigUint64(1),
    drop: getAddress(hexlify(body.subarray(9, 29))),
    campaign: hexlify(body.subarray(29, 61)),
    leaf,
    key,
    proof: Array.from({ length: nodes }, (_, i) =>
      hexlify(body.subarray(proofStart + i * NODE_BYTES, proofStart + (i + 1) * NODE_BYTES)),
    ),
  };
}

/**
 * Reads what a claim is found by: a link, or the address of an account or of a claim key.
 *
 * @returns What the link holds, or the address.
 * @throws KyosoError where it can be neither.
 */
export function parseClaim(text: string): Link | string {
  if (looksLikeLink(text)) return readLink(text);
  if (/^0x/iu.test(text.trim())) return inPlace("claim", () => parseAddress(text));
  const shown = beginningOf(text);
  throw KyosoError.of("claim.unreadable", {
    data: { beginning: shown },
    place: "claim",
    message: `${shown === "" && text.trim() !== "" ? "It" : quote(shown)} is neither a claim link, which may have been cut off, nor the address of an account`,
    remedy: `${REMEDY} Or name a file that it is in, or write the address (0x and 40 letters and digits); a campaign is named beside it, with --campaign.`,
  });
}

/** The address of a claim key; undefined for what isn't a key. */
export function addressOfKey(key: string): string | undefined {
  if (!isHexString(key) || dataLength(key) !== KEY) return undefined;
  try {
    return computeAddress(key);
  } catch {
    return undefined;
  }
}

function checksum(body: Uint8Array): Uint8Array {
  return getBytes(dataSlice(sha256(body), 0, CHECKSUM));
}

function refuse<Code extends ProblemCode>(code: Code, told: Telling<Code>): KyosoError {
  return KyosoError.of(code, { place: "link", remedy: REMEDY, ...told });
}
