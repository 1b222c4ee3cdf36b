import type { Interface, ParamType, Result } from "ethers";
import { dataLength, getAddress } from "ethers";
import type { Asset } from "../token/asset.js";
import { formatAmount } from "../units.js";
import type { Carried } from "./carried.js";
import { carriedBy } from "./carried.js";
import { functionOf } from "./functions.js";
import type { KnownFunction } from "./known.js";
import { INTERFACES, knownFunction, unitsOf } from "./known.js";
import type { RawCall, UnreadReason } from "./raw.js";
import type { Names, ShownAs } from "./values.js";
import { formatUnit, shortBytes, show } from "./values.js";

export type { RawCall } from "./raw.js";
export type { Names } from "./values.js";
export { formatUnit, show } from "./values.js";

/** One argument of a call, as people read it. */
export interface DecodedArgument {
  /** Path of its name: `limit.amount`; its place where it has no name. */
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly text: string;
}

/** A call read back from its data: what will happen, and not what somebody says will. */
export interface DecodedCall extends RawCall {
  /** Name of the contract, or its address. */
  readonly contract: string;
  /** `transfer(address,uint256)`; empty for a plain transfer of ETH; the selector of a function that isn't known. */
  readonly signature: string;
  /** Name of the function. */
  readonly name: string;
  readonly args: readonly DecodedArgument[];
  readonly known: KnownFunction;
  /** The calls that its data carry; undefined for one that carries none, or where they can't be told. */
  readonly carried?: CarriedCalls;
  /** Why it can't be read whole, apart from what it carries; undefined where it can. */
  readonly unread?: UnreadReason;
}

/** Calls in a call, decoded. */
export type CarriedCalls = Omit<Carried, "calls" | "when"> & {
  readonly calls: readonly DecodedCall[];
  /** The earliest moment that they can be made, or how long after this, in words; undefined where nothing says. */
  readonly when?: string;
};

/** Calls that are in calls that are in calls: as deep as anybody nests them who doesn't want to hide something. */
export const MOST_LEVELS = 8;

/** As many calls in calls as fit a transaction; those after them aren't read. */
const MOST_CALLS = 1_000;

/** Reads a call back from its data, and the calls that it carries, down to the last one. */
export function decodeCall(raw: RawCall, names: Names): DecodedCall {
  return decodeAt(raw, names, 0, { left: MOST_CALLS });
}

/** @param budget How many more calls are read of those that one call carries. */
function decodeAt(raw: RawCall, names: Names, level: number, budget: { left: number }): DecodedCall {
  const contract = names.book.nameOf(raw.to) ?? raw.to;
  if (dataLength(raw.data) === 0) {
    return { ...raw, contract, signature: "", name: "", args: [], known: {} };
  }
  if (level > MOST_LEVELS) return unreadable(raw, contract, "too deep");
  if (budget.left === 0) return unreadable(raw, contract, "too many");
  budget.left -= 1;
  const called = functionOf(raw, names.book);
  if (typeof called === "string") return unreadable(raw, contract, called);
  const { fragment, args, knownBy } = called;
  const found = knownFunction(knownBy === "standard" ? "asset" : contract, fragment.name);
  const irreversible = found.grave?.(args) ?? found.irreversible;
  const known = {
    ...found,
    ...(irreversible === undefined ? {} : { irreversible }),
    units: unitsOf(found, args, (address) => names.book.contractAt(address) === "token"),
  };
  const shownAs = {
    ...found.meanings,
    ...known.units,
    ...assetsOf(found, raw, args, names),
    ...selectorsOf(found, args, names),
  };
  const carried = carriedBy(called, raw, names.book);
  const unread = typeof carried === "string" ? carried : knownBy === "likeness" ? knownBy : undefined;
  return {
    ...raw,
    contract,
    signature: fragment.format("sighash"),
    name: fragment.name,
    known,
    args: fragment.inputs.flatMap((input, i) => {
      const path = input.name === "" ? i.toString() : input.name;
      // What it carries is shown as the calls that it is.
      if (typeof carried === "object" && carried.args.includes(path)) return [asCarried(input, args[i])];
      return flatten(input, args[i], path, shownAs, names);
    }),
    ...(carried === undefined || typeof carried === "string"
      ? {}
      : { carried: decodeCarried(carried, args, names, level, budget) }),
    ...(unread === undefined ? {} : { unread }),
  };
}

