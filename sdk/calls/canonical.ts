import type { FunctionFragment, Interface, ParamType, Result } from "ethers";
import { getBytes } from "ethers";

/** Bytes of a function's selector, and of what values are encoded in. */
const SELECTOR = 4;
const WORD = 32;

/** For each value of any length, ethers copies what follows it: as many bytes it may copy in all. */
const MOST_COPIED = 2 ** 30;

/**
 * Reads a call of one of a contract's functions, where its data are exactly what encoding the function and its arguments
 * gives. Whatever else decodes to the same is something else than it looks like: it has more to it, or has values share
 * bytes, with which a small file becomes more than fits a computer's memory. That is found before anything is decoded,
 * so that all of it takes a time that grows as the data do.
 *
 * @returns Undefined where it isn't.
 */
export function readExactly(
  contract: Interface,
  data: string,
): { readonly fragment: FunctionFragment; readonly args: Result } | undefined {
  try {
    const fragment = contract.getFunction(data.slice(0, 2 + 2 * SELECTOR));
    if (fragment === null || !fitsExactly(fragment.inputs, getBytes(data).subarray(SELECTOR)))
      return undefined;
    const args = contract.decodeFunctionData(fragment, data);
    // A text that isn't UTF-8 fails only when somebody reads it.
    args.toArray(true);
    return { fragment, args };
  } catch {
    return undefined;
  }
}

/** Whether values of these types, each right after the one before it, take all of the bytes, and aren't far too many. */
function fitsExactly(types: readonly ParamType[], bytes: Uint8Array): boolean {
  try {
    const words = new Words(bytes);
    return endOfAll(types, words, 0) === bytes.length && words.counts * bytes.length <= MOST_COPIED;
  } catch (error) {
    if (error instanceof Misfit) return false;
    throw error;
  }
}

/** Values that aren't where they have to be. */
class Misfit extends Error {}

/** Bytes in which numbers are read that count them. */
class Words {
  readonly #view: DataView;
  /** How many numbers were read. */
  counts = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The number at a place, which can't be larger than there are bytes. */
  countAt(at: number): number {
    if (at + WORD > this.#view.byteLength) throw new Misfit();
    this.counts += 1;
    for (let i = 0; i < WORD - 4; i += 4) if (this.#view.getUint32(at + i) !== 0) throw new Misfit();
    const count = this.#view.getUint32(at + WORD - 4);
    if (count > this.#view.byteLength) throw new Misfit();
    return count;
  }

  /** A place, which has to be one. */
  within(at: number): number {
    if (at > this.#view.byteLength) throw new Misfit();
    return at;
  }

  /** That bytes are all the same. */
  require(value: number, from: number, to: number): void {
    for (let at = from; at < to; at++) if (this.#view.getUint8(at) !== value) throw new Misfit();
  }

  byteAt(at: number): number {
    return this.#view.getUint8(at);
  }
}

/** Where values end that begin at a place: first the heads of all, and then what doesn't fit those. */
function endOfAll(types: Iterable<ParamType>, words: Words, start: number): number {
  const all = [...types];
  let head = start;
  let end = words.within(start + all.reduce((sum, type) => sum + headOf(type), 0));
  for (const type of all) {
    if (isDynamic(type)) {
      if (words.countAt(head) !== end - start) throw new Misfit();
      end = endOf(type, words, end);
    } else {
      requireClean(type, words, head);
    }
    head += headOf(type);
  }
  return end;
}

/** Where a value of any length ends that begins at a place. */
function endOf(type: ParamType, words: Words, start: number): number {
  const { arrayChildren, arrayLength, components } = type;
  if (arrayChildren !== null) {
    const open = arrayLength === -1;
    const count = open ? words.countAt(start) : (arrayLength ?? 0);
    const first = open ? start + WORD : start;
    // Before anything of that length is made.
    words.within(first + count * Math.max(headOf(arrayChildren), 1));
    return endOfAll(
      Array.from({ length: count }, () => arrayChildren),
      words,
      first,
    );
  }
  if (components !== null) return endOfAll(components, words, start);
  const length = words.countAt(start);
  const end = words.within(start + WORD + Math.ceil(length / WORD) * WORD);
  words.require(0, start + WORD + length, end);
  return end;
}

/** That a value of fixed length has nothing in the bytes that its type doesn't use. */
function requireClean(type: ParamType, words: Words, at: number): void {
  const { arrayChildren, arrayLength, components, baseType } = type;
  if (arrayChildren !== null) {
    for (let i = 0; i < (arrayLength ?? 0); i++)
      requireClean(arrayChildren, words, at + i * headOf(arrayChildren));
    return;
  }
  if (components !== null) {
    endOfAll(components, words, at);
    return;
  }
  const [, kind = "", size = ""] = /^([a-z]+)(\d*)$/u.exec(baseType) ?? [];
  if (kind === "bytes") {
    words.require(0, at + Number(size), at + WORD);
    return;
  }
  const used = kind === "address" ? 20 : kind === "bool" ? 1 : Number(size) / 8;
  const first = at + WORD - used;
  const negative = kind === "int" && words.byteAt(first) >= 0x80;
  words.require(negative ? 0xff : 0, at, first);
  if (kind === "bool" && words.byteAt(first) > 1) throw new Misfit();
}

/** Bytes that a value takes among others: of one of any length those that say where it is. */
function headOf(type: ParamType): number {
  const { arrayChildren, arrayLength, components } = type;
  if (isDynamic(type)) return WORD;
  if (arrayChildren !== null) return (arrayLength ?? 0) * headOf(arrayChildren);
  if (components !== null) return components.reduce((sum, each) => sum + headOf(each), 0);
  return WORD;
}

function isDynamic({ type, arrayChildren, arrayLength, components }: ParamType): boolean {
  if (arrayChildren !== null) return arrayLength === -1 || isDynamic(arrayChildren);
  if (components !== null) return components.some(isDynamic);
  return type === "bytes" || type === "string";
}
