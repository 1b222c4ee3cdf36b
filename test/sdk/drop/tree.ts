import { expect } from "chai";
import { hexlify, id, keccak256 } from "ethers";
import { buildTree, levelSizes, NODE_BYTES, proofOffsets, rootOf } from "../../../sdk/drop/tree.js";

const nodes = (count: number) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => Buffer.from(id(`leaf ${i}`).slice(2), "hex")));

/** As OpenZeppelin's MerkleProof computes it. */
function processProof(leaf: string, proof: readonly string[]): string {
  return proof.reduce((node, other) => {
    const [low, high] = BigInt(node) < BigInt(other) ? [node, other] : [other, node];
    return keccak256(`${low}${high.slice(2)}`);
  }, leaf);
}

describe("buildTree", () => {
  for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 100, 1_000]) {
    it(`has a proof of each of ${count} leaves`, () => {
      const levels = buildTree(nodes(count));
      expect(levels.map((level) => level.length / NODE_BYTES)).to.deep.equal(levelSizes(count));
      const all = Buffer.concat(levels);
      const root = hexlify(all.subarray(-NODE_BYTES));
      const at = (offset: number) => all.subarray(offset, offset + NODE_BYTES);
      for (let i = 0; i < count; i++) {
        const proof = proofOffsets(count, i).map(at);
        const leaf = at(i * NODE_BYTES);
        expect(
          processProof(
            hexlify(leaf),
            proof.map((node) => hexlify(node)),
          ),
        ).to.equal(root);
        expect(rootOf(leaf, proof)).to.equal(root);
        expect(proof.length).to.be.at.most(Math.ceil(Math.log2(count)));
      }
      expect(rootOf(Buffer.alloc(32, 1), proofOffsets(count, 0).map(at))).not.to.equal(root);
    });
  }
});
