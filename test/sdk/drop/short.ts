// What the tests of short links have in common: campaigns without a chain.

import { createHash } from "node:crypto";
import { hexlify, Wallet, zeroPadValue } from "ethers";
import { campaignDigest, shortId } from "../../../sdk/drop/code.js";
import type { ShortLink } from "../../../sdk/drop/code.js";
import type { LeafDomain } from "../../../sdk/drop/leaf.js";
import { LEAF_BYTES, LeafHasher, packLeaf } from "../../../sdk/drop/leaf.js";
import { deriveLine, PAD_BYTES } from "../../../sdk/drop/seeds.js";
import type { ShardMeta } from "../../../sdk/drop/shards.js";
import { ShardMaker } from "../../../sdk/drop/shards.js";
import { buildTree, NODE_BYTES } from "../../../sdk/drop/tree.js";

export const DOMAIN: LeafDomain = {
  chainId: 31337n,
  drop: "0xABaBaBaBABabABabAbAbABAbABabababaBaBABaB",
  campaign: `0x${Buffer.from("spring-2027").toString("hex").padEnd(64, "0")}`,
};

/** A seed that is the same in each run. */
export function seedOf(index: number): Uint8Array {
  return createHash("sha256").update(`seed ${index}`).digest().subarray(0, 16);
}

/** A campaign of lines that all have a seed but every fifth, which is for an account. */
export function campaignOf(count: number, domain = DOMAIN) {
  const digest = campaignDigest(domain);
  const packed = new Uint8Array(count * LEAF_BYTES);
  const pads = new Uint8Array(count * PAD_BYTES);
  const hasher = new LeafHasher(domain);
  const nodes = new Uint8Array(count * NODE_BYTES);
  for (let index = 0; index < count; index++) {
    const isKeyed = index % 5 !== 4;
    const { key, pad } = deriveLine(seedOf(index), digest, index);
    const claimant = isKeyed ? new Wallet(hexlify(key)).address : zeroPadValue("0x01", 20);
    const amount = BigInt(index) * 10n ** 18n;
    const evidence = hexlify(createHash("sha256").update(`evidence ${index}`).digest());
    packLeaf(
      { index, byKey: isKeyed, claimant, amount, kind: index % 7, evidence },
      packed,
      index * LEAF_BYTES,
    );
    pads.set(pad, index * PAD_BYTES);
    nodes.set(hasher.hash(packed, index * LEAF_BYTES, index), index * NODE_BYTES);
  }
  const levels = buildTree(nodes);
  const meta: ShardMeta = {
    chainId: domain.chainId.toString(),
    drop: domain.drop,
    campaign: domain.campaign,
    count,
  };
  const linkOf = (index: number, seed = seedOf(index)): ShortLink => ({ id: shortId(domain), index, seed });
  const root = hexlify(levels.at(-1) ?? nodes);
  return { digest, packed, levels, meta, root, linkOf, maker: new ShardMaker({ packed, levels, pads }) };
}
