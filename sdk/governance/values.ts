import type { ParamType } from "ethers";
import { isHexString, ZeroAddress } from "ethers";
import { closest, distance } from "fastest-levenshtein";
import type { AddressBook } from "../calls/book.js";
import type { NumberUnit, Unit } from "../calls/known.js";
import type { Problem } from "../errors.js";
import { KyosoError } from "../errors.js";
import type { Asset } from "../token/asset.js";
import { parseMoment } from "../token/moment.js";
import { parseAddress, parseAmount, parseDuration, parsePercent, quote } from "../units.js";

/** What values of an action's arguments are read with. */
export interface ValueContext {
  readonly book: AddressBook;
  /** What values stand for, by the path of their name: `limit.amount`. */
  readonly units: Readonly<Record<string, Unit | Asset>>;
  /** The brand's token. */
  readonly token: Asset;
  /** What an amount may be in where nothing says what a number stands for. */
  readonly assets: readonly Asset[];
}

/** A step on the way to a value in a file. */
export type Path = readonly (string | number)[];

/** Writes down what is wrong with the value at a path. */
export type Report = (path: Path, problem: Problem) => void;

/**
 * Reads the value of an argument: text, or lists and sections of texts.
 *
 * @param name Path of the argument's name, by which its unit is known.
 * @returns What ethers encodes; anything where something was reported.
 */
export function readValue(
  type: ParamType,
  value: unknown,
  path: Path,
  name: string,
  context: ValueContext,
  report: Report,
): unknown {
  if (type.baseType === "array") return readList(type, value, path, name, context, report);
  if (type.baseType === "tuple") return readStruct(type, value, path, name, context, report);
  try {
    return readText(type, value, context.units[name], context);
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    for (const problem of error.problems) report(path, problem);
    return undefined;
  }
}

/** As {@link readValue}, of something that an address or a name of the DAO stands for. */
export function readAddress(text: string, book: AddressBook): string {
  const named = book.addressOf(text.trim());
  if (named !== undefined) return named;
  if (text.trim().toLowerCase() === "nobody") return ZeroAddress;
  if (text.trim() === ZeroAddress) {
    throw new KyosoError({
      message: "this is the zero address, which nobody holds",
      remedy: 'write "nobody" if that is meant',
    });
  }
  if (!/^[a-z]{2,}$/iu.test(text.trim())) return parseAddress(text);
  const nearest = closest(text.trim().toLowerCase(), book.names);
  const near = distance(text.trim().toLowerCase(), nearest) <= 2 ? `did you mean "${nearest}"? ` : "";
  throw new KyosoError({
    message: `${quote(text)} is no name of the DAO's`,
    remedy: `${near}The names are ${book.names.join(", ")}; anything else is written as an address`,
  });
}

/** ETH, in wei. The unit is needed. */
export function readEther(text: string): bigint {
  if (/^\s*0\s*$/u.test(text)) return 0n;
  return readAmount(text, { symbol: "ETH", decimals: 18 }, "wei");
}

function readList(
  type: ParamType,
  value: unknown,
  path: Path,
  name: string,
  context: ValueContext,
  report: Report,
): unknown {
  const { arrayChildren, arrayLength } = type;
  if (!Array.isArray(value) || arrayChildren === null) {
    report(path, {
      message: `is no list, and ${type.type} is one`,
      remedy: 'write one entry a line, each beginning with "- "',
    });
    return undefined;
  }
  if (arrayLength !== null && arrayLength >= 0 && value.length !== arrayLength) {
    report(path, {
      message: `has ${value.length} entries, and ${type.type} has ${arrayLength}`,
      remedy: `write ${arrayLength} entries`,
    });
  }
  return value.map((item, i) =>
    readValue(arrayChildren, item, [...path, i], `${name}[${i}]`, context, report),
  );
}

function readStruct(
  type: ParamType,
  value: unknown,
  path: Path,
  name: string,
  context: ValueContext,
  report: Report,
): unknown {
  const fields = type.components ?? [];
  const named = fields.every((field) => field.name !== "");
  const wanted = fields.map((field) => `${field.type} ${field.name}`.trim()).join(", ");
  if (Array.isArray(value) && value.length === fields.length) {
    return fields.map((field, i) =>
      readValue(field, value[i], [...path, i], `${name}.${field.name}`, context, report),
    );
  }
  if (!named || typeof value !== "object" || value === null || Array.isArray(value)) {
    report(path, {
      message: "isn't what is wanted here: several values together",
      remedy: named ? `write below it, indented, one a line: ${wanted}` : `write a list of: ${wanted}`,
    });
    return undefined;
  }
  const given = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(given)) {
    if (fields.some((field) => field.name === key)) continue;
    report([...path, key], {
      message: `there is no ${quote(key)} here`,
      remedy: suggest(
        key,
        fields.map((field) => field.name),
      ),
    });
  }
  return fields.map((field) => {
    if (field.name in given) {
      return readValue(
        field,
        given[field.name],
        [...path, field.name],
        `${name}.${field.name}`,
        context,
        report,
      );
    }
    report(path, { message: `${quote(field.name)} is missing`, remedy: `what belongs here is: ${wanted}` });
    return undefined;
  });
}

