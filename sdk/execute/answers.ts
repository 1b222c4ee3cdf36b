import { isPassing } from "../chain/patience.js";

/** How a node took a transaction. */
export type Handed =
  /** It has it, or had it before. */
  | { readonly state: "taken" }
  /** It may have it or not: the connection broke, or it was too busy to say. */
  | { readonly state: "unclear" }
  /** It says that it doesn't take it, and why. */
  | { readonly state: "refused"; readonly reason: string };

// What nodes say, in lower case, of a transaction that they know, and of a nonce that was used: by it, or by another one.
const KNOWN = [
  "already known",
  "known transaction",
  "already imported",
  "already exists",
  "already in mempool",
  "alreadyknown",
  "nonce too low",
  "nonce is too low",
  "oldnonce",
  "nonce has already been used",
  "invalid nonce",
];

/** What an error of handing a transaction in tells. Whatever a node answers, the chain is asked what became of it. */
export function readRefusal(error: unknown): Handed {
  const said = saidBy(error);
  if (said === undefined) return { state: "unclear" };
  const text = said.toLowerCase();
  if (KNOWN.some((part) => text.includes(part))) return { state: "taken" };
  // One before it has to come in first.
  if (text.includes("nonce too high")) return { state: "unclear" };
  return isPassing(said) ? { state: "unclear" } : { state: "refused", reason: said };
}

/** What a node itself said; undefined where the error isn't its answer, such as a connection that broke. */
export function saidBy(error: unknown): string | undefined {
  let said: string | undefined;
  for (let cause = error, depth = 0; isObject(cause) && depth < 10; depth++) {
    const { code, message } = cause;
    if (typeof code === "number" && typeof message === "string") said = message;
    cause = cause.error ?? cause.cause ?? cause.info;
  }
  // The system's own errors have numbers too, but theirs are texts: "ECONNRESET". HTTP's are no answer either.
  return said;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
