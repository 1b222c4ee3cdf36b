import { quotable } from "../calls/revert.js";
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

// Why a node refuses a transaction before it tells anybody of it, in lower case: what it finds wrong by looking at it.
const REFUSALS = [
  // The sender can't pay for it.
  /insufficient ?(?:funds|balance)|(?:doesn't|does not) have enough funds|exceeds (?:the )?(?:account )?balance/u,
  // It has too little gas, or more than there is.
  /intrinsic ?gas|(?:exceeds|above|greater than) (?:the )?(?:block|transaction|tx)? ?gas (?:limit|cap)|gas limit (?:is )?(?:too|below|exceed)|gas cap|floor data gas/u,
  // It pays too little for it, or more than the node lets anybody pay.
  /underpriced|fee (?:per gas )?(?:is )?(?:too|less|lower|below)|fee ?cap|gas price (?:is )?(?:too|below|less)|below (?:the )?(?:minimum|configured)|tip (?:above|higher)|priority fee/u,
  // It is of another chain, not signed well, or of a form that this one doesn't have.
  /chain ?id|replay.protected|invalid (?:sender|signature|transaction|input|params)|(?:transaction|tx) type|not supported|rlp|initcode|oversized|too large|size (?:exceeds|limit)|limit exceeded/u,
  // The account may not send, or not that much at once.
  /not an eoa|is not eoa|sender.*(?:code|contract)|delegated account|gapped/u,
  // The node takes none at all, or has no room left.
  /method (?:not found|not allowed)|not (?:available|allowed|authorized|whitelisted|permitted)|authentication|forbidden|pool is full/u,
] as const;

/** Codes that say the same whatever the words: there is no such method, or what it was given isn't of its form. */
const REFUSAL_CODES = new Set([-32_600, -32_601, -32_602, -32_004]);

/**
 * What an error of handing a transaction in tells. Whatever a node answers, the chain is asked what became of it.
 *
 * Only what a node can find wrong before it takes a transaction is a refusal. Any other error may come from something behind or
 * before the node after it has taken it, as an "Internal error" does: whoever took that for a refusal would send once more.
 */
export function readRefusal(error: unknown): Handed {
  const said = answerIn(error);
  if (said === undefined) return { state: "unclear" };
  const { message, code } = said;
  const text = message.toLowerCase();
  if (KNOWN.some((part) => text.includes(part))) return { state: "taken" };
  // One before it has to come in first.
  if (text.includes("nonce too high") || isPassing(message, code)) return { state: "unclear" };
  const isRefusal = REFUSAL_CODES.has(code) || REFUSALS.some((pattern) => pattern.test(text));
  return isRefusal ? { state: "refused", reason: quotable(message) } : { state: "unclear" };
}

/** What a node itself said; undefined where the error isn't its answer, such as a connection that broke. */
export function saidBy(error: unknown): string | undefined {
  return answerIn(error)?.message;
}

function answerIn(error: unknown): { readonly code: number; readonly message: string } | undefined {
  let said: { readonly code: number; readonly message: string } | undefined;
  for (let cause = error, depth = 0; isObject(cause) && depth < 10; depth++) {
    const { code, message } = cause;
    if (typeof code === "number" && typeof message === "string") said = { code, message };
    cause = cause.error ?? cause.cause ?? cause.info;
  }
  // The system's own errors have numbers too, but theirs are texts: "ECONNRESET". HTTP's are no answer either.
  return said;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
