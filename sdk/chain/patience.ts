/** How often, and after how long, a node is asked again. */
export interface Patience {
  readonly attempts: number;
  /** Milliseconds before the second attempt; twice as long before each further one. */
  readonly firstWait: number;
}

const PATIENCE: Patience = { attempts: 5, firstWait: 300 };

/** Requests that change nothing, so that asking twice does no harm. */
const READS =
  /^(?:eth_(?:get|call$|blockNumber$|chainId$|estimateGas$|feeHistory$|gasPrice$|maxPriorityFee)|net_version$)/u;

// What nodes and those in front of them say, in lower case, when they are overloaded, too slow, or behind the others.
const PASSING = [
  "rate limit",
  "too many requests",
  "exceeded its compute units",
  "capacity exceeded",
  "request limit",
  "timeout",
  "timed out",
  "temporarily",
  "try again",
  "service unavailable",
  "bad gateway",
  "overloaded",
  "header not found",
  "unknown block",
  "block not found",
  "socket",
  "econnreset",
  "other side closed",
  "fetch failed",
  "rate exceeded",
  "credits limited",
  // A page instead of an answer, as those in front of nodes show it.
  "invalid json-rpc response",
];

/** Codes by which providers say that too much is asked of them at once, or that they aren't there for a moment, whatever their words. */
const PASSING_CODES = new Set([429, 502, 503, 504, -32_005, -32_012, -32_016, -32_029, -32_097]);

/** What is said of a search that will be refused again however long one waits: over too many blocks, or for too much. */
const OF_RANGE =
  /block range|range (?:is )?too|query (?:timeout|timed out|returned|exceeds)|(?:more|limited|up) (?:than|to) .*(?:results|logs|blocks|range)|response size|too many (?:results|logs|blocks)/u;

/** What a node said was wrong. */
export interface NodeRefusal {
  readonly message: string;
  readonly code?: number | undefined;
}

/** Whether a request can be made twice without harm. */
export function isRead(method: string): boolean {
  return READS.test(method);
}

/** Whether what a node said may be different in a moment. */
export function isPassing(message: string, code?: number): boolean {
  const text = message.toLowerCase();
  // A search over too many blocks is refused for ever; it can also say that it timed out.
  if (OF_RANGE.test(text)) return false;
  return (code !== undefined && PASSING_CODES.has(code)) || PASSING.some((part) => text.includes(part));
}

/** Waits for so many milliseconds. */
export async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks until an answer is as wanted, longer and longer apart.
 *
 * @returns The last answer, as wanted or not.
 */
export async function until<Answer>(
  isWanted: (answer: Answer) => boolean,
  ask: () => Promise<Answer>,
  { attempts, firstWait }: Patience,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    if (isWanted(answer) || attempt >= attempts) return answer;
    await sleep(firstWait * 2 ** (attempt - 1));
  }
}

/**
 * Asks until there is an answer that will not pass by itself, longer and longer apart.
 *
 * @param ask May throw: this is judged by the messages of the error and of what caused it.
 * @param refusalOf What an answer says was wrong; undefined for an answer that is one.
 */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  refusalOf: (answer: Answer) => string | NodeRefusal | undefined = () => undefined,
  { attempts, firstWait }: Patience = PATIENCE,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= attempts;
    try {
      const answer = await ask();
      const refusal = refusalOf(answer);
      const { message, code } = typeof refusal === "string" ? { message: refusal } : (refusal ?? {});
      if (last || message === undefined || !isPassing(message, code)) return answer;
    } catch (error) {
      const { message, code } = refusalIn(error);
      if (last || !isPassing(message, code)) throw error;
    }
    await sleep(firstWait * 2 ** (attempt - 1));
  }
}

/** What an error, and what caused it, say; and the first code that a node gave. */
export function refusalIn(error: unknown): NodeRefusal {
  const messages: string[] = [];
  let code: number | undefined;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    messages.push(cause.message);
    if ("code" in cause && typeof cause.code === "number") code ??= cause.code;
    if ("statusCode" in cause && typeof cause.statusCode === "number") code ??= cause.statusCode;
  }
  return { message: messages.join(" "), code };
}
