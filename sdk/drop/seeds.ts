import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utils } from "@noble/secp256k1";

// Workers load this file by itself (see sdk/node/drop/claimKeys.ts): it can import no other file of the SDK.

/** Bytes of a line's seed. */
export const SEED_BYTES = 16;

/** Bytes of what hides a line's gift: amount 16, kind 4, evidence 32. */
export const PAD_BYTES = 52;

/** As many bytes as make each key of the curve equally likely. */
const KEY_MATERIAL = 48;

const KEY_INFO = new TextEncoder().encode("kyoso/claim/2/key");
const PAD_INFO = new TextEncoder().encode("kyoso/claim/2/leaf");

/** What a line's seed gives. */
export interface Derived {
  /** The claim key: 32 bytes. */
  readonly key: Uint8Array;
  /** What its gift is hidden with, by XOR: {@link PAD_BYTES} bytes. */
  readonly pad: Uint8Array;
}

/**
 * What the seed of a line gives. Campaign and index are in it, so that whoever guesses seeds tests one line of one campaign
 * with each.
 *
 * @param seed {@link SEED_BYTES} bytes.
 * @param digest What the campaign is known by; see campaignDigest.
 */
export function deriveLine(seed: Uint8Array, digest: Uint8Array, index: number): Derived {
  const secret = extract(sha256, seed, digest);
  return {
    // Modulo the curve's order less one, plus one (FIPS 186-5, A.2.1).
    key: utils.randomSecretKey(expand(sha256, secret, infoOf(KEY_INFO, index), KEY_MATERIAL)),
    pad: expand(sha256, secret, infoOf(PAD_INFO, index), PAD_BYTES),
  };
}

function infoOf(what: Uint8Array, index: number): Uint8Array {
  const info = new Uint8Array(what.length + 4);
  info.set(what);
  new DataView(info.buffer).setUint32(what.length, index);
  return info;
}
