import {
  AbiCoder,
  type Addressable,
  concat,
  encodeBytes32String,
  keccak256,
  resolveAddress,
  type TypedDataDomain,
  type TypedDataField,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import type { LoyaltyDrop } from "../../typechain-types/index.js";
import { connect, DAY, now, type Signer } from "./chain.js";
import type { DAO } from "./dao.js";

/** What one customer can claim, in the order of {ILoyaltyDrop-Leaf}. */
export interface Leaf {
  index: bigint;
  claimant: string;
  byKey: boolean;
  amount: bigint;
  kind: bigint;
  evidence: string;
}

/** What a claimant signs. */
export const CLAIM = {
  Claim: [
    { name: "campaign", type: "bytes32" },
    { name: "index", type: "uint256" },
    { name: "account", type: "address" },
    { name: "referrer", type: "address" },
  ],
};

/** Who can sign: an account of the chain, or a wallet that nobody but its holder knows. */
export interface ClaimSigner {
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

/** Leaves without an index of their own are numbered in order, and give nothing unless told otherwise. */
export type LeafTerms = Partial<Leaf> & { claimant: string };

export interface CampaignOptions {
  name?: string;
  deadline?: bigint;
  referralKind?: bigint;
  /** Tokens of the first holder that it is funded with. */
  funding?: bigint;
}

/** How a claim is made: by whom it is signed, if at all, and for whom. */
export interface ClaimOptions {
  account?: string | Addressable;
  referrer?: string | Addressable;
  signer?: ClaimSigner;
}

export type ClaimArgs = [
  campaign: string,
  leaf: Leaf,
  proof: string[],
  account: string,
  referrer: string,
  signature: string,
];

const LEAF = "tuple(uint256 index,address claimant,bool byKey,uint128 amount,uint32 kind,bytes32 evidence)";

export function numbered(leaves: LeafTerms[]): Leaf[] {
  return leaves.map((terms, position) => ({
    index: BigInt(position),
    byKey: false,
    amount: 0n,
    kind: 0n,
    evidence: ZeroHash,
    ...terms,
  }));
}

/** The inner hash of a leaf: what is hashed once more to become its node. */
export function leafPreimage(chainId: bigint, drop: string, campaign: string, leaf: Leaf): string {
  const types = ["uint256", "address", "bytes32", LEAF];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, [chainId, drop, campaign, leaf]));
}

export function leafNode(chainId: bigint, drop: string, campaign: string, leaf: Leaf): string {
  return keccak256(leafPreimage(chainId, drop, campaign, leaf));
}

export function hashPair(a: string, b: string): string {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

/** A tree whose last node, where there is an odd number of them, moves up a level by itself. */
export class MerkleTree {
  /** From the leaves up to the root. */
  readonly levels: string[][];

  constructor(nodes: string[]) {
    this.levels = [nodes];
    for (let level = nodes; level.length > 1; this.levels.push(level)) {
      level = level.flatMap((node, i) => {
        if (i % 2 === 1) return [];
        const sibling = level[i + 1];
        return [sibling === undefined ? node : hashPair(node, sibling)];
      });
    }
  }

  get root(): string {
    const root = this.levels.at(-1)?.[0];
    if (root === undefined) throw new Error("a tree needs leaves");
    return root;
  }

  proof(position: number): string[] {
    return this.levels.slice(0, -1).flatMap((level, depth) => level[(position >> depth) ^ 1] ?? []);
  }
}

/** A campaign with its tree: what the brand knows about it. */
export class Campaign {
  readonly name: string;
  readonly leaves: Leaf[];
  readonly tree: MerkleTree;
  readonly #drop: LoyaltyDrop;
  readonly #domain: TypedDataDomain;

  constructor(drop: LoyaltyDrop, domain: TypedDataDomain, name: string, leaves: Leaf[]) {
    this.#drop = drop;
    this.#domain = domain;
    this.name = encodeBytes32String(name);
    this.leaves = leaves;
    const { chainId, verifyingContract } = domain;
    this.tree = new MerkleTree(
      leaves.map((leaf) => leafNode(BigInt(chainId ?? 0), verifyingContract ?? "", this.name, leaf)),
    );
  }

  leaf(position: number): Leaf {
    const leaf = this.leaves[position];
    if (leaf === undefined) throw new Error(`there is no leaf ${position.toString()}`);
    return leaf;
  }

  /** Arguments of the drop's `claim`, for the claimant itself unless told otherwise. */
  async args(position: number, { account, referrer, signer }: ClaimOptions = {}): Promise<ClaimArgs> {
    const leaf = this.leaf(position);
    const to = await resolveAddress(account ?? leaf.claimant);
    const from = await resolveAddress(referrer ?? ZeroAddress);
    const signature = signer ? await this.sign(signer, leaf.index, to, from) : "0x";
    return [this.name, leaf, this.tree.proof(position), to, from, signature];
  }

  async claim(caller: Signer, position: number, options?: ClaimOptions) {
    return this.#drop.connect(caller).claim(...(await this.args(position, options)));
  }

  sign(
    signer: ClaimSigner,
    index: bigint,
    account: string,
    referrer: string,
    domain: TypedDataDomain = {},
  ): Promise<string> {
    const message = { campaign: this.name, index, account, referrer };
    return signer.signTypedData({ ...this.#domain, ...domain }, CLAIM, message);
  }
}

export async function dropDomain(drop: LoyaltyDrop): Promise<TypedDataDomain> {
  const { ethers } = await connect();
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "LoyaltyDrop", version: "1", chainId, verifyingContract: await drop.getAddress() };
}

/** A campaign that nobody has opened yet. */
export async function draftCampaign({ drop }: DAO, leaves: LeafTerms[], name = "2026春"): Promise<Campaign> {
  return new Campaign(drop, await dropDomain(drop), name, numbered(leaves));
}

/** What `campaign` is opened with: for 30 days, and without referrals, unless told otherwise. */
export async function termsOf({ connection }: DAO, { tree }: Campaign, options: CampaignOptions = {}) {
  return {
    root: tree.root,
    deadline: options.deadline ?? (await now(connection)) + 30n * DAY,
    referralKind: options.referralKind ?? 0n,
  };
}

/** Has the Safe open a campaign, and the first holder fund it. */
export async function openCampaign(
  dao: DAO,
  leaves: LeafTerms[],
  options: CampaignOptions = {},
): Promise<Campaign> {
  const { asSafe, drop } = dao;
  const campaign = await draftCampaign(dao, leaves, options.name);
  const terms = await termsOf(dao, campaign, options);
  await asSafe(await drop.open.populateTransaction(campaign.name, terms));
  if (options.funding) await fundCampaign(dao, campaign, options.funding);
  return campaign;
}

export async function fundCampaign(
  { drop, token, holders: [funder] }: DAO,
  { name }: Campaign,
  amount: bigint,
) {
  await token.connect(funder).approve(drop, amount);
  return drop.connect(funder).fund(name, amount);
}
