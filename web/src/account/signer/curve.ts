import * as secp from "@noble/secp256k1";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

// secp256k1 for the Worker that signs: a library for this curve alone, half as large as that for all curves. test/web/signer.ts
// compares it with ethers.

// What makes nonces (RFC 6979): without it, it would ask the browser, and answer later.
secp.hashes.sha256 = sha256;
secp.hashes.hmacSha256 = (key, message) => hmac(sha256, key, message);

/** A new key, from the browser's random numbers. */
export function randomKey(): Uint8Array {
  return secp.utils.randomSecretKey();
}

/**
 * The key that bytes are mapped to: modulo the curve's order less one, plus one (FIPS 186-5, A.2.1).
 *
 * @param material 48 bytes, which make each key equally likely.
 */
export function keyFrom(material: Uint8Array): Uint8Array {
  return secp.utils.randomSecretKey(material);
}

/** The public key of a key, as a point: 65 bytes. */
export function publicKeyOf(key: Uint8Array): Uint8Array {
  return secp.getPublicKey(key, false);
}

/**
 * Signs a digest (RFC 6979, with the lower of both s).
 *
 * @returns r and s, and which of the two points with this r it is: 0 or 1.
 */
export function signDigest(digest: Uint8Array, key: Uint8Array): { compact: Uint8Array; recovery: number } {
  const recovered = secp.sign(digest, key, { prehash: false, lowS: true, format: "recovered" });
  return { compact: recovered.subarray(1), recovery: recovered[0] ?? 0 };
}
