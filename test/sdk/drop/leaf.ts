import { expect } from "chai";
import { AbiCoder, dataSlice, getAddress, hexlify, id, keccak256, toBeHex, ZeroHash } from "ethers";
import { campaignId } from "../../../sdk/drop/campaign.js";
import type { Leaf } from "../../../sdk/drop/leaf.js";
import { hashLeaf, LEAF_BYTES, packLeaf, unpackLeaf } from "../../../sdk/drop/leaf.js";
import { load, launchedWorld } from "../support.js";

const account = (text: string) => getAddress(dataSlice(id(text), 12));

const LEAVES: readonly Leaf[] = [
  { index: 0, claimant: account("a"), byKey: false, amount: 0n, kind: 1, evidence: ZeroHash },
  { index: 1, claimant: account("b"), byKey: true, amount: 1n, kind: 0, evidence: id("春") },
  {
    index: 0xffff_ffff,
    claimant: getAddress(`0x${"ff".repeat(20)}`),
    byKey: true,
    amount: (1n << 128n) - 1n,
    kind: 0xffff_ffff,
    evidence: `0x${"ff".repeat(32)}`,
  },
];

describe("hashLeaf", () => {
  it("is the contract's leafHash, and the hash of the ABI encoding hashed", async () => {
    const { dao, record } = await load(launchedWorld);
    const campaign = campaignId("spring");
    const chainId = BigInt(record.chainId);
    for (const leaf of LEAVES) {
      const hash = hashLeaf({ chainId, drop: record.contracts.drop, campaign }, leaf);
      expect(hash).to.equal(await dao.drop.leafHash(campaign, leaf));
      const encoded = AbiCoder.defaultAbiCoder().encode(
        ["uint256", "address", "bytes32", "tuple(uint256, address, bool, uint128, uint32, bytes32)"],
        [chainId, record.contracts.drop, campaign, Object.values(leafInOrder(leaf))],
      );
      expect(hash).to.equal(keccak256(keccak256(encoded)));
    }
  });

  it("depends on the chain, the contract and the campaign", () => {
    const [leaf] = LEAVES as [Leaf, ...Leaf[]];
    const domain = { chainId: 1n, drop: account("drop"), campaign: toBeHex(1, 32) };
    const others = [
      domain,
      { ...domain, chainId: 2n },
      { ...domain, drop: account("other") },
      { ...domain, campaign: toBeHex(2, 32) },
    ];
    expect(new Set(others.map((each) => hashLeaf(each, leaf))).size).to.equal(4);
  });
});

describe("packLeaf", () => {
  it("is read back by unpackLeaf, wherever it is in a buffer", () => {
    const buffer = Buffer.alloc(LEAF_BYTES * LEAVES.length, 0xaa);
    for (const [i, leaf] of LEAVES.entries()) packLeaf(leaf, buffer, i * LEAF_BYTES);
    for (const [i, leaf] of LEAVES.entries()) {
      expect(unpackLeaf(buffer, i * LEAF_BYTES, leaf.index)).to.deep.equal(leaf);
    }
    expect(hexlify(buffer.subarray(0, 1))).to.equal("0x00");
  });
});

function leafInOrder({ index, claimant, byKey, amount, kind, evidence }: Leaf) {
  return { index, claimant, byKey, amount, kind, evidence };
}
