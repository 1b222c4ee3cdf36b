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
];

/** Whether a request can be made twice without harm. */
export function isRead(method: string): boolean {
  return READS.test(method);
}

/** Whether what a node said may be different in a moment. */
export function isPassing(message: string): boolean {
  const text = message.toLowerCase();
  // A search over too many blocks is refused for ever; it can also say that it timed out.
  return PASSING.some((part) => text.includes(part)) && !text.includes("block range");
}

/** Waits for so many milliseconds. */
export async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks until there is an answer that will not pass by itself, longer and longer apart.
 *
 * @param ask May throw: this is judged by the messages of the error and of what caused it.
 * @param refusalOf What an answer says was wrong; undefined for an answer that is one.
 */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  refusalOf: (answer: Answer) => string | undefined = () => undefined,
  { attempts, firstWait }: Patience = PATIENCE,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= attempts;
    try {
      const answer = await ask();
      const refusal = refusalOf(answer);
      if (last || refusal === undefined || !isPassing(refusal)) return answer;
    } catch (error) {
      if (last || !isPassing(messagesOf(error))) throw error;
    }
    await sleep(firstWait * 2 ** (attempt - 1));
  }
}

function messagesOf(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) messages.push(cause.message);
  return messages.join(" ");
}
