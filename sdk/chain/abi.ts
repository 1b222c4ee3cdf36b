import type { ParamType } from "ethers";
import { keccak256 } from "ethers";

/**
 * What contracts return and log, read from its hexadecimal digits. For thousands of values at once: each type is made into
 * a reader once, and a reader takes no more than it is asked for.
 */
export interface Reader {
  /** How many digits the value takes in its place; those of a dynamic one, as of a text, are elsewhere. */
  readonly digits: number;
  readonly dynamic: boolean;
  /**
   * Reads the value that begins at a digit.
   *
   * @throws RangeError where the data ends too early, or has bits where there can't be any.
   */
  readonly read: (data: string, at: number) => unknown;
}

/** Digits of a word of 32 bytes. */
export const WORD = 64;

/** The largest integers that are read as numbers, as ABIs' times and counts are. */
const MOST_NUMBER_BITS = 48;
const NUMBER_DIGITS = MOST_NUMBER_BITS / 4;
const NOTHING_ABOVE = "0".repeat(WORD - NUMBER_DIGITS);
const decoder = new TextDecoder();

/** That data isn't of the form that it should have: whoever gave it made something up, or broke off. */
export class UnreadableData extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableData";
  }
}

/**
 * A reader of values that are next to each other, as those that a function returns: an array of them.
 *
 * @returns Integers of up to 48 bits are numbers, larger ones bigints; structs are objects, arrays are arrays; a text that
 * isn't UTF-8 has U+FFFD where it isn't.
 */
export function readerOf(types: readonly ParamType[]): Reader {
  return sequence(types.map(one));
}

/** The values that data has, where it begins with `0x`. */
export function decode(reader: Reader, data: string): readonly unknown[] {
  return reader.read(data, 2) as readonly unknown[];
}

/** A whole number below 2 ** 48: a place, a length, a time. */
export function readNumber(data: string, at: number): number {
  const end = at + WORD;
  if (end > data.length) throw new UnreadableData("The data ends too early");
  const value = parseInt(data.slice(end - NUMBER_DIGITS, end), 16);
  if (!data.startsWith(NOTHING_ABOVE, at) || Number.isNaN(value)) {
    throw new UnreadableData("The data has a number that is too large");
  }
  return value;
}

/** An unsigned integer of up to 256 bits. */
export function readBigInt(data: string, at: number): bigint {
  return BigInt(`0x${word(data, at)}`);
}

/** An unsigned integer that is a word. As voters have the same votes again and again, what was read is kept. */
export function bigIntIn(word: string): bigint {
  const kept = integers.get(word);
  if (kept !== undefined) return kept;
  const value = readBigInt(word, 0);
  if (integers.size >= MOST_KEPT) integers.clear();
  integers.set(word, value);
  return value;
}

/** Bytes of any length, as `0x` and their digits; their place is that of their length. */
export function readBytes(data: string, at: number): string {
  const start = at + WORD;
  const end = start + 2 * readNumber(data, at);
  if (end > data.length) throw new UnreadableData("The data ends too early");
  return `0x${data.slice(start, end)}`;
}

/** Bytes of any length whose place is given, in bytes after `base`. */
export function readBytesAt(data: string, at: number, base: number): string {
  return readBytes(data, base + 2 * readNumber(data, at));
}

/**
 * The address in the last 40 digits of a word, with the capitals of its checksum. These take a hash: as the same accounts
 * come again and again, what was made is kept.
 */
export function addressIn(word: string): string {
  const digits = word.slice(-ADDRESS_DIGITS);
  const kept = addresses.get(digits);
  if (kept !== undefined) return kept;
  const address = withChecksum(digits.toLowerCase());
  if (addresses.size >= MOST_KEPT) addresses.clear();
  addresses.set(digits, address);
  return address;
}

/** The word that an address is, in 64 digits: what {@link addressIn} reads. */
export function addressWord(address: string): string {
  return address.slice(2).toLowerCase().padStart(WORD, "0");
}

/** As ethers' getAddress, which takes several times as long for what is an address for sure. */
function withChecksum(digits: string): string {
  for (let i = 0; i < ADDRESS_DIGITS; i++) text40[i] = digits.charCodeAt(i);
  const hash = keccak256(text40);
  for (let i = 0; i < ADDRESS_DIGITS; i++) {
    if (hash.charCodeAt(i + 2) > DIGIT_SEVEN && (text40[i] ?? 0) >= LOWER_A)
      text40[i] = (text40[i] ?? 0) - CAPITAL;
  }
  return `0x${ascii.decode(text40)}`;
}

const ADDRESS_DIGITS = 40;
const DIGIT_SEVEN = 0x37;
const LOWER_A = 0x61;
/** From a small letter to its capital. */
const CAPITAL = 0x20;
const text40 = new Uint8Array(ADDRESS_DIGITS);
const ascii = new TextDecoder("latin1");
const MOST_KEPT = 50_000;
const addresses = new Map<string, string>();
const integers = new Map<string, bigint>();

