import type { TextAndSalt } from "../../reader/protocol.js";

/** More lines than a brand hands over for one person. */
const MOST = 200;

/** A salt as the chain's hash was made with, from how people copy it; undefined for what isn't one. */
export function saltIn(text: string): string | undefined {
  const [, digits] = /^(?:0x)?([0-9a-f]{64})$/iu.exec(text.replace(/\s/gu, "")) ?? [];
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
}

/**
 * What a file of the brand has: lines of its journal, `evidence.jsonl`, or one such object over several lines.
 *
 * @returns Undefined where there is none in it.
 */
export function evidenceIn(text: string): readonly TextAndSalt[] | undefined {
  const whole = parse(text);
  const values = whole === undefined ? text.split("\n").map(parse) : [whole].flat();
  const found = values.flatMap((value) => entryOf(value) ?? []);
  return found.length > 0 && found.length <= MOST ? found : undefined;
}

function entryOf(value: unknown): TextAndSalt | undefined {
  if (typeof value !== "object" || value === null || !("text" in value) || !("salt" in value))
    return undefined;
  const { text, salt } = value;
  const read = typeof salt === "string" ? saltIn(salt) : undefined;
  return typeof text === "string" && read !== undefined ? { text, salt: read } : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
