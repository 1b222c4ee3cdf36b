import { keccak256 } from "ethers";

/** keccak256 of bytes, as bytes: a campaign hashes millions of times, and hex in between would cost more than the hash. */
export function keccak(bytes: Uint8Array): Uint8Array {
  return keccak256._(bytes);
}
