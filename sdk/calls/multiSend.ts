import { concat, dataLength, dataSlice, getAddress, solidityPacked, toNumber } from "ethers";
import type { RawCall } from "./decode.js";
import { SAFE_INTERFACE } from "./known.js";

/** Bytes before the data of each call that MultiSend makes: operation, address, value, length. */
const HEAD = 1 + 20 + 32 + 32;

/** The data with which MultiSend makes calls, one after the other. */
export function encodeMultiSend(calls: readonly RawCall[]): string {
  const packed = calls.map(({ to, value, data }) =>
    solidityPacked(
      ["uint8", "address", "uint256", "uint256", "bytes"],
      [0, to, value, dataLength(data), data],
    ),
  );
  return SAFE_INTERFACE.encodeFunctionData("multiSend", [concat(packed)]);
}

/** Takes a bundle apart; undefined where it isn't exactly what MultiSend reads. */
export function parseMultiSend(data: string): (RawCall & { readonly operation: number })[] | undefined {
  try {
    const packed = String(SAFE_INTERFACE.decodeFunctionData("multiSend", data).getValue("transactions"));
    // What decodes but has more to it is something else than it looks like.
    if (SAFE_INTERFACE.encodeFunctionData("multiSend", [packed]) !== data.toLowerCase()) return undefined;
    const calls = [];
    for (let at = 0; at < dataLength(packed);) {
      const length = toNumber(dataSlice(packed, at + 53, at + HEAD));
      calls.push({
        operation: toNumber(dataSlice(packed, at, at + 1)),
        to: getAddress(dataSlice(packed, at + 1, at + 21)),
        value: BigInt(dataSlice(packed, at + 21, at + 53)),
        data: dataSlice(packed, at + HEAD, at + HEAD + length),
      });
      at += HEAD + length;
    }
    return calls;
  } catch {
    return undefined;
  }
}
