import { getAddress, getBytes, hexlify, toBeHex, zeroPadValue } from "ethers";
import { keccak } from "./hash.js";

/** What one customer can claim, as the contract has it. */
export interface Leaf {
  /** Number of the leaf in its campaign, from 0. */
  readonly index: number;
  /** For whom: an account, or the address of a claim key. */
  readonly claimant: string;
  /** Whether {@link Leaf.claimant} is a claim key. */
  readonly byKey: boolean;
  /** In the token's smallest unit; 0 for none. */
  readonly amount: bigint;
  /** Number of the badge's kind; 0 for none. */
  readonly kind: number;
  /** Salted hash of what the badge is awarded for; zero for none. */
  readonly evidence: string;
}

/** What the leaves of a campaign have in common: none of them is good anywhere else. */
export interface LeafDomain {
  readonly chainId: bigint;
  /** Address of the LoyaltyDrop. */
  readonly drop: string;
  /** 32 bytes. */
  readonly campaign: string;
}

/** Bytes of a leaf as files and links keep it: byKey, claimant, amount, kind, evidence. Its place is its index. */
export const LEAF_BYTES = 1 + 20 + 16 + 4 + 32;

const WORD = 32;
/** chainId, drop, campaign, and the six fields of the leaf: what {@link LeafHasher} encodes. */
const ENCODED_WORDS = 9;

/** Writes a leaf, without its index, at a place of a buffer. */
export function packLeaf(
  { byKey, claimant, amount, kind, evidence }: Leaf,
  into: Uint8Array,
  at: number,
): void {
  into[at] = byKey ? 1 : 0;
  into.set(getBytes(claimant), at + 1);
  into.set(getBytes(toBeHex(amount, 16)), at + 21);
  into.set(getBytes(toBeHex(kind, 4)), at + 37);
  into.set(getBytes(evidence), at + 41);
}

/** Reads what {@link packLeaf} wrote. */
export function unpackLeaf(from: Uint8Array, at: number, index: number): Leaf {
  const slice = (start: number, length: number) => from.subarray(at + start, at + start + length);
  return {
    index,
    byKey: from[at] === 1,
    claimant: getAddress(hexlify(slice(1, 20))),
    amount: BigInt(hexlify(slice(21, 16))),
    kind: Number(hexlify(slice(37, 4))),
    evidence: hexlify(slice(41, 32)),
  };
}

/**
 * Hashes leaves as the contract's `leafHash` does: the hash of the hash of their ABI encoding. All fields are static, so
 * that each is a word; the words are written into one buffer over and over.
 */
export class LeafHasher {
  readonly #words = new Uint8Array(ENCODED_WORDS * WORD);
  readonly #view = new DataView(this.#words.buffer);

  constructor({ chainId, drop, campaign }: LeafDomain) {
    const common = [toBeHex(chainId, WORD), zeroPadValue(drop, WORD), campaign];
    for (const [i, word] of common.entries()) this.#words.set(getBytes(word), i * WORD);
  }

  /** @param packed Where {@link packLeaf} wrote the leaf. */
  hash(packed: Uint8Array, at: number, index: number): Uint8Array {
    const words = this.#words;
    this.#view.setUint32(4 * WORD - 8, Math.floor(index / 2 ** 32));
    this.#view.setUint32(4 * WORD - 4, index);
    words.set(packed.subarray(at + 1, at + 21), 5 * WORD - 20);
    words[6 * WORD - 1] = packed[at] ?? 0;
    words.set(packed.subarray(at + 21, at + 37), 7 * WORD - 16);
    words.set(packed.subarray(at + 37, at + 41), 8 * WORD - 4);
    words.set(packed.subarray(at + 41, at + 73), 8 * WORD);
    return keccak(keccak(words));
  }
}

/** The node of a leaf in its campaign's tree. */
export function hashLeaf(domain: LeafDomain, leaf: Leaf): string {
  const packed = new Uint8Array(LEAF_BYTES);
  packLeaf(leaf, packed, 0);
  return hexlify(new LeafHasher(domain).hash(packed, 0, leaf.index));
}