function word(data: string, at: number): string {
  if (at + WORD > data.length) throw new UnreadableData("The data ends too early");
  return data.slice(at, at + WORD);
}

function one(type: ParamType): Reader {
  if (type.isArray()) return array(one(type.arrayChildren), type.arrayLength);
  if (type.isTuple()) return struct(type.components);
  if (type.type === "string") return dynamic((data, at) => text(readBytes(data, at)));
  if (type.type === "bytes") return dynamic(readBytes);
  return { digits: WORD, dynamic: false, read: wordReader(type.type) };
}

function dynamic(read: Reader["read"]): Reader {
  return { digits: WORD, dynamic: true, read };
}

function wordReader(type: string): Reader["read"] {
  const [, kind = "", size = ""] = /^([a-z]+)(\d*)$/u.exec(type) ?? [];
  const bits = Number(size);
  switch (kind) {
    case "uint": {
      const read = bits <= MOST_NUMBER_BITS ? readNumber : readBigInt;
      return after(WORD - bits / 4, read);
    }
    case "int":
      return (data, at) => {
        const value = BigInt.asIntN(256, readBigInt(data, at));
        if (BigInt.asIntN(bits, value) !== value) throw tooLarge();
        return bits <= MOST_NUMBER_BITS ? Number(value) : value;
      };
    case "bool":
      return after(WORD - 1, (data, at) => {
        const value = readNumber(data, at);
        if (value > 1) throw tooLarge();
        return value === 1;
      });
    case "address":
      return after(WORD - ADDRESS_DIGITS, (data, at) => addressIn(word(data, at)));
    case "bytes":
      return (data, at) => {
        const whole = word(data, at);
        if (!ZEROS.startsWith(whole.slice(2 * bits))) throw tooLarge();
        return `0x${whole.slice(0, 2 * bits)}`;
      };
    default:
      throw new TypeError(`${type} can't be read`);
  }
}

/** Reads what comes after so many zeros: what a contract returns has no more than its type holds, and a node may say anything. */
function after(count: number, read: Reader["read"]): Reader["read"] {
  const zeros = ZEROS.slice(0, count);
  return (data, at) => {
    const value = read(data, at);
    if (!data.startsWith(zeros, at)) throw tooLarge();
    return value;
  };
}

function tooLarge(): UnreadableData {
  return new UnreadableData("The data has more than its type holds");
}

const ZEROS = "0".repeat(WORD);

function struct(types: readonly ParamType[]): Reader {
  const whole = sequence(types.map(one));
  const names = types.map(({ name }) => name);
  if (names.length === 0 || names.includes("")) return whole;
  const read: Reader["read"] = (data, at) => {
    const values = whole.read(data, at) as readonly unknown[];
    const found: Record<string, unknown> = {};
    for (const [i, name] of names.entries()) found[name] = values[i];
    return found;
  };
  return { ...whole, read };
}

function sequence(members: readonly Reader[]): Reader {
  const inPlace = !members.some((member) => member.dynamic);
  const read: Reader["read"] = (data, at) => {
    const values: unknown[] = [];
    let next = at;
    for (const member of members) {
      values.push(readMember(member, data, next, at));
      next += member.digits;
    }
    return values;
  };
  const digits = members.reduce((sum, member) => sum + member.digits, 0);
  return inPlace ? { digits, dynamic: false, read } : dynamic(read);
}

function readMember(member: Reader, data: string, at: number, base: number): unknown {
  return member.read(data, member.dynamic ? base + 2 * readNumber(data, at) : at);
}

/** @param length -1 where it is in the data. */
function array(member: Reader, length: number): Reader {
  const read = (data: string, at: number, count: number) => {
    // Before anything is made for it: nobody has so much memory as a length may say.
    if (count * member.digits > data.length - at) throw new UnreadableData("The data ends too early");
    return Array.from({ length: count }, (_, i) => readMember(member, data, at + i * member.digits, at));
  };
  if (length === -1) return dynamic((data, at) => read(data, at + WORD, readNumber(data, at)));
  const fixed: Reader["read"] = (data, at) => read(data, at, length);
  return member.dynamic ? dynamic(fixed) : { digits: length * member.digits, dynamic: false, read: fixed };
}

function text(bytes: string): string {
  return decoder.decode(bytesOf(bytes));
}

/** What `0x` and hexadecimal digits stand for. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array((hex.length - 2) >> 1);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (digit(hex.charCodeAt(2 * i + 2)) << 4) | digit(hex.charCodeAt(2 * i + 3));
  }
  return bytes;
}

/** Of "0" to "9" the last four bits are the value; of "a" to "f" and "A" to "F", the same and 9. */
function digit(code: number): number {
  return (code & 0xf) + (code >> 6) * 9;
}
