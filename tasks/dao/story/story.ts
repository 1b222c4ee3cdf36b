import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BaseWallet } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { Plan } from "../../../sdk/calls/plan.js";
import type { BrandConfig } from "../../../sdk/config/schema.js";
import type { Dao } from "../../../sdk/dao.js";
import type { Addresses, ImplementationName } from "../../../sdk/implementations.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSafe } from "../../../sdk/node/execute/safe.js";
import { type LiveDao, openDao } from "../../../sdk/live.js";
import type { DaoRecord } from "../../../sdk/daoRecord.js";
import { formatAddress, formatAmount } from "../../../sdk/units.js";
import { print, roughly, styled } from "../../output.js";

export const BRAND = "sakura-coffee";

/** What all chapters of the demo's story share: a DAO that is live, and its people. */
export interface Story {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection;
  readonly launcher: HardhatEthersSigner;
  readonly brand: BrandConfig;
  readonly implementations: Addresses<ImplementationName>;
  readonly record: DaoRecord;
  readonly dao: Dao;
  /** The owners of the Safe who sign. */
  readonly signers: readonly string[];
  /** Names of those whom the story has told of, by address; chapters add to it. */
  readonly names: Map<string, string>;
  /** Keys of customers who have made an account in the story, by its address. */
  readonly wallets: Map<string, BaseWallet>;
}

/** The DAO as the SDK reads it. */
export function live({ record, connection }: Story): Promise<LiveDao> {
  return openDao(record, connection.ethers.provider, connection.provider);
}

export async function signerOf({ connection }: Story, address: string): Promise<HardhatEthersSigner> {
  const signer = (await connection.ethers.getSigners()).find((account) => account.address === address);
  if (signer === undefined)
    throw KyosoError.of("demo.broken", {
      data: { detail: `The chain has no key for ${address}` },
      message: `The chain has no key for ${address}`,
    });
  return signer;
}

export function nameOf({ names }: Story, address: string): string {
  return names.get(address) ?? `new customer ${formatAddress(address)}`;
}

export function amountOf({ brand }: Story, value: bigint): string {
  return formatAmount(value, brand.token.symbol);
}

/** An amount that is cut off after the second decimal, to be read. */
export function toBeRead(value: bigint): bigint {
  return value - (value % 10n ** 16n);
}

export function asSafe({ connection, record, signers }: Story, plan: Plan) {
  return executeAsSafe(plan, connection.ethers.provider, connection.provider, {
    address: record.safe,
    owners: signers,
  });
}

/** Lets time pass, and says so. */
export async function pass({ connection }: Story, seconds: bigint | number, what: string): Promise<void> {
  await connection.networkHelpers.time.increase(seconds);
  print(styled("dim", `  … ${roughly(Number(seconds))} later: ${what}`));
}

export function plural(count: bigint | number, noun: string): string {
  return `${count} ${noun}${BigInt(count) === 1n ? "" : "s"}`;
}
