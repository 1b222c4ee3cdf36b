import type { ParamType } from "ethers";
import { dataLength, decodeBytes32String, id, Interface, keccak256, MaxUint256, ZeroHash } from "ethers";
import { campaignName } from "../drop/campaign.js";
import { ideaName } from "../ideas/names.js";
import { CHOICES, COUNTINGS } from "../ideas/choices.js";
import { conditionsInWords } from "../pass/conditions.js";
import { LABEL_LANGUAGES } from "../pass/choices.js";
import { PUBLIC_ROLE, ROLES } from "../roles.js";
import { oneLine, visible } from "../text.js";
import type { Asset } from "../token/asset.js";
import { formatAmount, formatDuration, formatPercent, TOKEN_DECIMALS } from "../units.js";
import type { AddressBook } from "./book.js";
import type { Meaning, Unit } from "./known.js";

/**
 * What a value is shown as: in a unit, in that of a token, as what its number is that of, or as functions of a contract, by their
 * selectors.
 */
export type ShownAs = Unit | Asset | Meaning | Interface;

/** Of bytes that nobody can read, as many are shown. */
const LONGEST_BYTES = 132;

/** What is larger than this is no count, but an id or a hash: nobody reads it in groups of three digits. */
const LARGEST_COUNT = 10n ** 30n;

/** What decoding needs to know of a DAO. */
export interface Names {
  readonly book: AddressBook;
  /** The token's. */
  readonly symbol: string;
  /** Of other tokens, by their addresses, where they are at hand. */
  readonly assets?: ReadonlyMap<string, Asset>;
  /** Of kinds of badges, by their numbers, where they are at hand. */
  readonly kinds?: ReadonlyMap<number, string>;
}

/** A value in its unit, as people read it. */
export function formatUnit(value: unknown, unit: Unit | Asset, symbol: string): string {
  if (unit === "campaign") return campaignName(String(value));
  const number = BigInt(value as bigint | number);
  if (typeof unit === "object") return formatTokens(number, unit.symbol, unit.decimals);
  switch (unit) {
    case "tokens":
      return formatTokens(number, symbol, TOKEN_DECIMALS);
    case "basis points":
      return formatPercent(Number(number));
    case "seconds":
      return number > BigInt(Number.MAX_SAFE_INTEGER) ? `${number} seconds` : formatDuration(Number(number));
    case "timestamp":
      return formatTimestamp(number);
  }
}

function formatTokens(amount: bigint, symbol: string, decimals: number): string {
  return amount === MaxUint256 ? `unlimited ${symbol}` : formatAmount(amount, symbol, decimals);
}

/** `STEWARD (2)`; a role that has no name by its number. */
function roleName(role: bigint): string {
  const name = Object.entries(ROLES).find(([, id]) => id === role)?.[0];
  if (role === PUBLIC_ROLE) return "everybody";
  return name === undefined ? role.toString() : `${name} (${role})`;
}

/** Roles of a timelock, by their ids. */
const TIMELOCK_ROLES = new Map([
  [ZeroHash, "ADMIN"],
  ...["PROPOSER", "EXECUTOR", "CANCELLER"].map((name) => [id(`${name}_ROLE`), name] as const),
]);

/** `2027-04-01 09:00 UTC`. */
function formatTimestamp(timestamp: bigint): string {
  if (timestamp === 0n) return "none";
  const date = new Date(Number(timestamp) * 1000);
  return Number.isNaN(date.getTime())
    ? timestamp.toString()
    : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A value of a type, as people read it. */
export function show(type: ParamType, value: unknown, shownAs: ShownAs | undefined, names: Names): string {
  if (shownAs instanceof Interface) return functionNames([value].flat().map(String), shownAs);
  switch (shownAs) {
    case undefined:
      break;
    case "kind":
      return kindName(Number(value), names);
    case "badge":
      return [value]
        .flat()
        .map((each) => `#${String(each)}`)
        .join(", ");
    case "role":
      return roleName(value as bigint);
    case "timelock role":
      return TIMELOCK_ROLES.get(String(value)) ?? String(value);
    case "idea":
      return [value]
        .flat()
        .map((each) => ideaName(each as bigint))
        .join(", ");
    case "counting":
      return nth(COUNTINGS, value);
    case "choice":
      return nth(CHOICES, value);
    case "language":
      return nth(LABEL_LANGUAGES, value);
    case "colour":
      return `#${Number(value).toString(16).padStart(6, "0")}`;
    case "conditions":
      return conditionsInWords(value, (number) => kindName(number, names));
    case "short text":
      return shortText(String(value));
    default:
      return formatUnit(value, shownAs, names.symbol);
  }
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
  if (type.type === "bytes") return shortBytes(String(value));
  if (typeof value === "bigint") return value < LARGEST_COUNT ? value.toLocaleString("en") : value.toString();
  return String(value);
}

/** What a choice is called that a contract names by its place. */
function nth(choices: readonly string[], value: unknown): string {
  return choices[Number(value)] ?? `${String(value)}, which there isn't`;
}

/** What 32 bytes say, where they are a text and zeros behind it; or themselves. */
function shortText(bytes: string): string {
  try {
    return bytes === ZeroHash ? "none" : quoted(decodeBytes32String(bytes));
  } catch {
    return bytes;
  }
}

/** `2 (レビュー)`, or the number alone where its name isn't at hand. */
function kindName(kind: number, { kinds }: Names): string {
  if (kinds === undefined || kind === 0) return kind === 0 ? "none" : kind.toString();
  const name = kinds.get(kind);
  return name === undefined ? `${kind}, which there isn't` : `${kind} (${oneLine(name)})`;
}

/** `mint (0x40c10f19)`; nobody knows functions by their selectors. */
function functionNames(selectors: readonly string[], contract: Interface): string {
  const named = selectors.map((selector) => {
    const found = contract.getFunction(selector);
    return found === null ? `${selector}, which it doesn't have` : `${found.name} (${selector})`;
  });
  return `[${named.join(", ")}]`;
}

/** Of texts, as many characters are shown: as many as anybody reads. */
const LONGEST_TEXT = 4_000;

/** More spaces than these, one after the other, would have a terminal show what follows as a line of its own. */
const MANY_SPACES = /\p{Zs}{8,}/gu;

/** A text in quotes, as a terminal can show it; of one that nobody reads to its end, its beginning and what it is known by. */
function quoted(text: string): string {
  const whole = JSON.stringify(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
  const shown = visible(whole).replaceAll(MANY_SPACES, ({ length }) => ` (${length} spaces) `);
  return text.length > LONGEST_TEXT
    ? `${shown}… (${text.length.toLocaleString("en")} characters with the hash ${id(text)})`
    : shown;
}

/** Bytes, and where they are many, their first ones, and what they are known by. */
export function shortBytes(data: string): string {
  const length = dataLength(data);
  if (length <= LONGEST_BYTES) return data;
  return `${data.slice(0, 2 + 2 * LONGEST_BYTES)}… (${length.toLocaleString("en")} bytes with the hash ${keccak256(data)})`;
}