function decodeCarried(
  { calls, when, ...rest }: Carried,
  args: Result,
  names: Names,
  level: number,
  budget: { left: number },
): CarriedCalls {
  const time: unknown = when === undefined ? undefined : args.getValue(when.argument);
  return {
    ...rest,
    calls: calls.map((each) => decodeAt(each, names, level + 1, budget)),
    ...(when === undefined || time === 0n ? {} : { when: formatUnit(time, when.unit, names.symbol) }),
  };
}

/** Amounts of tokens other than the brand's, where they are at hand: by the paths of the arguments. */
function assetsOf(
  { amountsOf = {} }: KnownFunction,
  { to }: RawCall,
  args: Result,
  { assets, book }: Names,
): Readonly<Record<string, Asset>> {
  if (assets === undefined) return {};
  const own = book.nameOf(to) === undefined ? assets.get(getAddress(to)) : undefined;
  const others = Object.entries(amountsOf).flatMap(([amount, token]) => {
    const asset = assets.get(String(args.getValue(token)));
    return asset === undefined ? [] : [[amount, asset] as const];
  });
  return { ...(own === undefined ? {} : { value: own }), ...Object.fromEntries(others) };
}

/** Contracts of the DAO whose functions arguments name: by the paths of the arguments. */
function selectorsOf(
  { selectorsOf: named = {} }: KnownFunction,
  args: Result,
  { book }: Names,
): Readonly<Record<string, Interface>> {
  const known = Object.entries(named).flatMap(([selectors, target]) => {
    const contract = book.contractAt(String(args.getValue(target)));
    return contract === undefined ? [] : [[selectors, INTERFACES[contract]] as const];
  });
  return Object.fromEntries(known);
}

function unreadable(raw: RawCall, contract: string, unread: UnreadReason): DecodedCall {
  const signature = dataLength(raw.data) < 4 ? raw.data : raw.data.slice(0, 10);
  const data = { name: "data", type: "bytes", value: raw.data, text: shortBytes(raw.data) };
  return { ...raw, contract, signature, name: signature, args: [data], known: {}, unread };
}

/**
 * A decoded call on one line: `token.transfer(to: 0x…, value: 100 SKR)`.
 *
 * @param longest See {@link formatArgument}.
 */
export function formatCall(call: DecodedCall, longest?: number): string {
  const { contract, name, value } = call;
  const sent = value === 0n ? "" : formatAmount(value, "ETH");
  if (name === "") return `send ${sent === "" ? "nothing" : sent} to ${contract}`;
  const list = ownArguments(call)
    .map((argument) => formatArgument(argument, longest))
    .join(", ");
  return `${contract}.${name}(${list})${sent === "" ? "" : ` with ${sent}`}`;
}

/** The arguments of a call beside those that are the calls that it carries. */
export function ownArguments({ args, carried }: DecodedCall): readonly DecodedArgument[] {
  return carried === undefined ? args : args.filter(({ name }) => !carried.args.includes(name));
}

/**
 * An argument with its name: `value: 100 SKR`.
 *
 * @param longest Of a list with more items only their number is shown: `accounts: 250 × address`.
 */
export function formatArgument({ name, type, value, text }: DecodedArgument, longest = Infinity): string {
  return Array.isArray(value) && value.length > longest
    ? `${name}: ${value.length} × ${type.replace(/\[\d*\]$/u, "")}`
    : `${name}: ${text}`;
}

function asCarried(type: ParamType, value: unknown): DecodedArgument {
  return {
    name: type.name,
    type: type.format("sighash"),
    value: toPlain(value),
    text: "the calls that it carries",
  };
}

/** The leaves of an argument: structs are taken apart, as what matters is inside of them. */
function flatten(
  type: ParamType,
  value: unknown,
  path: string,
  shownAs: Readonly<Record<string, ShownAs>>,
  names: Names,
): DecodedArgument[] {
  if (type.baseType === "tuple" && type.components !== null) {
    const fields = value as Result;
    return type.components.flatMap((component, i) =>
      flatten(component, fields[i], `${path}.${component.name}`, shownAs, names),
    );
  }
  const plain = toPlain(value);
  return [
    {
      name: path,
      type: type.format("sighash"),
      value: plain,
      text: show(type, plain, shownAs[path], names),
    },
  ];
}

/** Without ethers' wrapping of lists. */
function toPlain(value: unknown): unknown {
  return Array.isArray(value) ? Array.from(value as unknown[], toPlain) : value;
}
