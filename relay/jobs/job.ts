import { createHash, randomBytes } from "node:crypto";
import type { Problem } from "../../sdk/errors.js";
import { MOST_SUPPORTED } from "../../sdk/ideas/choices.js";
import type { JobState } from "./states.js";

/** How often something is paid for in vain before it is refused, and stays so. */
export const MOST_STRIKES = 3;

/** What people sign and the relay carries out. */
export const KINDS = ["claim", "voucher", "ballot", "delegation", "reward", "support", "nickname"] as const;
export type KindName = (typeof KINDS)[number];

/** What nobody signs: anybody can hand it in at no cost, for whom they like. */
const UNSIGNED: ReadonlySet<KindName> = new Set<KindName>(["reward"]);

/** What of the queue and of a day's budget is for what nobody signs: one part of so many. */
export const UNSIGNED_PART = 4;

/** Whether nobody signs it: see {@link UNSIGNED_PART}. */
export function isUnsigned({ kind }: Pick<Handed, "kind">): boolean {
  return UNSIGNED.has(kind);
}

/**
 * How much of a kind may wait, or be kept as done, of one account and share: of what one account can sign in many ways that exclude each
 * other. Of support, as much as it takes where each idea is signed for by itself.
 */
export const MOST_OF_SHARE: Readonly<Partial<Record<KindName, number>>> = { support: MOST_SUPPORTED };

/** Why a job is as it is: what a program goes by, and the words that go with it. */
export type JobProblem = Pick<Problem, "code" | "message"> & {
  readonly remedy?: string | undefined;
  /** The problem's data as JSON. */
  readonly data: unknown;
};

/** Something signed that was handed in. Times are milliseconds. */
export interface Job {
  /** In the order of being handed in. */
  readonly number: number;
  /** What whoever handed it in asks for it by: 128 random bits, in hexadecimal. */
  readonly id: string;
  readonly kind: KindName;
  /** What can be done once only: a leaf, a voucher, a voter's ballot. Of the jobs of one subject one at a time is carried out. */
  readonly subject: string;
  /**
   * Who answers for it, as nobody else could have handed it in: whoever signed, be it an account or a link's key. Budgets and
   * failures count for that one, and never for whom it only names.
   */
  readonly account: string;
  /** The campaign that it is of. */
  readonly campaign: string | null;
  /** What of its kind waits for the same, as all claims of a campaign do, or all ballots of a vote; null where each is by itself. */
  readonly share: string | null;
  /** What was handed in, as JSON; null once it isn't needed any more. */
  readonly body: string | null;
  readonly state: JobState;
  readonly problem: JobProblem | null;
  /** Number of its transaction, among the relay's. */
  readonly nonce: number | null;
  readonly transaction: string | null;
  /** In which block it was done, and that one's hash. */
  readonly block: number | null;
  readonly blockHash: string | null;
  /** How often it was paid for in vain. */
  readonly strikes: number;
  /** Before when it isn't tried. */
  readonly notBefore: number;
  /** From when on it can't be carried out any more; null where that isn't known. */
  readonly notAfter: number | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Whether a job is opened anew where it is handed in again. */
export function mayOpen({ state, strikes }: Pick<Job, "state" | "strikes">): boolean {
  return state === "refused" && strikes < MOST_STRIKES;
}

/** What somebody hands in. */
export interface Handed {
  readonly kind: KindName;
  /** What of it is signed, and tells it from anything else. */
  readonly identity: readonly string[];
  readonly subject: string;
  readonly account: string;
  readonly campaign: string | null;
  readonly share: string | null;
  readonly body: string;
}

/** Tells what is handed in from anything else: the same thing has it again, whatever isn't signed of it. */
export function digestOf({ kind, identity }: Pick<Handed, "kind" | "identity">): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, ...identity]))
    .digest("hex");
}

/** An id that nobody can guess. */
export function newId(): string {
  return randomBytes(16).toString("hex");
}
