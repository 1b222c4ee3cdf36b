import { concat, dataLength, getAddress, getBytes, hexlify, solidityPacked, toBigInt } from "ethers";
import type { RawCall } from "./raw.js";
import { readExactly } from "./canonical.js";
import { FOREIGN } from "./known.js";

/** Bytes before the data of each call that MultiSend makes: operation, address, value, length. */
const HEAD = 1 + 20 + 32 + 32;

/** More calls than fit a transaction, whatever they are. */
export const MOST_BUNDLED = 1_000;

/**
 * The contracts that Safes bundle their calls with, of versions 1.3.0 (twice), 1.4.1 and 1.5.0: the same on all chains. Safe's
 * own list says so (@safe-global/safe-deployments).
 */
export const MULTI_SENDS: readonly string[] = [
  "0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761",
  "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D",
  "0x998739BFdAAdde7C933B942a68053933098f9EDa",
  "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B",
  "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526",
  "0x9641d764fc13c8B624c04430C7356C1C7C8102e2",
  "0x218543288004CD07832472D464648173c77D7eB7",
  "0xA83c336B20401Af773B6219BA5027174338D1836",
];

/** A call of a bundle; 1 for a delegatecall, which runs foreign code in the name of whoever makes it. */
export type BundledCall = RawCall & { readonly operation: number };

/** The data with which MultiSend makes calls, one after the other. */
export function encodeMultiSend(calls: readonly RawCall[]): string {
  const packed = calls.map(({ to, value, data }) =>
    solidityPacked(
      ["uint8", "address", "uint256", "uint256", "bytes"],
      [0, to, value, dataLength(data), data],
    ),
  );
  return FOREIGN.safe.encodeFunctionData("multiSend", [concat(packed)]);
}

/**
 * Takes a bundle apart.
 *
 * @returns Undefined where it isn't exactly what MultiSend reads, or has more calls than any transaction can make.
 */
export function parseMultiSend(data: string): BundledCall[] | undefined {
  const read = readExactly(FOREIGN.safe, data);
  return read?.fragment.name === "multiSend" ? unpackBundle(String(read.args[0])) : undefined;
}

/** As {@link parseMultiSend}, of what the function takes. */
export function unpackBundle(transactions: string): BundledCall[] | undefined {
  const packed = getBytes(transactions);
  const calls: BundledCall[] = [];
  for (let at = 0; at < packed.length;) {
    const part = (from: number, length: number) => packed.subarray(at + from, at + from + length);
    const length = at + HEAD > packed.length ? undefined : toBigInt(part(53, 32));
    if (length === undefined || BigInt(at + HEAD) + length > BigInt(packed.length)) return undefined;
    if (calls.length === MOST_BUNDLED) return undefined;
    calls.push({
      operation: part(0, 1)[0] ?? 0,
      to: getAddress(hexlify(part(1, 20))),
      value: toBigInt(part(21, 32)),
      data: hexlify(part(HEAD, Number(length))),
    });
    at += HEAD + Number(length);
  }
  return calls;
}
