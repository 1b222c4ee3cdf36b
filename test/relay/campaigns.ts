import { encodeBytes32String, parseEther, ZeroHash } from "ethers";
import { call, named } from "../../sdk/calls/plan.js";
import type { Claim } from "../../sdk/drop/claims.js";
import { hashLeaf } from "../../sdk/drop/leaf.js";
import { MerkleTree } from "../helpers/drop.js";
import { asSafe } from "../sdk/badges/support.js";
import type { RelayedWorld } from "./support.js";

const DAY = 86_400;

export interface CampaignOptions {
  /** Of badges; without one, each gets a token. */
  readonly kind?: number;
  readonly referralKind?: number;
  readonly signature?: string;
  /** Seconds that it lasts. */
  readonly lasts?: number;
  /** Whether it is given the tokens that it promises. */
  readonly funded?: boolean;
}

/** Opens a campaign whose leaves are for accounts, and not for links, and makes their claims. */
export async function claimsOfAccounts(
  world: RelayedWorld,
  accounts: readonly string[],
  { kind = 0, referralKind = 0, signature = "0x", lasts = DAY, funded = true }: CampaignOptions = {},
): Promise<Claim[]> {
  const { record, dao, holders, context } = world;
  const [alice] = holders;
  const campaign = encodeBytes32String(`for ${accounts[0]?.slice(2, 20) ?? ""} ${kind}`);
  const amount = kind === 0 ? parseEther("1") : 0n;
  const { drop } = record.contracts;
  const leaves = accounts.map((claimant, index) => ({
    index,
    claimant,
    byKey: false,
    amount,
    kind,
    evidence: ZeroHash,
  }));
  const chainId = BigInt(record.chainId);
  const tree = new MerkleTree(leaves.map((leaf) => hashLeaf({ chainId, drop, campaign }, leaf)));
  const now = (await context.provider.getBlock("latest"))?.timestamp ?? 0;
  const terms = { root: tree.root, deadline: now + lasts, referralKind };
  await asSafe(world, [call(await named("drop", dao.drop), "open", [campaign, terms], "Open")]);
  if (amount > 0n && funded) {
    await dao.token.connect(alice).approve(drop, amount * BigInt(leaves.length));
    await dao.drop.connect(alice).fund(campaign, amount * BigInt(leaves.length));
  }
  const common = {
    kind: "claim",
    version: 1,
    dao: record.slug,
    chainId: record.chainId,
    drop,
    campaign,
  } as const;
  return leaves.map((leaf, i) => {
    const written = { ...leaf, amount: amount.toString() };
    return {
      ...common,
      leaf: written,
      proof: tree.proof(i),
      account: leaf.claimant,
      referrer: null,
      signature,
    };
  });
}

/** Stops a campaign, as a steward does. */
export async function stopCampaign(world: RelayedWorld, campaign: string): Promise<void> {
  const drop = await named("drop", world.dao.drop);
  await asSafe(world, [call(drop, "stop", [campaign, "A mistake"], "Stop")]);
}
