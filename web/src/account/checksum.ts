import { keccak_256 } from "@noble/hashes/sha3.js";

/** An address in its EIP-55 spelling, in which a slip of the hand is seen. */
export function checksummed(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = keccak_256(new TextEncoder().encode(digits));
  const spelled = Array.from(digits, (digit, i) => {
    const four = ((hash[i >> 1] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15;
    return four >= 8 ? digit.toUpperCase() : digit;
  });
  return `0x${spelled.join("")}`;
}
