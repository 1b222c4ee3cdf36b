import type { FunctionFragment, Interface, ParamType, Result } from "ethers";
import { dataLength, dataSlice } from "ethers";
import { campaignName } from "../drop/campaign.js";
import { visible } from "../text.js";
import { formatAmount, formatDuration, formatPercent } from "../units.js";
import type { AddressBook } from "./book.js";
import type { KnownFunction, Unit } from "./known.js";
import { ASSET_INTERFACE, INTERFACES, knownFunction, SAFE_INTERFACE, unitsOf } from "./known.js";

/** A call as the chain sees it. */
export interface RawCall {
  readonly to: string;
  readonly data: string;
  /** Wei. */
  readonly value: bigint;
}

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
}

/** What is larger than this is no count, but an id or a hash: nobody reads it in groups of three digits. */
const LARGEST_COUNT = 10n ** 30n;

/** What decoding needs to know of a DAO. */
export interface Names {
  readonly book: AddressBook;
  /** The token's. */
  readonly symbol: string;
}

/** Reads a call back from its data. */
export function decodeCall(raw: RawCall, names: Names): DecodedCall {
  const contract = names.book.nameOf(raw.to) ?? raw.to;
  if (dataLength(raw.data) === 0) {
    return { ...raw, contract, signature: "", name: "", args: [], known: {} };
  }
  const parsed = parse(raw, names.book);
  if (parsed === undefined) {
    const signature = dataLength(raw.data) < 4 ? raw.data : dataSlice(raw.data, 0, 4);
    const data = { name: "data", type: "bytes", value: raw.data, text: raw.data };
    return { ...raw, contract, signature, name: signature, args: [data], known: {} };
  }
  const { fragment, args } = parsed;
  const found = knownFunction(contract, fragment.name);
  const units = unitsOf(found, args, (address) => names.book.contractAt(address) === "token");
  const known = { ...found, units };
  return {
    ...raw,
    contract,
    signature: fragment.format("sighash"),
    name: fragment.name,
    known,
    args: fragment.inputs.flatMap((input, i) =>
      flatten(input, args[i], input.name === "" ? i.toString() : input.name, known, names),
    ),
  };
}

/**
 * A decoded call on one line: `token.transfer(to: 0x…, value: 100 SKR)`.
 *
 * @param longest See {@link formatArgument}.
 */
export function formatCall({ contract, name, args, value }: DecodedCall, longest?: number): string {
  const sent = value === 0n ? "" : formatAmount(value, "ETH");
  if (name === "") return `send ${sent === "" ? "nothing" : sent} to ${contract}`;
  const list = args.map((argument) => formatArgument(argument, longest)).join(", ");
  return `${contract}.${name}(${list})${sent === "" ? "" : ` with ${sent}`}`;
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

/** A value in its unit, as people read it. */
export function formatUnit(value: unknown, unit: Unit, symbol: string): string {
  if (unit === "campaign") return campaignName(String(value));
  const number = BigInt(value as bigint | number);
  switch (unit) {
    case "tokens":
      return formatAmount(number, symbol);
    case "basis points":
      return formatPercent(Number(number));
    case "seconds":
      return number > BigInt(Number.MAX_SAFE_INTEGER) ? `${number} seconds` : formatDuration(Number(number));
    case "timestamp":
      return formatTimestamp(number);
  }
}

/** `2027-04-01 09:00 UTC`. */
function formatTimestamp(timestamp: bigint): string {
  if (timestamp === 0n) return "none";
  const date = new Date(Number(timestamp) * 1000);
  return Number.isNaN(date.getTime())
    ? timestamp.toString()
    : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function parse(raw: RawCall, book: AddressBook): { fragment: FunctionFragment; args: Result } | undefined {
  const contract = book.contractAt(raw.to);
  const candidates: Interface[] =
    contract !== undefined
      ? [INTERFACES[contract]]
      : book.nameOf(raw.to) === "safe"
        ? [SAFE_INTERFACE]
        : [ASSET_INTERFACE, ...Object.values(INTERFACES)];
  for (const candidate of candidates) {
    try {
      const parsed = candidate.parseTransaction({ data: raw.data });
      // What decodes but has more to it is something else than it looks like.
      if (parsed !== null && candidate.encodeFunctionData(parsed.fragment, parsed.args) === raw.data) {
        return parsed;
      }
    } catch {
      // The same selector with other arguments.
    }
  }
  return undefined;
}

/** The leaves of an argument: structs are taken apart, as what matters is inside of them. */
function flatten(
  type: ParamType,
  value: unknown,
  path: string,
  known: KnownFunction,
  names: Names,
): DecodedArgument[] {
  if (type.baseType === "tuple" && type.components !== null) {
    const fields = value as Result;
    return type.components.flatMap((component, i) =>
      flatten(component, fields[i], `${path}.${component.name}`, known, names),
    );
  }
  const plain = toPlain(value);
  return [
    {
      name: path,
      type: type.format("sighash"),
      value: plain,
      text: show(type, plain, known.units?.[path], names),
    },
  ];
}

/** A value of a type, as people read it. */
export function show(type: ParamType, value: unknown, unit: Unit | undefined, names: Names): string {
  if (unit !== undefined) return formatUnit(value, unit, names.symbol);
  if (Array.isArray(value) && type.components !== null && type.baseType === "tuple") {
    const fields = type.components.map((component, i) => show(component, value[i], undefined, names));
    return `(${fields.join(", ")})`;
  }
  if (Array.isArray(value)) {
    const inner = type.arrayChildren;
    const shown = value.map((item) => (inner === null ? String(item) : show(inner, item, undefined, names)));
    return `[${shown.join(", ")}]`;
  }
  if (type.type === "address") return names.book.show(String(value));
  if (type.type === "string") return quoted(String(value));
  if (typeof value === "bigint") return value < LARGEST_COUNT ? value.toLocaleString("en") : value.toString();
  return String(value);
}

/** A text in quotes, as a terminal can show it. */
function quoted(text: string): string {
  return visible(JSON.stringify(text));
}

/** Without ethers' wrapping of lists. */
function toPlain(value: unknown): unknown {
  return Array.isArray(value) ? Array.from(value as unknown[], toPlain) : value;
}
