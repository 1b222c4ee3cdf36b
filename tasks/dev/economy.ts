import type { Signer, TypedDataDomain } from "ethers";
import {
  encodeBytes32String,
  id,
  keccak256,
  concat,
  parseEther,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";
import type { Dao } from "../../sdk/dao.js";
import { CLAIM } from "../../sdk/drop/claims.js";
import { REDEMPTION, VOUCHER } from "../../sdk/vouchers/voucher.js";
import type { ILoyaltyDrop } from "../../typechain-types/drop/LoyaltyDrop.js";
import type { BrandToken } from "../../typechain-types/index.js";
import { DAY } from "./fixture.js";
import { gasOf, type Measurement } from "./measurement.js";

/** A tree of a million leaves is this deep. */
const DEPTH = 20;
const KIND = 1;

interface World {
  readonly dao: Dao;
  /** A token that has nothing to do with the DAO, and is no more than an ERC-20. */
  readonly plain: Pick<BrandToken, "approve" | "connect" | "getAddress">;
  readonly chainId: bigint;
  readonly networkHelpers: NetworkHelpers;
  /** The Safe, as its own signer. */
  readonly steward: Signer;
  /** Holders of tokens of both kinds. */
  readonly people: readonly (Signer & { readonly address: string })[];
}

/**
 * What drops, vouchers and seasons cost. Whoever claims is new here unless it says otherwise; the DAO itself isn't: its
 * counts aren't zero, and where a word of a bitmap is new, it is said.
 */
export async function measureEconomy(world: World): Promise<Measurement[]> {
  const { dao } = world;
  const [giver, ...people] = world.people;
  if (giver === undefined) throw new RangeError("Too few accounts");
  await gasOf(dao.badge.connect(world.steward).award(KIND, giver, ZeroHash));

  return [
    ...(await measureDrop(world, giver, people)),
    ...(await measureVouchers(world, people)),
    ...(await measureRewards(world, giver, people)),
  ];
}

async function measureDrop(world: World, giver: Signer, people: World["people"]): Promise<Measurement[]> {
  const newcomer = (name: string) => new Wallet(id(name)).address;
  const amount = parseEther("10");
  const plain = await openCampaign(world, giver, "gas", 0, [
    { claimant: newcomer("first") },
    { claimant: newcomer("badge") },
    { claimant: newcomer("both"), amount },
    { claimant: newcomer("tokens"), amount, kind: 0, evidence: ZeroHash },
    { claimant: keyOf("badge").address, byKey: true },
    { claimant: people[0]?.address ?? ZeroAddress, amount },
    { claimant: newcomer("new word"), index: 256 },
    { claimant: newcomer("new word, both"), index: 512, amount },
  ]);
  await plain.claim(0, newcomer("first"));
  const badge = await plain.claim(1, newcomer("badge"));
  const both = await plain.claim(2, newcomer("both"));
  const tokens = await plain.claim(3, newcomer("tokens"));
  const byKey = await plain.claimByKey(4, "badge", newcomer("by key"));
  const holder = await plain.claim(5, people[0]?.address ?? ZeroAddress);
  const newWord = await plain.claim(6, newcomer("new word"));
  const newWordBoth = await plain.claim(7, newcomer("new word, both"));

  const names = ["first", "alone", "brought", "brought too"];
  const friends = await openCampaign(
    world,
    giver,
    "friends",
    KIND,
    names.map((name) => ({ claimant: keyOf(name).address, byKey: true })),
  );
  const referrer = await giver.getAddress();
  await friends.claimByKey(0, "first", newcomer("friend 0"));
  const alone = await friends.claimByKey(1, "alone", newcomer("friend 1"));
  await friends.claimByKey(2, "brought", newcomer("friend 2"), referrer);
  const brought = await friends.claimByKey(3, "brought too", newcomer("friend 3"), referrer);
  return [
    { name: "opening a campaign", value: plain.opened },
    { name: "funding it", value: plain.funded },
    { name: "claiming a badge", value: badge, limit: 140_000 },
    { name: "claiming a badge and tokens", value: both, limit: 215_000 },
    { name: "claiming tokens", value: tokens },
    { name: "claiming a badge and tokens, as a holder", value: holder },
    { name: "what a claim key adds", value: byKey - badge, limit: 12_000 },
    { name: "what naming a referrer adds, with a badge for them", value: brought - alone },
    { name: "claiming a badge, the first of 256 leaves", value: newWord },
    { name: "claiming a badge and tokens, the first of 256 leaves", value: newWordBoth },
  ];
}

/** A claim key. */
function keyOf(name: string): Wallet {
  return new Wallet(id(`key of ${name}`));
}

/**
 * When the chain's day began. What is signed and sent has the same bytes, which cost gas, however long it took to come here:
 * a chain's clock goes on while a slow machine works.
 */
async function today({ time }: World["networkHelpers"]): Promise<number> {
  return Math.floor((await time.latest()) / DAY) * DAY;
}

/** Opens and funds a campaign of a few leaves in a tree of a million. */
async function openCampaign(
  { dao, steward, chainId, networkHelpers }: World,
  giver: Signer,
  name: string,
  referralKind: number,
  rows: readonly Partial<ILoyaltyDrop.LeafStruct>[],
) {
  const drop = dao.drop.connect(giver);
  const campaign = encodeBytes32String(name);
  const leaves = rows.map((row, i): ILoyaltyDrop.LeafStruct => ({
    index: i,
    claimant: ZeroAddress,
    byKey: false,
    amount: 0n,
    kind: KIND,
    evidence: id("evidence"),
    ...row,
  }));
  const { root, proofs } = treeOf(await Promise.all(leaves.map((leaf) => drop.leafHash(campaign, leaf))));
  const deadline = (await today(networkHelpers)) + 365 * DAY;
  const opened = await gasOf(dao.drop.connect(steward).open(campaign, { root, deadline, referralKind }));
  await gasOf(dao.token.connect(giver).approve(drop, parseEther("1000")));
  const funded = await gasOf(drop.fund(campaign, parseEther("1000")));

  const claim = (i: number, account: string, referrer = ZeroAddress, signature = "0x") => {
    const [leaf, proof] = [leaves[i], proofs[i]];
    if (leaf === undefined || proof === undefined) throw new RangeError("No such claim");
    return gasOf(drop.claim(campaign, leaf, proof, account, referrer, signature));
  };
  const claimByKey = async (i: number, key: string, account: string, referrer = ZeroAddress) => {
    const domain = {
      name: "LoyaltyDrop",
      version: "1",
      chainId,
      verifyingContract: await dao.drop.getAddress(),
    };
    const message = { campaign, index: leaves[i]?.index, account, referrer };
    return claim(i, account, referrer, await keyOf(key).signTypedData(domain, CLAIM, message));
  };
  return { opened, funded, claim, claimByKey };
}

async function measureVouchers({ dao, chainId, networkHelpers, steward }: World, people: World["people"]) {
  const [issuer, ...others] = people;
  if (issuer === undefined) throw new RangeError("Too few accounts");
  await gasOf(dao.manager.connect(steward).grantRole(3, issuer, 0));
  const expiry = (await today(networkHelpers)) + 2 * DAY;
  const domain: TypedDataDomain = {
    name: "ContributionBadge",
    version: "1",
    chainId,
    verifyingContract: await dao.badge.getAddress(),
  };
  const redeem = async (account: Signer & { readonly address: string }, nonce: number, key?: Wallet) => {
    const voucher = {
      issuer: issuer.address,
      kind: KIND,
      claimant: key?.address ?? account.address,
      byKey: key !== undefined,
      evidence: id("evidence"),
      referralKind: 0,
      expiry,
      nonce,
    };
    const signature = await issuer.signTypedData(domain, VOUCHER, voucher);
    const redemption = { issuer: issuer.address, nonce, account: account.address, referrer: ZeroAddress };
    const signed = (await key?.signTypedData(domain, REDEMPTION, redemption)) ?? "0x";
    return gasOf(dao.badge.connect(account).redeem(voucher, signature, account.address, ZeroAddress, signed));
  };
  const [a, b] = others;
  if (a === undefined || b === undefined) throw new RangeError("Too few accounts");
  const first = await redeem(a, 0);
  const later = await redeem(a, 1);
  const fresh = await redeem(b, 2);
  const byKey = await redeem(a, 3, keyOf("voucher"));
  return [
    { name: "redeeming a voucher", value: later, limit: 120_000 },
    { name: "what a claim key adds to it", value: byKey - later },
    { name: "redeeming a voucher, without a badge until then", value: fresh },
    { name: "redeeming a voucher, the first of its issuer, without a badge until then", value: first },
  ];
}

async function measureRewards(world: World, giver: Signer, people: World["people"]): Promise<Measurement[]> {
  const { dao, plain, networkHelpers, steward } = world;
  const [, a, b] = people;
  if (a === undefined || b === undefined) throw new RangeError("Too few accounts");
  const tokens = [dao.token, plain];
  const rows: Record<string, number[]> = { fund: [], first: [], later: [] };
  const rewards = dao.rewards.connect(giver);
  for (const token of tokens) await gasOf(token.connect(giver).approve(rewards, parseEther("1000")));
  const newcomer = new Wallet(id("member without tokens")).address;
  for (const round of ["first", "later"]) {
    const season = Number(await dao.badge.currentSeason());
    const members = [a, b, a, newcomer];
    await gasOf(
      dao.badge.connect(steward).awardBatch(
        KIND,
        members,
        members.map(() => ZeroHash),
        "",
      ),
    );
    for (const token of tokens) rows.fund?.push(await gasOf(rewards.fund(season, token, parseEther("100"))));
    const { end } = await dao.badge.seasonBounds(season);
    await networkHelpers.time.increaseTo(end + (await dao.badge.disputeWindow()));
    for (const token of tokens) {
      await gasOf(rewards.claim(season, token, b));
      rows[round]?.push(await gasOf(rewards.claim(season, token, a)));
    }
    if (round === "later") rows.fresh = [await gasOf(rewards.claim(season, dao.token, newcomer))];
  }
  const [ownFund, plainFund] = rows.fund ?? [];
  const [ownFirst, plainFirst] = rows.first ?? [];
  const [ownLater, plainLater] = rows.later ?? [];
  return [
    { name: "funding a season with the brand's token", value: ownFund ?? 0 },
    { name: "funding a season with another ERC-20", value: plainFund ?? 0 },
    { name: "claiming a season's reward in the brand's token", value: ownLater ?? 0, limit: 132_000 },
    { name: "claiming a season's reward in the brand's token, for the first time", value: ownFirst ?? 0 },
    {
      name: "claiming a season's reward in the brand's token, for the first time, without tokens until then",
      value: rows.fresh?.[0] ?? 0,
    },
    { name: "claiming a season's reward in another ERC-20", value: plainLater ?? 0, limit: 95_000 },
    { name: "claiming a season's reward in another ERC-20, for the first time", value: plainFirst ?? 0 },
  ];
}

/** A tree of a few leaves whose other nodes are made up, which cost the same. */
function treeOf(hashes: readonly string[]): { root: string; proofs: string[][] } {
  const proofs = hashes.map((): string[] => []);
  let level = [...hashes];
  for (let depth = 0; depth < DEPTH; depth++) {
    const madeUp = id(`node ${depth}`);
    const nodes = level;
    proofs.forEach((proof, i) => proof.push(nodes[(i >> depth) ^ 1] ?? madeUp));
    level = Array.from({ length: Math.ceil(nodes.length / 2) }, (_, i) =>
      hashPair(nodes[2 * i] ?? madeUp, nodes[2 * i + 1] ?? madeUp),
    );
  }
  return { root: level[0] ?? ZeroHash, proofs };
}

function hashPair(a: string, b: string): string {
  return keccak256(a < b ? concat([a, b]) : concat([b, a]));
}
