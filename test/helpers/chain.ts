import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { TransactionResponse } from "ethers";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

export type Connection = NetworkConnection;
export type Signer = HardhatEthersSigner;

/** A transaction to be sent, as `contract.someFunction.populateTransaction(...)` makes it. */
export interface Call {
  to: string;
  data: string;
  value?: bigint;
}

/** The chain that all test files share. Every test starts from a fixture on it. */
export function connect(): Promise<Connection> {
  return network.getOrCreate();
}

export const HOUR = 3_600n;
export const DAY = 24n * HOUR;

/** An amount of whole tokens, or of votes, in the smallest unit. */
export function tokens(whole: number | bigint): bigint {
  return BigInt(whole) * 10n ** 18n;
}

/** The timestamp of the newest block. */
export async function now({ networkHelpers }: Connection): Promise<bigint> {
  return BigInt(await networkHelpers.time.latest());
}

/** The gas that a transaction used. */
export async function gasOf(sent: Promise<TransactionResponse>): Promise<bigint> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("the transaction was not mined");
  return receipt.gasUsed;
}