/** `did you mean "amount"? It is one of amount, window` */
export function suggest(word: string, known: readonly string[]): string {
  const list = known.length === 0 ? "there is none" : `there are: ${known.join(", ")}`;
  if (known.length === 0) return list;
  const nearest = closest(word, [...known]);
  const near =
    distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(word.length / 3));
  return near ? `did you mean "${nearest}"? ${list}` : list;
}

function readText(
  type: ParamType,
  value: unknown,
  unit: Unit | Asset | undefined,
  context: ValueContext,
): unknown {
  if (typeof value !== "string") {
    throw new KyosoError({
      message: `isn't what is wanted here: one value of type ${type.type}`,
      remedy: "write it on the same line, without a list or keys of its own",
    });
  }
  const text = value.trim();
  if (type.type === "string") return value;
  if (type.type === "address") return readAddress(text, context.book);
  if (type.type === "bool") {
    if (text === "true" || text === "false") return text === "true";
    throw new KyosoError({
      message: `${quote(text)} is neither true nor false`,
      remedy: 'write "true" or "false"',
    });
  }
  const bytes = /^bytes(\d*)$/u.exec(type.type);
  if (bytes !== null) {
    const length = bytes[1] === "" ? undefined : Number(bytes[1]);
    if (isHexString(text, length ?? true)) return text;
    throw new KyosoError({
      message: `${quote(text)} isn't ${length === undefined ? "bytes" : `${length} bytes`} in hexadecimal`,
      remedy: `write 0x and ${length === undefined ? "two digits for each byte" : `${2 * length} digits`}`,
    });
  }
  // A campaign's id is no number.
  const numberUnit = unit === "campaign" ? undefined : unit;
  return inBounds(type.type, readInteger(text, type.type, numberUnit, context), text);
}

function inBounds(type: string, value: bigint, text: string): bigint {
  const [, unsigned = "", size = "256"] = /^(u?)int(\d*)$/u.exec(type) ?? [];
  const bits = BigInt(size) - (unsigned === "" ? 1n : 0n);
  const highest = 2n ** bits - 1n;
  const lowest = unsigned === "" ? -highest - 1n : 0n;
  if (value >= lowest && value <= highest) return value;
  throw new KyosoError({
    message: `${quote(text)} doesn't fit into ${type}`,
    remedy: `write at most ${highest.toLocaleString("en")}`,
  });
}

function readInteger(
  text: string,
  type: string,
  unit: NumberUnit | Asset | undefined,
  context: ValueContext,
): bigint {
  switch (unit) {
    case undefined:
      return readAnyNumber(text, type, context);
    case "tokens":
      return readAmount(text.replace(/\s+tokens?$/u, ` ${context.token.symbol}`), context.token);
    case "seconds":
      return wholeIn("seconds?", text) ?? BigInt(parseDuration(text));
    case "basis points":
      return wholeIn("basis points?", text) ?? BigInt(parsePercent(text));
    case "timestamp":
      return readTimestamp(text);
    default:
      return readAmount(text, unit);
  }
}

/** A number that nothing is known of: its own unit says what it is. */
function readAnyNumber(text: string, type: string, { assets }: ValueContext): bigint {
  if (text.startsWith("-") && type.startsWith("int")) return -parseAmount(text.slice(1), 0);
  if (/^[\d,_]+$/u.test(text)) return parseAmount(text, 0);
  const units = wholeIn("units?", text);
  if (units !== undefined) return units;
  if (text.endsWith("%")) return BigInt(parsePercent(text));
  if (/^\d{4}-\d\d-/u.test(text)) return readTimestamp(text);
  const [, symbol] = /^[\d.,_]+\s+(\S+)$/u.exec(text) ?? [];
  const asset = assets.find((known) => known.symbol === symbol);
  if (asset !== undefined) return parseAmount(text, asset.decimals, asset.symbol);
  try {
    return BigInt(parseDuration(text));
  } catch (cause) {
    const symbols = assets.map((known) => `"100 ${known.symbol}"`).join(", ");
    throw new KyosoError(
      {
        message: `${quote(text)} isn't a number with a unit that is known here`,
        remedy: `write an integer ("1,000"), an amount (${symbols}), a duration ("5 days"), a percentage ("10%") or a date ("2027-04-01")`,
      },
      { cause },
    );
  }
}

/** An amount, whose unit has to be there: without it, nobody can say whether the smallest unit is meant. */
function readAmount(text: string, { symbol, decimals }: Asset, smallest = "units"): bigint {
  const units = wholeIn(smallest === "units" ? "units?" : smallest, text);
  if (units !== undefined) return units;
  const value = parseAmount(text, decimals, symbol);
  if (/\s/u.test(text.trim())) return value;
  throw new KyosoError({
    message: `${quote(text)} has no unit`,
    remedy: `write "${text} ${symbol}", or "${text} ${smallest}" if the smallest unit is meant`,
  });
}

function readTimestamp(text: string): bigint {
  if (text === "none") return 0n;
  // Before 2001 nothing was on a chain: a smaller number is something else.
  if (/^\d{10,}$/u.test(text)) return BigInt(text);
  return BigInt(parseMoment(text, ""));
}

/** The whole number in front of a word, as large as it may be. */
function wholeIn(word: string, text: string): bigint | undefined {
  const [, digits] = new RegExp(`^([\\d,_]+)\\s+${word}$`, "u").exec(text) ?? [];
  return digits === undefined ? undefined : parseAmount(digits, 0);
}
