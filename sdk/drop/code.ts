import { bech32m } from "@scure/base";
import { concat, getBytes, hexlify, keccak256, toBeHex, zeroPadValue } from "ethers";
import { formsOf, LONGEST_TEXT } from "../pasted.js";
import type { LeafDomain } from "./leaf.js";
import { SEED_BYTES } from "./seeds.js";

/** What a short link holds: which line of which campaign, and the secret that opens it. Its proof is published. */
export interface ShortLink {
  /** The beginning of the campaign's digest, in hex: eight digits. */
  readonly id: string;
  /** Number of the line in the campaign, from 0. */
  readonly index: number;
  /** Of 16 bytes: a secret, as a claim key is one. */
  readonly seed: Uint8Array;
}

/** What codes begin with, before bech32m's "1". */
const PREFIX = "ky";
const VERSION = 2;
const ID = 4;
const CODE = 1 + ID + 4 + SEED_BYTES;

/** A code in a text; the next one may begin inside of what looks like one. */
const WRITTEN = /(?=(ky1[02-9ac-hj-np-z]{46}))/gi;

/** What is meant to be a code, whole or not: the more there is of it, the less it matters what is before it. */
const MEANT = /(?<![a-z0-9])ky1[02-9ac-hj-np-z]{8}|ky1[02-9ac-hj-np-z]{20}/iu;

/** Letters that codes are made of: so many in a row may be a part of one, which is short enough to be guessed. */
const PART = /[02-9ac-hj-np-z]{8}/iu;

/** More than a code has, broken by spaces. */
const LONGEST_PART = 100;

/** What a campaign of all chains and drops is known by: 32 bytes. */
export function campaignDigest({ chainId, drop, campaign }: LeafDomain): Uint8Array {
  return getBytes(keccak256(concat([toBeHex(chainId, 32), zeroPadValue(drop, 32), campaign])));
}

/** The beginning of a campaign's digest, as codes and folders name it: eight hexadecimal digits. */
export function shortId(domain: LeafDomain): string {
  return hexOf(campaignDigest(domain).subarray(0, ID));
}

function hexOf(bytes: Uint8Array): string {
  return hexlify(bytes).slice(2);
}

/** The code of a line: 49 characters. */
export function formatCode({ id, index, seed }: ShortLink): string {
  const bytes = new Uint8Array(CODE);
  bytes[0] = VERSION;
  bytes.set(getBytes(`0x${id}`), 1);
  new DataView(bytes.buffer).setUint32(1 + ID, index);
  bytes.set(seed, CODE - SEED_BYTES);
  return bech32m.encode(PREFIX, bech32m.toWords(bytes));
}

/** The bytes of a code of any version; undefined for what is none. */
function bytesOf(text: string): Uint8Array | undefined {
  // Not `decode`: its errors hold what it was given, and that is a secret.
  const decoded = bech32m.decodeUnsafe(text.toLowerCase());
  if (decoded?.prefix !== PREFIX) return undefined;
  const bytes = bech32m.fromWordsUnsafe(decoded.words);
  return bytes instanceof Uint8Array && bytes.length === CODE ? bytes : undefined;
}

/** What each five bits of a code are written as. */
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** Number of the line that a code is of, of many that formatCode wrote: its checksum isn't looked at, which takes longer. */
export function indexOfCode(code: string): number | undefined {
  // Behind "ky1" and 40 bits; of seven letters the last has three bits of the seed.
  const first = PREFIX.length + 1 + (8 * (1 + ID)) / 5;
  let bits = 0;
  for (const letter of code.slice(first, first + 7)) {
    const five = LETTERS.indexOf(letter);
    if (five < 0) return undefined;
    bits = bits * 32 + five;
  }
  return Math.floor(bits / 8);
}

/** All codes in a text that are whole, as bytes; of any version. */
function wholeIn(text: string): Uint8Array[] {
  const found = new Map<string, Uint8Array | undefined>();
  for (const form of readingsOf(text)) {
    for (const [, written = ""] of form.matchAll(WRITTEN)) {
      const code = written.toLowerCase();
      if (!found.has(code)) found.set(code, bytesOf(code));
    }
  }
  return [...found.values()].filter((bytes) => bytes !== undefined);
}

/**
 * All short links in a text that are whole: in either case, in wide letters, broken by spaces, lines and signs of quotation, or inside
 * of the redirects of mail programs. Each once.
 */
export function codesIn(text: string): ShortLink[] {
  return wholeIn(text)
    .filter(([version]) => version === VERSION)
    .map((bytes) => ({
      id: hexOf(bytes.subarray(1, 1 + ID)),
      index: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1 + ID),
      seed: bytes.slice(CODE - SEED_BYTES),
    }));
}

/** Whether a text has a whole code of a version that isn't known here. */
export function hasNewerCode(text: string): boolean {
  return wholeIn(text).some(([version]) => version !== VERSION);
}

/** Whether a text has what is meant to be a code, whole or not, in whatever {@link codesIn} finds one. */
export function looksLikeCode(text: string): boolean {
  for (const form of readingsOf(text)) if (MEANT.test(form)) return true;
  return false;
}

/** Whether a text is short enough to be a code, or a part of one, and has what could be a part of its secret. */
export function mayBePartOfCode(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_PART) return false;
  for (const form of readingsOf(trimmed)) if (PART.test(form)) return true;
  return false;
}

/** Each way of reading a text, in narrow letters. */
function readingsOf(text: string): Generator<string> {
  return formsOf(text.slice(0, LONGEST_TEXT).normalize("NFKC"));
}
