import {
  type Addressable,
  Contract,
  Interface,
  resolveAddress,
  type TransactionResponse,
  ZeroHash,
} from "ethers";
import { connect, type Connection, type Signer, tokens } from "./chain.js";
import { type DAO, kindConfig, launchDAO } from "./dao.js";
import { travelTo } from "./proposal.js";

const ERC20 = new Interface([
  "function approve(address spender, uint256 value)",
  "function balanceOf(address account) view returns (uint256)",
]);

/** Moves on to the first second of a season. */
export async function enterSeason({ badge }: DAO, season: bigint): Promise<void> {
  const { start } = await badge.seasonBounds(season);
  await travelTo(start);
}

/** The first second in which the reward of a season can be claimed, and the first in which it can't any more. */
export async function claimTimes({ badge }: DAO, season: bigint): Promise<{ opens: bigint; closes: bigint }> {
  const { end } = await badge.seasonBounds(season);
  const next = await badge.seasonBounds(season + 1n);
  return { opens: end + (await badge.disputeWindow()), closes: next.end };
}

/** Moves on to the first second in which the reward of a season can be claimed. */
export async function openClaims(dao: DAO, season: bigint): Promise<void> {
  await travelTo((await claimTimes(dao, season)).opens);
}

/** Sends a transaction in a block of exactly this timestamp. */
export async function sendAt(
  timestamp: bigint,
  send: () => Promise<TransactionResponse>,
): Promise<TransactionResponse> {
  const { networkHelpers } = await connect();
  await networkHelpers.time.setNextBlockTimestamp(timestamp);
  return send();
}

/** Has the Safe award `count` badges of a kind. */
export async function award(
  { asSafe, badge }: DAO,
  kind: bigint,
  account: string | Addressable,
  count = 1,
): Promise<void> {
  const accounts = Array<string>(count).fill(await resolveAddress(account));
  const hashes = accounts.map(() => ZeroHash);
  await asSafe(await badge.awardBatch.populateTransaction(kind, accounts, hashes, ""));
}

/** Has the Safe revoke a badge of a kind without votes. */
export async function revoke({ asSafe, badge }: DAO, id: bigint): Promise<void> {
  await asSafe(await badge.revoke.populateTransaction(id, "by mistake"));
}

/** Adds to what a season shares, from an account that has the tokens. */
export async function fundSeason(
  { rewards }: DAO,
  funder: Signer,
  season: bigint,
  token: Addressable,
  amount: bigint,
): Promise<TransactionResponse> {
  const data = ERC20.encodeFunctionData("approve", [await rewards.getAddress(), amount]);
  await funder.sendTransaction({ to: token, data });
  return rewards.connect(funder).fund(season, token, amount);
}

/** Deploys one of the test tokens, of which each of `holders` has 1,000,000. */
export async function deployToken(name: string, holders: (string | Addressable)[]): Promise<Contract> {
  const { ethers } = await connect();
  return ethers.deployContract(name, [holders, tokens(1_000_000)]);
}

export async function balanceOf(token: Addressable, account: string | Addressable): Promise<bigint> {
  const { ethers } = await connect();
  const contract = new Contract(await token.getAddress(), ERC20, ethers.provider);
  return (await contract.getFunction("balanceOf").staticCall(account)) as bigint;
}

/** A DAO, and a token that is no more than an ERC-20. */
export interface FundedDAO extends DAO {
  plain: Contract;
}

/** The only kind of {@link launchWithBudget}: badges of ten points. */
export const TEN = 1n;

/** Season 1: 1,000 to share; 30 points of the member (badges 1 to 3) and 10 of another (badge 4). */
export async function launchWithBudget(connection: Connection): Promise<FundedDAO> {
  const dao = await launchDAO(connection, { kinds: [kindConfig({ points: 10n })] });
  const plain = await deployToken("PlainToken", [dao.stranger]);
  await award(dao, TEN, dao.member, 3);
  await award(dao, TEN, dao.other);
  await fundSeason(dao, dao.stranger, 1n, plain, 1_000n);
  return { ...dao, plain };
}
