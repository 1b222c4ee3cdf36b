// A DAO on a node with many links and many voters, for bench/relay.ts.

import {
  dataSlice,
  encodeBytes32String,
  getAddress,
  id,
  JsonRpcSigner,
  parseEther,
  toQuantity,
  Wallet,
  ZeroAddress,
} from "ethers";
import { MULTICALL3 } from "../sdk/chain/reads.js";
import { connectDao } from "../sdk/dao.js";
import type { Claim } from "../sdk/drop/claims.js";
import { CLAIM } from "../sdk/drop/claims.js";
import type { Leaf } from "../sdk/drop/leaf.js";
import { hashLeaf } from "../sdk/drop/leaf.js";
import type { Ballot } from "../sdk/governance/ballots.js";
import { BALLOTS } from "../sdk/governance/ballots.js";
import { MerkleTree } from "../test/helpers/drop.js";
import { multicall3 } from "../test/helpers/multicall.js";
import type { LiveNode } from "../test/integration/support.js";
import { accounts } from "../test/integration/support.js";

export const CAMPAIGN = encodeBytes32String("spring");
const DAY = 86_400;
/** Of the brand file: what a claim gives. */
const KIND = 1;
const PRIZE = parseEther("0.01");
/** How many transactions are under way at once. */
const AT_ONCE = 40;

export const payer = new Wallet(id("the relay"));
const keyOf = (i: number) => new Wallet(id(`claim key ${i}`));
const voterOf = (i: number) => new Wallet(id(`voter ${i}`));
export const customerOf = (i: number) => getAddress(dataSlice(id(`customer ${i}`), 12));

/** What is handed in: signed by hand, and not by the SDK, which would ask the node for each. */
export interface RelayWorld {
  readonly claims: readonly Claim[];
  readonly ballots: readonly Ballot[];
  readonly proposalId: bigint;
}

/** Does `work` for 0 to `count` - 1, some at once. */
async function each(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/**
 * Opens a campaign with so many links, each of a badge and tokens, has as many accounts with a token each vote on a proposal, and
 * puts Multicall3 where all chains have it. The relay's account has 100 ether.
 */
export async function makeWorld(
  { node: { provider }, record, pass }: LiveNode,
  count: number,
): Promise<RelayWorld> {
  const richest = new JsonRpcSigner(provider, accounts[4].address);
  await provider.send("hardhat_setCode", [MULTICALL3, await multicall3(provider, richest)]);
  for (const account of [record.safe, payer.address]) {
    await provider.send("hardhat_setBalance", [account, toQuantity(parseEther("100"))]);
  }
  await provider.send("hardhat_impersonateAccount", [record.safe]);
  const safe = connectDao(record, new JsonRpcSigner(provider, record.safe));
  const dao = connectDao(record, richest);
  const { drop, governor } = record.contracts;
  const chainId = BigInt(record.chainId);

  const leaves = Array.from({ length: count }, (_, index): Leaf => {
    const evidence = id(`bought something ${index}`);
    return { index, claimant: keyOf(index).address, byKey: true, amount: PRIZE, kind: KIND, evidence };
  });
  const tree = new MerkleTree(leaves.map((leaf) => hashLeaf({ chainId, drop, campaign: CAMPAIGN }, leaf)));
  const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
  const all = PRIZE * BigInt(count);
  await safe.drop.open(CAMPAIGN, { root: tree.root, deadline: now + 60 * DAY, referralKind: 0 });
  await dao.token.approve(drop, all);
  await dao.drop.fund(CAMPAIGN, all);

  await each(count, (i) => dao.token.transfer(voterOf(i).address, parseEther("1")));
  const calls = [
    [record.contracts.governor],
    [0],
    [dao.governor.interface.encodeFunctionData("votingDelay")],
  ] as const;
  const text = "# Blend";
  await dao.governor.propose([...calls[0]], [...calls[1]], [...calls[2]], text);
  const proposalId = await dao.governor.getProposalId([...calls[0]], [...calls[1]], [...calls[2]], id(text));
  await pass(DAY + 1);

  const common = { version: 1, dao: record.slug, chainId: record.chainId } as const;
  const dropDomain = { name: "LoyaltyDrop", version: "1", chainId, verifyingContract: drop };
  const claims = await Promise.all(
    leaves.map(async (leaf, index): Promise<Claim> => {
      const account = customerOf(index);
      const message = { campaign: CAMPAIGN, index, account, referrer: ZeroAddress };
      const signature = await keyOf(index).signTypedData(dropDomain, CLAIM, message);
      const proof = tree.proof(index);
      const written = { ...leaf, amount: leaf.amount.toString() };
      return {
        kind: "claim",
        ...common,
        drop,
        campaign: CAMPAIGN,
        leaf: written,
        proof,
        account,
        referrer: null,
        signature,
      };
    }),
  );
  const [, name, version] = await dao.governor.eip712Domain();
  const domain = { name, version, chainId, verifyingContract: governor };
  const [types = {}] = BALLOTS;
  const ballots = await Promise.all(
    leaves.map(async ({ index }): Promise<Ballot> => {
      const voter = voterOf(index);
      const message = { proposalId, support: 1, voter: voter.address, nonce: 0 };
      const signature = await voter.signTypedData(domain, { ...types }, message);
      const what = { governor, proposalId: proposalId.toString(), support: "for" } as const;
      return {
        kind: "ballot",
        ...common,
        ...what,
        voter: voter.address,
        reason: "",
        signature,
      };
    }),
  );
  return { claims, ballots, proposalId };
}
