import type { Eip1193Provider } from "@kyoso/sdk";

/** Milliseconds that a node may take to answer. */
const LONGEST = 20_000;

/** What one node did wrong, by its host. */
export interface NodeFault {
  readonly host: string;
  readonly reason: string;
}

/** That none of the nodes gave an answer: it is the line that failed, and not what was asked. */
export class NodesFailed extends Error {
  readonly faults: readonly NodeFault[];

  constructor(faults: readonly NodeFault[]) {
    super(`No node answers: ${faults.map(({ host, reason }) => `${host}: ${reason}`).join("; ")}`);
    this.name = "NodesFailed";
    this.faults = faults;
  }
}

/** What a node answered, where that is an error. Its code and data are what ethers and the SDK read. */
class AnsweredError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.name = "AnsweredError";
    this.code = code;
    this.data = data;
  }
}

/** Codes of JSON-RPC that speak of the node and not of the question: another one may answer it. */
const OF_THE_NODE = new Set([-32_005, -32_601, -32_603, -32_000, 429]);

/** Of these codes, what a contract says is an answer all the same. */
const SAYS_CONTRACT = /revert|out of gas|execution|VM Exception/iu;

type Ask = typeof fetch;

/**
 * The nodes that a brand named, as one: the first that answers is asked from then on, and where it fails, the next one. Nothing
 * is sent to anybody else.
 */
export class Nodes implements Eip1193Provider {
  readonly #urls: readonly string[];
  readonly #ask: Ask;
  #preferred = 0;
  #id = 0;
  /** How many requests were made. */
  requests = 0;

  constructor(urls: readonly string[], ask: Ask = (...args) => fetch(...args)) {
    this.#urls = urls;
    this.#ask = ask;
  }

  /** @throws NodesFailed where none of them answers. */
  async request({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> {
    const faults: NodeFault[] = [];
    const first = this.#preferred;
    for (let i = 0; i < this.#urls.length; i++) {
      const index = (first + i) % this.#urls.length;
      const url = this.#urls[index] ?? "";
      try {
        const result = await this.#askOne(url, method, params);
        this.#preferred = index;
        return result;
      } catch (error) {
        if (error instanceof AnsweredError && !isOfTheNode(error)) throw error;
        faults.push({
          host: new URL(url).host,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
    throw new NodesFailed(faults);
  }

  async #askOne(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
    this.requests += 1;
    const response = await this.#ask(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: ++this.#id, method, params }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST),
    });
    const text = await response.text();
    const answer = parse(text);
    if (answer?.error !== undefined) {
      const { code, message, data } = answer.error;
      throw new AnsweredError(
        Number(code ?? 0),
        typeof message === "string" ? message : "it gave no reason",
        data,
      );
    }
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    if (answer === undefined || !("result" in answer)) throw new Error("its answer can't be read");
    return answer.result;
  }
}

function isOfTheNode({ code, message, data }: AnsweredError): boolean {
  return OF_THE_NODE.has(code) && typeof data !== "string" && !SAYS_CONTRACT.test(message);
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown };
}

function parse(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}
