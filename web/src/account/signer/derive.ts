import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keyFrom } from "./curve.js";

/** Bytes of what a passkey gives (WebAuthn PRF). */
const SECRET_BYTES = 32;

/** As many bytes as make each key of the curve equally likely. */
const KEY_MATERIAL = 48;

/** What the key is for. Another one would make other accounts of all passkeys: docs/accounts.md has vectors. */
const INFO = new TextEncoder().encode("kyoso/account/1/key");

/**
 * The key of a passkey's account: HKDF-SHA256 of what the passkey gives, without salt, to 48 bytes, and these mapped to the
 * curve's order (FIPS 186-5, A.2.1).
 *
 * @param secret {@link SECRET_BYTES} bytes.
 */
export function keyOfSecret(secret: Uint8Array): Uint8Array {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`A passkey gives ${SECRET_BYTES} bytes`);
  const material = hkdf(sha256, secret, undefined, INFO, KEY_MATERIAL);
  try {
    return keyFrom(material);
  } finally {
    material.fill(0);
  }
}
