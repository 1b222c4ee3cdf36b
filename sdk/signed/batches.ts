import { dataLength, getBytes } from "ethers";
import { MOST_CALLDATA, TRANSACTION_GAS_CAP } from "../chain/limits.js";

/** What any transaction costs. */
const BASE_GAS = 21_000n;

/** Something signed that was found valid, and how much gas it may use. */
export interface Limited {
  readonly gas: bigint;
}

/** What goes into one transaction, each with the same limit of gas. */
export interface Limits<Item extends Limited> {
  readonly items: readonly Item[];
  /** How much each may use. */
  readonly gas: bigint;
}

/** How a contract takes many at once. */
export interface Taking<Item extends Limited> {
  readonly encode: (items: readonly Item[], gas: bigint) => string;
  /** What it needs around each. */
  readonly around: bigint;
}

/**
 * Cuts what is signed into batches that fit into a transaction by their gas and their length, whatever the signers' wallets do:
 * each could use all the gas that it is given. Those that need most come last, so that the others needn't be given as much.
 */
export function cutIntoBatches<Item extends Limited>(
  items: readonly Item[],
  { encode, around }: Taking<Item>,
): Limits<Item>[] {
  const batches: { items: Item[]; gas: bigint; calldata: bigint; bytes: number }[] = [];
  for (const item of [...items].sort((a, b) => Number(a.gas - b.gas))) {
    const last = batches.at(-1);
    // Alone it has more around it than among others.
    const data = encode([item], item.gas);
    const alone = { calldata: calldataGas(data), bytes: dataLength(data) };
    const calldata = (last?.calldata ?? 0n) + alone.calldata;
    const bytes = (last?.bytes ?? 0) + alone.bytes;
    if (
      last !== undefined &&
      bytes <= MOST_CALLDATA &&
      gasFor(calldata, last.items.length + 1, item.gas, around) <= TRANSACTION_GAS_CAP
    ) {
      last.items.push(item);
      last.gas = item.gas;
      last.calldata = calldata;
      last.bytes = bytes;
    } else {
      batches.push({ items: [item], gas: item.gas, ...alone });
    }
  }
  return batches;
}

/** What a transaction with a batch needs at most. */
export function gasOfBatch(data: string, count: number, gas: bigint, around: bigint): bigint {
  return gasFor(calldataGas(data), count, gas, around);
}

/** What a transaction needs at most that has `data`, and uses as much gas as is given beside that. */
export function gasOfCall(data: string, gas: bigint): bigint {
  return BASE_GAS + calldataGas(data) + gas;
}

function gasFor(calldata: bigint, count: number, gas: bigint, around: bigint): bigint {
  return BASE_GAS + calldata + BigInt(count) * (gas + around) + gas / 63n;
}

/** What data costs at most: the floor of EIP-7623, which is more than what it usually costs. */
function calldataGas(data: string): bigint {
  return BigInt(getBytes(data).reduce((gas, byte) => gas + (byte === 0 ? 10 : 40), 0));
}
