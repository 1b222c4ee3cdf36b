import { randomFillSync } from "node:crypto";
import { ZeroAddress, ZeroHash } from "ethers";
import type { Problem } from "../../errors.js";
import { LEAF_BYTES, packLeaf } from "../../drop/leaf.js";
import type { LineChecks } from "./lines.js";
import { readLines } from "./lines.js";

/** Bytes of a salt. */
export const SALT_BYTES = 32;

/** The customers of a campaign, as a file names them. Kept in few large pieces: there may be a million. */
export interface Gathered {
  readonly count: number;
  /** The leaves, as packLeaf writes them; claim keys and evidence are still missing. */
  readonly packed: Buffer;
  /** Numbers of the leaves that a claim key is made for, in order. */
  readonly keyed: readonly number[];
  /** How the brand knows each customer; where the file doesn't say, the account. */
  readonly references: readonly string[];
  /** What the badges are awarded for; empty for nothing. */
  readonly evidence: readonly string[];
  /** Line of each leaf in the file. */
  readonly lines: readonly number[];
  /** All tokens together. */
  readonly tokens: bigint;
  /** Badges of each kind. */
  readonly kinds: ReadonlyMap<number, number>;
  /** What is probably a mistake and may be none. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads a file of customers and checks all of it.
 *
 * @throws KyosoError naming what is wrong; see readLines.
 */
export async function gather(file: string, checks: LineChecks): Promise<Gathered> {
  let packed = Buffer.alloc(1024 * LEAF_BYTES);
  const keyed: number[] = [];
  const references: string[] = [];
  const evidence: string[] = [];
  const lines: number[] = [];
  const kinds = new Map<number, number>();
  let tokens = 0n;
  const { count, warnings } = await readLines(
    file,
    checks,
    ({ line, account, reference, amount, kind, evidence: text }) => {
      const index = references.length;
      if (packed.length < (index + 1) * LEAF_BYTES) {
        const larger = Buffer.alloc(packed.length * 2);
        larger.set(packed);
        packed = larger;
      }
      const byKey = account === undefined;
      const leaf = { index, byKey, claimant: account ?? ZeroAddress, amount, kind, evidence: ZeroHash };
      packLeaf(leaf, packed, index * LEAF_BYTES);
      if (byKey) keyed.push(index);
      references.push(reference === "" ? (account ?? "") : reference);
      evidence.push(text);
      lines.push(line);
      tokens += amount;
      if (kind !== 0) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
  );
  packed = packed.subarray(0, count * LEAF_BYTES);
  return { count, packed, keyed, references, evidence, lines, tokens, kinds, warnings };
}

/** Random bytes, of the operating system's generator. */
export function secrets(count: number, length: number): Buffer {
  return randomFillSync(Buffer.alloc(count * length));
}
