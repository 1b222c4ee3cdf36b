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

/** Bytes that an answer takes besides those that were returned. */
export const ANSWER_OVERHEAD = 4;

/** Most bytes that an answer may have on any chain: it comes as a contract's code (EIP-170). */
export const LARGEST_ANSWER = 24_576;

/** Most bytes that what is sent may have: it goes as a contract's creation code (EIP-3860). */
export const LARGEST_QUESTION = 49_152;

/**
 * A program of the EVM that makes calls and answers with what they returned. Nothing has to be deployed for it: it is sent
 * as the creation code of a contract that is never created, with the calls behind it, and what it returns would be the
 * contract's code. A call is its target (20 bytes), the length of its data (2), and its data; an answer is a length (4) and
 * what was returned. Before them is one byte: 1 where the last call failed, and the program went no further. No code
 * begins with 0xef (EIP-3541), and this byte keeps it so.
 *
 * Comments show the stack, its top at the left: `n` is the number of bytes of the calls, which lie in memory from 0 on;
 * `at` is where the next call begins, `to` where its answer goes.
 */
const PROGRAM = [
  "60 5b 38 03", // the size of all, less the program: n
  "80 60 5b 5f 39", // the calls into memory: n
  "80 60 01 01 5f", // at=0 to=n+1 n
  "5b", // LOOP, which is 0x0e
  "82 81 10 15 60 54 57", // to END where no call is left: at to n
  "80 51 80 60 60 1c", // target word at to n
  "90 60 50 1c 61 ff ff 16", // size target at to n
  "82 60 16 01", // data size target at to n
  "80 82 01 93 50", // data size target next to n
  "5f 5f 83 83 86 5a fa", // ok data size target next to n
  "92 50 50 50", // ok next to n
  "3d 60 e0 1b 83 52", // the length of what was returned, to `to`
  "3d 5f 84 60 04 01 3e", // and behind it what was returned
  "3d 60 04 01 83 01 92 50", // ok next to+4+length n
  "60 0e 57", // to LOOP where it succeeded: at to n
  "60 01 83 53", // else say so in the first byte
  "5b", // END, which is 0x54
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
 * What the calls of {@link batchCode} returned.
 *
 * @throws RangeError where it isn't what the program answers.
 */
export function parseAnswers(answer: string): Answers {
  requireHex(answer);
  const results: string[] = [];
  let at = 4;
  while (at < answer.length) {
    const start = at + 2 * ANSWER_OVERHEAD;
    const end = start + 2 * parseInt(answer.slice(at, start), 16);
    if (Number.isNaN(end) || end > answer.length) throw new RangeError("The answer ends too early");
    results.push(answer.slice(start, end));
    at = end;
  }
  return { results, failure: answer.startsWith("0x01") ? results.pop() : undefined };
}

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
