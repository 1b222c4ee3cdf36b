import type { Provider } from "ethers";
import { formatUnits, parseUnits } from "ethers";
import { KyosoError } from "../errors.js";
import { quote } from "../units.js";

const GWEI = 1_000_000_000n;

/**
 * What a node may ask for above the base fee without being doubted: a chain that has little to go by asks for what CreateX's
 * deployment pays, which was signed once for all chains. It holds whatever the node says of the base fee, which it could have made up
 * as well.
 */
const HIGHEST_TIP = 100n * GWEI;
/** No chain has asked for as much for longer than moments. */
const HIGHEST_FEE = 10_000n * GWEI;

/** What a unit of gas may cost, in wei. */
export interface Fees {
  /** At most, all in all. */
  readonly fee: bigint;
  /** Above the base fee; the same as `fee` on a chain without one. */
  readonly tip: bigint;
  /** Whether the chain has a base fee (EIP-1559). */
  readonly base: bigint | undefined;
}

/**
 * What a node says that gas costs, doubled in what is only an upper bound, so that it holds while the chain gets busier.
 *
 * @param most What the sender wants to pay for a unit of gas at most; without it, what is far beyond the usual is refused.
 * @throws KyosoError where it is more, or isn't to be believed.
 */
export async function readFees(provider: Provider, most: bigint | undefined): Promise<Fees> {
  const [block, data] = await Promise.all([provider.getBlock("latest"), provider.getFeeData()]);
  const base = block?.baseFeePerGas ?? undefined;
  const tip = base === undefined ? (data.gasPrice ?? 0n) : (data.maxPriorityFeePerGas ?? 0n);
  const fee = base === undefined ? tip : 2n * base + tip;
  const least = base ?? tip;
  if (most !== undefined) {
    if (least > most) {
      throw KyosoError.of("fee.above-most", {
        data: { fee: least, most },
        place: "--max-fee",
        message: `A unit of gas costs ${inGwei(least)} at present, and you want to pay ${inGwei(most)} at most`,
        remedy: "Wait until the chain is less busy, or allow more.",
      });
    }
    const bounded = fee < most ? fee : most;
    return { base, fee: bounded, tip: tip < bounded ? tip : bounded };
  }
  const usual = base === undefined ? HIGHEST_FEE : HIGHEST_TIP;
  if (tip > usual || least > HIGHEST_FEE) {
    throw KyosoError.of("fee.beyond-usual", {
      data: { fee, base: base ?? null },
      place: "node",
      message: `It asks for ${inGwei(tip)} a unit of gas${base === undefined ? "" : `, above a base fee of ${inGwei(base)}`}: far beyond what is usual`,
      remedy: `Nothing was sent. If the chain really costs so much, say what you want to pay at most: --max-fee "${inGwei(fee)}". If it doesn't, use another node.`,
    });
  }
  return { base, fee, tip };
}

/** A share by which pools want a fee to be raised before they take a transaction in place of another one, and a little. */
const RAISE = 130n;
/** How many times the first fee a transaction may come to cost, where nobody has said what it may cost at most. */
const RAISED_AT_MOST = 4n;

/**
 * The next higher fee with which a transaction takes the place of itself.
 *
 * @param now What the node says that gas costs now.
 * @returns Undefined where that would be more than is wanted.
 */
export function raised(
  last: { readonly fee: bigint; readonly tip: bigint },
  first: { readonly fee: bigint },
  now: Fees,
  most: bigint | undefined,
): Fees | undefined {
  // Not what the node says now: it could hold the transaction back, and then ask for any fee.
  const limit = most ?? mostRaised(first.fee);
  const fee = larger((last.fee * RAISE) / 100n + 1n, now.fee);
  const tip = larger((last.tip * RAISE) / 100n + 1n, now.tip);
  return fee > limit ? undefined : { fee, tip: tip < fee ? tip : fee, base: now.base };
}

/** What a unit of gas may come to cost, in wei, where a transaction that is stuck is made anew with higher fees. */
export function mostRaised(first: bigint): bigint {
  return first * RAISED_AT_MOST;
}

/**
 * Reads a price of a unit of gas.
 *
 * @throws KyosoError for what isn't one with its unit.
 */
export function parseGasPrice(text: string, place: string): bigint {
  const [, number] = /^\s*(\d{1,12}(?:\.\d{1,9})?)\s*gwei\s*$/iu.exec(text) ?? [];
  if (number !== undefined) return parseUnits(number, "gwei");
  throw KyosoError.of("fee.unreadable", {
    data: { text },
    place,
    message: `${quote(text)} isn't a price of a unit of gas`,
    remedy: 'Write it in gwei, such as "1.5 gwei".',
  });
}

/** A price of gas as people write it: `1.5 gwei`. */
export function inGwei(wei: bigint): string {
  return `${formatUnits(wei, "gwei").replace(/\.0$/u, "")} gwei`;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
