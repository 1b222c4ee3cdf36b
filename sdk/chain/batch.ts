import { readNumber, WORD } from "./abi.js";

/** A call of a view function, encoded: its target in 40 digits, its data in digits; neither has `0x`. */
export interface EncodedCall {
  readonly target: string;
  readonly data: string;
}

/** What calls returned, as digits without `0x`: of all of them, or of those before one that failed. */
export interface Answers {
  readonly results: readonly string[];
  /** What the call after the last of the results reverted with; undefined where none did. */
  readonly failure: string | undefined;
}

/** Most bytes that what is sent may have: it goes as a contract's creation code (EIP-3860). */
export const LARGEST_QUESTION = 49_152;

/**
 * A program of the EVM that makes calls and answers with what they returned. Nothing has to be deployed for it: it is sent
 * as the creation code of a contract that is never created, with the calls behind it, and what it returns would be the
 * contract's code, of 24,576 bytes at most (EIP-170). A call is its target (20 bytes), the length of its data (2), and its
 * data. An answer is the length of what was returned (2), and each of its words without the zeros that it begins with: how
 * many bytes are left (1), and these. Before them is one byte: 1 where the last call failed. No code begins with 0xef
 * (EIP-3541), and this byte keeps it so.
 *
 * It goes no further than a call that failed; than what fits into the answer; and, once it has one, than gas is left for: 7
 * million, of which the answer takes up to 4.9 million. Whoever asks, asks again for what is missing.
 *
 * Comments show the stack, its top at the left: `n` is the number of bytes of the calls, which lie in memory from 0 on;
 * `at` is where the next call begins, `to` where its answer goes. What a call returned lies from n + 0x8000 on.
 */
const PROGRAM = [
  "60 d8 38 03", // the size of all, less the program: n
  "80 60 d8 5f 39", // the calls into memory: n
  "80 60 01 01 5f", // at=0 to=n+1 n
  "5b", // LOOP, which is 0x0e
  "82 81 10 15 60 d1 57", // to END where no call is left: at to n
  "62 6a cf c0 5a 10 83 60 01 01 83 11 16 60 d1 57", // to END where there is an answer, and less than 7 million gas
  "80 51 80 60 60 1c", // target word at to n
  "90 60 50 1c 61 ff ff 16", // size target at to n
  "82 60 16 01", // data size target at to n
  "80 82 01 93 50", // data size target next to n
  "5f 5f 83 83 86 5a fa", // ok data size target next to n
  "92 50 50 50", // ok next to n
  "3d 80 60 05 1c 01 60 04 01 83 01", // where the answer ends at most: end ok next to n
  "84 61 60 00 01 10 60 cf 57", // to FULL where that is too far: ok next to n
  "3d 5f 85 61 80 00 01 3e", // what was returned into memory
  "5f 84 61 80 00 01 3d 01 52", // and zeros behind it
  "3d 60 f0 1b 83 52", // its length, to `to`
  "91 60 02 01 91", // ok next to+2 n
  "83 61 80 00 01", // word ok next to n
  "5b", // WORD, which is 0x7d
  "84 61 80 00 01 3d 01 81 10 15 60 c3 57", // to NEXT where no word is left: word ok next to n
  "80 51 5f 81", // value bytes=0 value word ok next to n
  "5b", // LEN, which is 0x8f
  "80 15 60 a0 57", // to PUT where nothing is left of the value
  "60 08 1c 90 60 01 01 90 60 8f 56", // value>>8 bytes+1 value word ok next to n; to LEN
  "5b", // PUT, which is 0xa0
  "50 80 86 53", // the number of bytes, to `to`: bytes value word ok next to n
  "80 60 03 1b 61 01 00 03 82 90 1b", // the value, moved to the left of its word: moved bytes value word ok next to n
  "86 60 01 01 52", // it, to `to` + 1: bytes value word ok next to n
  "60 01 01 85 01 94 50 50", // word ok next to+1+bytes n
  "60 20 01 60 7d 56", // word+32 ok next to n; to WORD
  "5b", // NEXT, which is 0xc3
  "50 60 0e 57", // to LOOP where it succeeded: at to n
  "60 01 83 53", // else say so in the first byte
  "60 d1 56", // to END
  "5b", // FULL, which is 0xcf
  "50", // next to n
  "5b", // END, which is 0xd1
  "50 81 90 03 90 f3", // return what is in memory from n to `to`
]
  .join("")
  .replaceAll(" ", "");

