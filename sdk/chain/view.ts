import type { Interface, ParamType } from "ethers";
import { FunctionFragment } from "ethers";
import { addressWord, decode, readerOf, WORD } from "./abi.js";

/** One call of a view function. */
export interface Read {
  readonly address: string;
  readonly interface: Interface;
  readonly name: string;
  readonly args?: readonly unknown[];
  /** How many bytes it returns at most, where that is known of a text; a guess by which reads are put together. */
  readonly bytes?: number;
}

/** How a view function is called, and what it returns. Digits are without `0x`. */
export interface View {
  /** @throws TypeError for arguments that aren't of the function's types. */
  readonly encode: (args: readonly unknown[]) => string;
  /**
   * The only value that it returns, or all of them; see {@link readerOf}.
   *
   * @throws RangeError if the data isn't what the function returns.
   */
  readonly decode: (digits: string) => unknown;
  /** How many it returns; undefined where that depends on what. */
  readonly bytes: number | undefined;
}

const known = new WeakMap<Interface, Map<string, View>>();

/**
 * @param count How many arguments it takes: there may be two functions of a name.
 * @throws TypeError if there is no such function, or more than one.
 */
export function viewOf(contract: Interface, name: string, count: number): View {
  const views = known.get(contract) ?? new Map<string, View>();
  known.set(contract, views);
  const key = `${name}/${count}`;
  let view = views.get(key);
  if (view === undefined) views.set(key, (view = makeView(contract, functionOf(contract, name, count))));
  return view;
}

function functionOf(contract: Interface, name: string, count: number): FunctionFragment {
  // Not its own ways to find one, which sort all functions first.
  const found = contract.fragments.filter(
    (fragment): fragment is FunctionFragment =>
      FunctionFragment.isFragment(fragment) && fragment.name === name && fragment.inputs.length === count,
  );
  const [fragment] = found;
  if (fragment !== undefined && found.length === 1) return fragment;
  throw new TypeError(`There is no one function ${name} that takes ${count}`);
}

function makeView(contract: Interface, fragment: FunctionFragment): View {
  const reader = readerOf(fragment.outputs);
  const selector = fragment.selector.slice(2);
  const words = fragment.inputs.map(wordWriter);
  return {
    encode: (args) => {
      const written = args.length === words.length ? args.map((arg, i) => words[i]?.(arg)) : [undefined];
      // What isn't as usual: ethers encodes it, or says what is wrong.
      if (written.includes(undefined)) return contract.encodeFunctionData(fragment, args).slice(2);
      return selector + written.join("");
    },
    decode: (digits) => {
      const values = decode(reader, `0x${digits}`);
      return values.length === 1 ? values[0] : values;
    },
    bytes: reader.dynamic ? undefined : reader.digits / 2,
  };
}

/** Writes a value of one word; undefined for any other, and for what isn't sure to be right. */
function wordWriter({ type }: ParamType): (value: unknown) => string | undefined {
  if (type === "address") {
    return (value) =>
      typeof value === "string" && /^0x[0-9a-f]{40}$/iu.test(value) ? addressWord(value) : undefined;
  }
  const [, size] = /^uint(\d+)$/u.exec(type) ?? [];
  if (size === undefined) return () => undefined;
  return (value) => {
    if (typeof value !== "bigint" && !Number.isSafeInteger(value)) return undefined;
    const number = BigInt(value as bigint | number);
    return number >= 0n && number >> BigInt(size) === 0n
      ? number.toString(16).padStart(WORD, "0")
      : undefined;
  };
}
