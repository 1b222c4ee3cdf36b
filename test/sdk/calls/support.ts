import { AddressBook } from "../../../sdk/calls/book.js";
import type { RawCall } from "../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { DAO_CONTRACTS, type DaoContract } from "../../../sdk/daoRecord.js";

/** An address for each number, all different. */
export const address = (i: number) => `0x${"0".repeat(38)}${(i + 16).toString(16)}`;
export const contracts = Object.fromEntries(DAO_CONTRACTS.map((name, i) => [name, address(i)])) as Record<
  DaoContract,
  string
>;
export const SAFE = address(20);
export const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
export const book = new AddressBook({ contracts, factory: address(21) }, SAFE);
export const names = { book, symbol: "BLUE" };

/** A call of one of the DAO's contracts. */
export function encode(contract: DaoContract, name: string, args: readonly unknown[], value = 0n): RawCall {
  return { to: contracts[contract], data: INTERFACES[contract].encodeFunctionData(name, args), value };
}
