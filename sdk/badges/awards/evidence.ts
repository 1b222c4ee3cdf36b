import { concat, hexlify, isHexString, keccak256, randomBytes, toUtf8Bytes } from "ethers";
import { KyosoError } from "../../errors.js";

/**
 * What a badge was awarded for. Only `hash` goes on chain: text and salt stay with the brand. Whoever is shown both can
 * check them against the chain; once they are erased, the hash tells nothing, as the salt can't be guessed.
 */
export interface Evidence {
  readonly text: string;
  /** 32 random bytes. */
  readonly salt: string;
  /** keccak256 of the salt followed by the text in UTF-8, in the composed normal form (NFC). */
  readonly hash: string;
}

/** Makes the evidence for a text, with a new salt unless one is given. */
export function makeEvidence(text: string, salt: string = hexlify(randomBytes(32))): Evidence {
  if (!isHexString(salt, 32)) {
    throw KyosoError.of("evidence.not-salt", {
      data: { text: salt },
      message: `"${salt}" is not a salt`,
      remedy: "A salt is 32 bytes in hex.",
    });
  }
  return { text, salt, hash: keccak256(concat([salt, toUtf8Bytes(text.normalize("NFC"))])) };
}

/** Whether text and salt are what `hash` was made from. */
export function checkEvidence(evidence: Evidence): boolean {
  return makeEvidence(evidence.text, evidence.salt).hash === evidence.hash;
}
