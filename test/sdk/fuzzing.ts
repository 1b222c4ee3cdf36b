// cspell:ignore Marsaglia's xorshift

import { expect } from "chai";
import { KyosoError } from "../../sdk/errors.js";

const { CI, KYOSO_DEEP } = process.env;

/** Inputs of each parser: CI and a deep run give each 10,000. */
export const INPUTS = KYOSO_DEEP === "1" || CI === "true" ? 10_000 : 2_000;

/** What one input may take, in milliseconds of the processor. */
export const LONGEST = 2_000;

/** Milliseconds of the processor that this process took since it began: what else the machine does isn't in them. */
export function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Numbers from 0 to under `below` that are the same in each run. */
export function randomFrom(seed: number) {
  let state = seed;
  return (below: number): number => {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** What programs that suppose something stumble over. */
const ODD: readonly unknown[] = [
  ...[null, true, "", "0x", " ", "-1", "1e3", "0x1", "１", [], {}, [[]], { then: 1 }],
  ...[-1, 0, 1.5, 1e21, 2 ** 53, -(2 ** 31), "9".repeat(78), "9".repeat(100)],
  ...["\u001b[31m", "\u202e", "\ud800", "\u0000", "../../x", "$(id)", "__proto__", "constructor", "NaN"],
  ...[`0x${"0".repeat(40)}`, `0X${"1".repeat(40)}`, `0x${"9".repeat(64)}`, `0x${"f".repeat(40)}`, [0, 0, 0]],
];

export type Random = ReturnType<typeof randomFrom>;
type Tree = Record<string, unknown>;

/** Changes a few things anywhere in a tree. */
export function changed(tree: object, random: Random): Tree {
  const copy = structuredClone(tree) as Tree;
  for (let i = random(3); i >= 0; i--) {
    let at = copy;
    for (;;) {
      const inner = Object.values(at).filter((value) => typeof value === "object" && value !== null);
      if (inner.length === 0 || random(3) === 0) break;
      at = inner[random(inner.length)] as Tree;
    }
    const keys = Object.keys(at);
    const key = keys[random(keys.length)] ?? "x";
    const how = random(8);
    if (how === 0) Reflect.deleteProperty(at, key);
    else if (how === 1) at[JSON.stringify(ODD[random(ODD.length)])] = at[key];
    else if (how === 2) at[key] = structuredClone(Object.values(copy)[random(Object.keys(copy).length)]);
    else at[key] = structuredClone(ODD[random(ODD.length)]);
  }
  return copy;
}

const PIECES = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "\\",
  "\\u0000",
  "\n",
  "\ufeff",
  "null",
  "1e999",
  "-",
  "0",
];

/** Cuts a text, or puts something into it. */
export function damaged(text: string, pieces: readonly string[], random: Random): string {
  const at = random(text.length + 1);
  const piece =
    random(4) === 0 ? String.fromCharCode(random(0x1_0000)) : (pieces[random(pieces.length)] ?? "");
  const how = random(4);
  if (how === 0) return text.slice(0, at);
  if (how === 1) return text.slice(0, at) + text.slice(at + 1 + random(20));
  return text.slice(0, at) + piece.repeat(1 + random(3)) + text.slice(at);
}

/** JSON of a tree in which something is changed, or a text that isn't quite that. */
export function jsonLike(tree: object, random: Random): string {
  const text = JSON.stringify(random(3) === 0 ? tree : changed(tree, random));
  return random(3) === 0 ? damaged(text, PIECES, random) : text;
}

/** Runs what may only refuse in words, soon. */
export function tried<Result>(text: string, run: () => Result): Result | undefined {
  const began = processor();
  try {
    return run();
  } catch (error) {
    if (error instanceof KyosoError && error.problems.length > 0) return undefined;
    throw new Error(`crashed on ${JSON.stringify(text.slice(0, 2_000))}`, { cause: error });
  } finally {
    expect(processor() - began, text.slice(0, 200)).to.be.below(LONGEST);
  }
}
