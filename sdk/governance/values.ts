import type { ParamType } from "ethers";
import { isHexString, ZeroAddress } from "ethers";
import { closest, distance } from "fastest-levenshtein";
import type { AddressBook } from "../calls/book.js";
import type { Unit } from "../calls/known.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { Asset } from "../token/asset.js";
import { parseAddress, quote } from "../units.js";
import type { NumberContext } from "./numbers.js";
import { inBounds, readInteger } from "./numbers.js";

/** What values of an action's arguments are read with. */
export interface ValueContext extends NumberContext {
  readonly book: AddressBook;
  /** What values stand for, by the path of their name: `limit.amount`. */
  readonly units: Readonly<Record<string, Unit | Asset>>;
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
    for (const each of error.problems) report(path, each);
    return undefined;
  }
}

/** As {@link readValue}, of something that an address or a name of the DAO stands for. */
export function readAddress(text: string, book: AddressBook): string {
  const named = book.addressOf(text.trim());
  if (named !== undefined) return named;
  if (text.trim().toLowerCase() === "nobody") return ZeroAddress;
  if (text.trim() === ZeroAddress) {
    throw KyosoError.of("address.zero", {
      data: { text },
      message: "this is the zero address, which nobody holds",
      remedy: 'write "nobody" if that is meant',
    });
  }
  if (!/^[a-z]{2,}$/iu.test(text.trim())) return parseAddress(text);
  const nearest = closest(text.trim().toLowerCase(), book.names);
  const near = distance(text.trim().toLowerCase(), nearest) <= 2 ? `did you mean "${nearest}"? ` : "";
  throw KyosoError.of("address.name-unknown", {
    data: { text, names: book.names },
    message: `${quote(text)} is no name of the DAO's`,
    remedy: `${near}The names are ${book.names.join(", ")}; anything else is written as an address`,
  });
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
    report(
      path,
      problem("argument.not-list", {
        data: { type: type.type },
        message: `is no list, and ${type.type} is one`,
        remedy: 'write one entry a line, each beginning with "- "',
      }),
    );
    return undefined;
  }
  if (arrayLength !== null && arrayLength >= 0 && value.length !== arrayLength) {
    report(
      path,
      problem("argument.list-length", {
        data: { type: type.type, count: value.length, length: arrayLength },
        message: `has ${value.length} entries, and ${type.type} has ${arrayLength}`,
        remedy: `write ${arrayLength} entries`,
      }),
    );
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
    report(
      path,
      problem("argument.not-struct", {
        data: { wanted, named },
        message: "isn't what is wanted here: several values together",
        remedy: named ? `write below it, indented, one a line: ${wanted}` : `write a list of: ${wanted}`,
      }),
    );
    return undefined;
  }
  const given = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(given)) {
    if (fields.some((field) => field.name === key)) continue;
    report(
      [...path, key],
      problem("key.unknown", {
        data: { key, known: fields.map((field) => field.name) },
        message: `there is no ${quote(key)} here`,
        remedy: suggest(
          key,
          fields.map((field) => field.name),
        ),
      }),
    );
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
    report(
      path,
      problem("argument.field-missing", {
        data: { field: field.name, wanted },
        message: `${quote(field.name)} is missing`,
        remedy: `what belongs here is: ${wanted}`,
      }),
    );
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
    throw KyosoError.of("argument.not-single", {
      data: { type: type.type },
      message: `isn't what is wanted here: one value of type ${type.type}`,
      remedy: "write it on the same line, without a list or keys of its own",
    });
  }
  const text = value.trim();
  if (type.type === "string") return readString(value);
  if (type.type === "address") return readAddress(text, context.book);
  if (type.type === "bool") {
    if (text === "true" || text === "false") return text === "true";
    throw KyosoError.of("argument.not-bool", {
      data: { text },
      message: `${quote(text)} is neither true nor false`,
      remedy: 'write "true" or "false"',
    });
  }
  const bytes = /^bytes(\d*)$/u.exec(type.type);
  if (bytes !== null) {
    const length = bytes[1] === "" ? undefined : Number(bytes[1]);
    if (isHexString(text, length ?? true)) return text;
    throw KyosoError.of("argument.not-bytes", {
      data: { text, length },
      message: `${quote(text)} isn't ${length === undefined ? "bytes" : `${length} bytes`} in hexadecimal`,
      remedy: `write 0x and ${length === undefined ? "two digits for each byte" : `${2 * length} digits`}`,
    });
  }
  // A campaign's id is no number.
  const numberUnit = unit === "campaign" ? undefined : unit;
  return inBounds(type.type, readInteger(text, type.type, numberUnit, context), text);
}

/** A text as it is: what can't be encoded as UTF-8 has no place in a call. */
function readString(text: string): string {
  if (!/\p{Cs}/u.test(text)) return text;
  throw KyosoError.of("argument.half-character", {
    data: { text },
    message: `${quote(text)} has half a character in it`,
    remedy: "write it anew: it was cut in the middle of an emoji or of a rare character",
  });
}
