import type { JsonRpcProvider } from "ethers";
import { dataSlice, getAddress, id, Interface, parseEther, toQuantity, ZeroHash } from "ethers";
import { connectDao } from "../sdk/dao.js";
import { ROLES } from "../sdk/roles.js";
import type { BrandTree } from "../test/integration/support.js";
import { accounts, launcher, type LiveNode } from "../test/integration/support.js";

/** How many vote on each proposal. */
export const VOTERS = 20;
/** How many empty blocks come after the history: more than may still change, so that all of it is kept. */
export const SETTLED = 64;

const PER_AWARD = 200;
const DAY = 86_400;

/** How many transactions are under way at once while the history is made. */
const AT_ONCE = 40;

/** What the brand file of a DAO has that has a long history. */
export function longLived(tree: BrandTree): void {
  tree.governance.votingDelay = "1 day";
  tree.governance.votingPeriod = "30 days";
  Object.assign(tree.badges, { pointsPerSeason: "1,000,000" });
}

export function member(i: number): string {
  return getAddress(dataSlice(id(`member ${i}`), 12));
}

function voter(i: number): string {
  return getAddress(dataSlice(id(`voter ${i}`), 12));
}

/** Lets the node send for an account, and gives it the gas for it. */
async function unlock(provider: JsonRpcProvider, account: string): Promise<void> {
  await provider.send("hardhat_impersonateAccount", [account]);
  await provider.send("hardhat_setBalance", [account, toQuantity(parseEther("100"))]);
}

/** Does `work` for 0 to `count` - 1, some at once. */
async function each(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Size {
  readonly proposals: number;
  readonly badges: number;
}

/** Makes a history: proposals, each with a vote of every voter, and badges. */
export async function makeHistory(live: LiveNode, { proposals, badges }: Size): Promise<void> {
  const { node, record, pass } = live;
  const { provider } = node;
  const dao = connectDao(record, provider);
  const holder = accounts[4].address;
  const token = dao.token.interface;
  for (let i = 0; i < VOTERS; i++) {
    await unlock(provider, voter(i));
    const data = token.encodeFunctionData("transfer", [voter(i), parseEther("1000")]);
    await sendAs(live, holder, record.contracts.token, data);
  }
  const ids = await propose(live, 0, proposals);
  await pass(DAY + 2 * proposals);
  const governor = dao.governor.interface;
  await each(proposals * VOTERS, (i) => {
    const proposal = ids[Math.floor(i / VOTERS)] ?? 0n;
    const data = governor.encodeFunctionData("castVoteWithReason", [
      proposal,
      i % 3 === 0 ? 0 : 1,
      "賛成です",
    ]);
    return sendAs(live, voter(i % VOTERS), record.contracts.governor, data);
  });

  // The Safe's own work is not what is measured here.
  await unlock(provider, record.safe);
  const badge = dao.badge.interface;
  for (let i = 0; i < badges; i += PER_AWARD) {
    const members = Array.from({ length: Math.min(PER_AWARD, badges - i) }, (_, j) => member(i + j));
    const data = badge.encodeFunctionData("awardBatch", [1, members, members.map(id), ""]);
    await sendAs(live, record.safe, record.contracts.badge, data);
  }
  const manager = new Interface([
    "function grantRole(uint64 roleId, address account, uint32 executionDelay)",
  ]);
  await sendAs(
    live,
    record.safe,
    record.contracts.manager,
    manager.encodeFunctionData("grantRole", [ROLES.ISSUER, launcher.address, 0]),
  );
  await settle(live);
}

/** Proposals number `from` + 1 and so on. @returns Their ids. */
export async function propose(live: LiveNode, from: number, count: number): Promise<bigint[]> {
  const { governor } = live.record.contracts;
  const dao = connectDao(live.record, live.node.provider);
  const call = dao.governor.interface.encodeFunctionData("setVotingDelay", [DAY]);
  const texts = Array.from(
    { length: count },
    (_, i) => `# 提案 ${from + i + 1}\n\n夏の限定ブレンドについて。`,
  );
  await each(count, (i) => {
    const args: [string[], number[], string[], string] = [[governor], [0], [call], texts[i] ?? ""];
    const data = dao.governor.interface.encodeFunctionData("propose", args);
    return sendAs(live, accounts[4].address, governor, data);
  });
  return Promise.all(texts.map((text) => dao.governor.getProposalId([governor], [0], [call], id(text))));
}

/** How many ideas each member supports: as many as one may. */
export const SUPPORTED = 10;

/**
 * Makes a call for ideas, which is the DAO's first: each member of {@link makeHistory} puts one forward, and supports
 * {@link SUPPORTED}. It is open to support still.
 */
export async function makeCall(live: LiveNode, ideas: number): Promise<void> {
  const { record, node, pass } = live;
  const board = connectDao(record, node.provider).board.interface;
  const to = record.modules?.board ?? "";
  const terms = {
    question: "次の季節のブレンドは？",
    rulesURI: "",
    rulesHash: ZeroHash,
    ideasFor: 30 * DAY,
    supportFor: 30 * DAY,
    ideasPerMember: 1,
    winners: 3,
    // One member, one voice; up to ten ideas each.
    counting: 1,
    choice: 0,
    memberDays: 0,
    badgeKind: 0,
    options: [],
  };
  await sendAs(live, record.safe, to, board.encodeFunctionData("open", [terms]));
  await each(ideas, async (i) => {
    await unlock(node.provider, member(i));
    const data = board.encodeFunctionData("submit", [1, `ブレンド案 ${i + 1}`, "", ZeroHash]);
    await sendAs(live, member(i), to, data);
  });
  await pass(30 * DAY + 1);
  await each(ideas, (i) => {
    // Some ideas are liked by many, and most by few.
    const liked = Array.from({ length: SUPPORTED }, (_, j) =>
      j === 0 ? i : Math.floor(ideas * (((i * (j + 7)) % ideas) / ideas) ** 3),
    );
    const numbers = [...new Set(liked)].map((index) => (1n << 16n) | BigInt(index));
    return sendAs(live, member(i), to, board.encodeFunctionData("support", [numbers]));
  });
  await settle(live);
}

/** Every reader reads the newest blocks anew. Of a history of years they have next to nothing; here they would have most. */
export async function settle({ node }: LiveNode): Promise<void> {
  await node.provider.send("hardhat_mine", [toQuantity(SETTLED)]);
}

function sendAs({ node }: LiveNode, from: string, to: string, data: string): Promise<unknown> {
  return node.provider.send("eth_sendTransaction", [{ from, to, data, gas: toQuantity(16_000_000) }]);
}
