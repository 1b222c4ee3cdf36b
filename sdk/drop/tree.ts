import { hexlify } from "ethers";
import { keccak } from "./hash.js";

/** Bytes of a node. */
export const NODE_BYTES = 32;

/**
 * How many nodes each level of a tree has, from the leaves up to the root. A node without a neighbour moves up as it is.
 *
 * @param count Leaves; at least 1.
 */
export function levelSizes(count: number): number[] {
  const sizes = [count];
  for (let size = count; size > 1;) {
    size = Math.ceil(size / 2);
    sizes.push(size);
  }
  return sizes;
}

/**
 * A Merkle tree, with pairs hashed in sorted order as OpenZeppelin's MerkleProof does.
 *
 * @param leaves The leaves' nodes, one after the other; at least one.
 * @returns Its levels, from the leaves up to the root; the first one is `leaves` itself.
 */
export function buildTree(leaves: Uint8Array): Uint8Array[] {
  const levels = [leaves];
  const pair = new Uint8Array(2 * NODE_BYTES);
  for (const size of levelSizes(leaves.length / NODE_BYTES).slice(1)) {
    const below = levels.at(-1) ?? leaves;
    const level = new Uint8Array(size * NODE_BYTES);
    for (let i = 0; i < size; i++) {
      const left = below.subarray(2 * i * NODE_BYTES, (2 * i + 1) * NODE_BYTES);
      const right = below.subarray((2 * i + 1) * NODE_BYTES, (2 * i + 2) * NODE_BYTES);
      level.set(right.length === 0 ? left : hashPair(left, right, pair), i * NODE_BYTES);
    }
    levels.push(level);
  }
  return levels;
}

/** Where the nodes of a leaf's proof are, from the bottom up: bytes from the start of all levels, one after the other. */
export function proofOffsets(count: number, index: number): number[] {
  const offsets: number[] = [];
  let start = 0;
  let place = index;
  for (const size of levelSizes(count).slice(0, -1)) {
    const neighbour = place ^ 1;
    if (neighbour < size) offsets.push((start + neighbour) * NODE_BYTES);
    start += size;
    place >>= 1;
  }
  return offsets;
}

/** The root that a leaf and its proof lead to. Whether it is the campaign's says whether the leaf is in it. */
export function rootOf(leaf: Uint8Array, proof: readonly Uint8Array[]): string {
  const pair = new Uint8Array(2 * NODE_BYTES);
  return hexlify(proof.reduce((node, neighbour) => hashPair(node, neighbour, pair), leaf));
}

function hashPair(one: Uint8Array, other: Uint8Array, pair: Uint8Array): Uint8Array {
  const inOrder = isBefore(one, other);
  pair.set(inOrder ? one : other, 0);
  pair.set(inOrder ? other : one, NODE_BYTES);
  return keccak(pair);
}

/** Whether bytes come before others of the same length, as numbers do. */
function isBefore(one: Uint8Array, other: Uint8Array): boolean {
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}