/** Creation code that makes calls, and answers as {@link parseAnswers} reads it. */
export function batchCode(calls: readonly EncodedCall[]): string {
  const parts = calls.map(
    ({ target, data }) => target + (data.length / 2).toString(16).padStart(4, "0") + data,
  );
  return `0x${PROGRAM}${parts.join("")}`;
}

/**
 * What the calls of {@link batchCode} returned. Where none failed, those that it has no results of weren't made.
 *
 * @throws RangeError where it isn't what the program answers.
 */
export function parseAnswers(answer: string): Answers {
  requireHex(answer);
  const results: string[] = [];
  for (let at = 4; at < answer.length;) {
    const size = 2 * hexAt(answer, at, 4);
    at += 4;
    let words = "";
    while (words.length < size) {
      const digits = 2 * hexAt(answer, at, 2);
      const end = at + 2 + digits;
      if (digits > WORD || end > answer.length) throw new RangeError("The answer ends too early");
      words += ZEROS.slice(digits) + answer.slice(at + 2, end);
      at = end;
    }
    // What isn't of whole words has zeros behind it.
    results.push(words.length === size ? words : words.slice(0, size));
  }
  return { results, failure: answer.startsWith("0x01") ? results.pop() : undefined };
}

function hexAt(answer: string, at: number, digits: number): number {
  if (at + digits > answer.length) throw new RangeError("The answer ends too early");
  return parseInt(answer.slice(at, at + digits), 16);
}

const ZEROS = "0".repeat(WORD);

const SELECTOR = "82ad56cb"; // aggregate3((address target, bool allowFailure, bytes callData)[])

/** Call data of Multicall3 that makes calls, and returns as {@link parseAggregated} reads it. */
export function aggregateData(calls: readonly EncodedCall[]): string {
  const heads: string[] = [];
  const tails: string[] = [];
  let offset = calls.length * (WORD / 2);
  for (const { target, data } of calls) {
    heads.push(word(offset));
    const padded = data.padEnd(Math.ceil(data.length / WORD) * WORD, "0");
    // A call that fails ends nothing: what it failed with can then be told from the others.
    tails.push(target.padStart(WORD, "0") + word(1) + word(0x60) + word(data.length / 2) + padded);
    offset += 4 * (WORD / 2) + padded.length / 2;
  }
  return `0x${SELECTOR}${word(WORD / 2)}${word(calls.length)}${heads.join("")}${tails.join("")}`;
}

/**
 * What the calls of {@link aggregateData} returned.
 *
 * @throws RangeError where it isn't what Multicall3 returns.
 */
export function parseAggregated(answer: string): Answers {
  requireHex(answer);
  const list = 2 + 2 * readNumber(answer, 2);
  const results: string[] = [];
  for (let i = 0; i < readNumber(answer, list); i++) {
    const base = list + WORD;
    const at = base + 2 * readNumber(answer, base + i * WORD);
    const returned = at + 2 * readNumber(answer, at + WORD);
    const start = returned + WORD;
    const end = start + 2 * readNumber(answer, returned);
    if (end > answer.length) throw new RangeError("The answer ends too early");
    const data = answer.slice(start, end);
    if (readNumber(answer, at) === 0) return { results, failure: data };
    results.push(data);
  }
  return { results, failure: undefined };
}

/** A node can answer anything; what follows reads digits, and would take a sign among them for a way back. */
function requireHex(answer: string): void {
  if (!/^0x[0-9a-f]*$/iu.test(answer)) throw new RangeError("The answer isn't hexadecimal");
}

function word(value: number): string {
  return value.toString(16).padStart(WORD, "0");
}
