/** A question to a node. */
export interface Asked {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Every node is asked this first. */
const CHAIN_ID: Asked = { method: "eth_chainId", params: [] };

/** Milliseconds that a node may take to answer. */
const LONGEST = 20_000;

/** What a node answered, where that is an error. Its code and data are what ethers and the SDK read. */
export class AnsweredError extends Error {
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

export function isOfTheNode({ code, message, data }: AnsweredError): boolean {
  return OF_THE_NODE.has(code) && typeof data !== "string" && !SAYS_CONTRACT.test(message);
}

/** One node, asked by JSON-RPC: several questions in one request, where it takes that. */
export class Node {
  readonly host: string;
  readonly #url: string;
  readonly #ask: typeof fetch;
  #takesSeveral = true;
  #id = 0;
  #chainId: Promise<string> | undefined;

  constructor(url: string, ask: typeof fetch = (...args) => fetch(...args)) {
    this.#url = url;
    this.host = new URL(url).host;
    this.#ask = ask;
  }

  /** Whether it was asked anything yet. */
  get isNew(): boolean {
    return this.#chainId === undefined;
  }

  /** The chain that it says it is of; asked once, and anew where that failed. */
  chainId(): Promise<string> {
    return (this.#chainId ??= this.#remembered(this.#askAll([CHAIN_ID]).then(([answer]) => chainIn(answer))));
  }

  /** {@link ask}, of one that is new: it says of which chain it is in the same answer. */
  async askFirst(asked: readonly Asked[]): Promise<unknown[]> {
    const isChainId = ({ method }: Asked) => method === CHAIN_ID.method;
    const asking = this.#askAll([CHAIN_ID, ...asked.filter((each) => !isChainId(each))]);
    this.#chainId = this.#remembered(asking.then(([answer]) => chainIn(answer)));
    const [chainId, ...answers] = await asking;
    return asked.map((each) => (isChainId(each) ? chainId : answers.shift()));
  }

  /**
   * Asks, and returns the answers in order; an Error where it gave one, or none that can be read.
   *
   * @throws Error where nothing came back at all.
   */
  async ask(asked: readonly Asked[]): Promise<unknown[]> {
    if (this.#chainId !== undefined && asked.every(({ method }) => method === CHAIN_ID.method)) {
      const chainId = await this.#chainId;
      return asked.map(() => chainId);
    }
    return this.#askAll(asked);
  }

  #remembered(asking: Promise<string>): Promise<string> {
    asking.catch(() => {
      if (this.#chainId === asking) this.#chainId = undefined;
    });
    return asking;
  }

  async #askAll(asked: readonly Asked[]): Promise<unknown[]> {
    if (asked.length > 1 && this.#takesSeveral) {
      const answers = await this.#askTogether(asked);
      if (answers !== undefined) return answers;
      this.#takesSeveral = false;
    }
    return Promise.all(
      asked.map(async (each) => {
        const { status, answer } = await this.#post(this.#numbered(each));
        return resultOf(answer, status);
      }),
    );
  }

  /** Undefined where the node doesn't take several questions at once. */
  async #askTogether(asked: readonly Asked[]): Promise<unknown[] | undefined> {
    const numbered = asked.map((each) => this.#numbered(each));
    const { status, answer } = await this.#post(numbered);
    if (!Array.isArray(answer)) {
      if (status === 429 || status >= 500) throw new Error(`HTTP ${status}`);
      return undefined;
    }
    const byId = new Map((answer as unknown[]).map((each) => [isObject(each) ? each.id : undefined, each]));
    return numbered.map(({ id }) => resultOf(byId.get(id), status));
  }

  #numbered({ method, params }: Asked) {
    return { jsonrpc: "2.0", id: ++this.#id, method, params };
  }

  async #post(body: unknown): Promise<{ status: number; answer: unknown }> {
    const response = await this.#ask(this.#url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(LONGEST),
    });
    return { status: response.status, answer: parse(await response.text()) };
  }
}

function chainIn(answer: unknown): string {
  if (typeof answer === "string") return answer;
  throw answer instanceof Error ? answer : new Error("it doesn't say of which chain it is");
}

function resultOf(answer: unknown, status: number): unknown {
  if (isObject(answer) && isObject(answer.error)) {
    const { code, message, data } = answer.error;
    return new AnsweredError(
      Number(code ?? 0),
      typeof message === "string" ? message : "it gave no reason",
      data,
    );
  }
  if (status < 200 || status > 299) return new Error(`HTTP ${status}`);
  return isObject(answer) && "result" in answer ? answer.result : new Error("its answer can't be read");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
