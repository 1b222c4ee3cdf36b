import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { concat, encodeBytes32String, getBytes, hexlify, parseEther, toQuantity, ZeroHash } from "ethers";
import { campaignDigest, formatCode, shortId } from "../../../sdk/drop/code.js";
import { join } from "../../../sdk/bytes.js";
import type { Leaf } from "../../../sdk/drop/leaf.js";
import { LEAF_BYTES, LeafHasher, packLeaf } from "../../../sdk/drop/leaf.js";
import { addressOfKey, formatLink } from "../../../sdk/drop/link.js";
import { deriveLine } from "../../../sdk/drop/seeds.js";
import { ShardMaker } from "../../../sdk/drop/shards.js";
import { buildTree, NODE_BYTES, proofOffsets } from "../../../sdk/drop/tree.js";
import { BrandToken__factory, LoyaltyDrop__factory } from "../../../typechain-types/index.js";
import type { LiveNode } from "../../integration/support.js";
import { accounts } from "../../integration/support.js";

/** A campaign whose links can be claimed, published beside a page. */
export interface TestCampaign {
  readonly id: string;
  /** The code of a line. */
  readonly code: (index: number) => string;
  /** The seed of a line, in hexadecimal. */
  readonly seed: (index: number) => string;
  /** The payload of a line's long link. */
  readonly long: (index: number) => string;
}

const LINES = 12;
const DAY = 86_400;

/**
 * Opens a campaign, each of whose lines gives a token and a badge, and publishes its proofs in the folder of a page.
 *
 * @param site The page's folder.
 * @param known Accounts that lines are for; from the last line on. All others have a key.
 */
export async function openCampaign(
  live: LiveNode,
  name: string,
  { site, known = [], lasts = 30 * DAY }: { site: string; known?: readonly string[]; lasts?: number },
): Promise<TestCampaign> {
  const { record, node } = live;
  const { drop, token } = record.contracts;
  const domain = { chainId: BigInt(record.chainId), drop, campaign: encodeBytes32String(name) };
  const digest = campaignDigest(domain);
  const seeds = Array.from({ length: LINES }, () => crypto.getRandomValues(new Uint8Array(16)));
  const lines = seeds.map((seed, index) => ({ seed, ...deriveLine(seed, digest, index) }));
  const leaves = lines.map(({ key }, index): Leaf => {
    const account = known[LINES - 1 - index];
    const claimant = account ?? addressOfKey(hexlify(key)) ?? "";
    const byKey = account === undefined;
    return { index, claimant, byKey, amount: parseEther("1"), kind: 1, evidence: ZeroHash };
  });
  const packed = new Uint8Array(LINES * LEAF_BYTES);
  for (const leaf of leaves) packLeaf(leaf, packed, leaf.index * LEAF_BYTES);
  const hasher = new LeafHasher(domain);
  const hashes = leaves.map(({ index }) => hasher.hash(packed, index * LEAF_BYTES, index));
  const levels = buildTree(join(hashes));
  const root = hexlify(levels.at(-1) ?? new Uint8Array(0));

  const folder = path.join(site, "drops", shortId(domain));
  await mkdir(folder, { recursive: true });
  const meta = { chainId: record.chainId, drop, campaign: domain.campaign, count: LINES };
  await writeFile(path.join(folder, "meta.json"), JSON.stringify(meta));
  const pads = join(lines.map(({ pad }) => pad));
  await writeFile(path.join(folder, "0.bin"), new ShardMaker({ packed, levels, pads }).make(0));

  const { provider } = node;
  const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
  await provider.send("hardhat_impersonateAccount", [record.safe]);
  await provider.send("hardhat_setBalance", [record.safe, toQuantity(10n ** 18n)]);
  const terms = { root, deadline: now + lasts, referralKind: 1 };
  const data = LoyaltyDrop__factory.createInterface().encodeFunctionData("open", [domain.campaign, terms]);
  await provider.send("eth_sendTransaction", [{ from: record.safe, to: drop, data }]);
  const funder = accounts[6].connect(provider);
  await (await BrandToken__factory.connect(token, funder).approve(drop, parseEther(`${LINES}`))).wait();
  const dropOfFunder = LoyaltyDrop__factory.connect(drop, funder);
  await (await dropOfFunder.fund(domain.campaign, parseEther(`${LINES}`))).wait();

  const all = join(levels);
  return {
    id: domain.campaign,
    code: (index) => formatCode({ id: shortId(domain), index, seed: seeds[index] ?? new Uint8Array(16) }),
    seed: (index) => hexlify(seeds[index] ?? new Uint8Array(16)),
    long: (index) => {
      const leaf = leaves[index];
      if (leaf === undefined) throw new RangeError(`There is no line ${index}`);
      const proof = proofOffsets(LINES, index).map((at) => hexlify(all.subarray(at, at + NODE_BYTES)));
      const key = leaf.byKey ? hexlify(lines[index]?.key ?? new Uint8Array(32)) : undefined;
      return formatLink({ ...domain, leaf, proof, key }, "");
    },
  };
}

/** What a text may hold of a secret: as it is, in hexadecimal, in base64. */
export function formsOfSecret(code: string, seed: string): readonly string[] {
  const bytes = getBytes(concat([seed]));
  return [code.slice(-30), seed.slice(2), btoa(String.fromCharCode(...bytes)).slice(0, 20)];
}
