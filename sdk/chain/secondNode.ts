import { KyosoError } from "../errors.js";
import type { Eip1193Provider } from "./eip1193.js";
import type { ChainLog, ReadLogs } from "./logCache.js";
import { LogCache } from "./logCache.js";
import { logSource } from "./logSource.js";
import { patiently, until } from "./patience.js";

/** What a node was asked, and what it answered. */
interface Answered {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly answer: unknown;
  /** The newest block that was known when it answered. */
  readonly head: number;
}

/** Questions to which two honest nodes give the same answer, as of one block. */
const COMPARABLE = new Set([
  "eth_chainId",
  "eth_call",
  "eth_getBlockByNumber",
  "eth_getCode",
  "eth_getLogs",
  "eth_getStorageAt",
]);

/** What a node or a wallet signs by itself. */
const SIGNING = /^(?:eth_sign|eth_sendTransaction$|eth_sendRawTransaction$|personal_sign$)/u;

/** How it is asked whether it has come to a block. */
const PATIENCE = { attempts: 6, firstWait: 500 };

/**
 * A second node that everything is asked of again which a first one answered, before anything is signed: what one node makes
 * up, another one that nobody bribed doesn't know.
 */
export class SecondNode {
  readonly #second: Eip1193Provider;
  readonly #logs: LogCache;
  /** What wasn't compared yet. */
  #answered: Answered[] = [];
  #read: ReadLogs[] = [];
  #head = 0;

  /** @param logs Keeps what the second node alone has said. */
  constructor(second: Eip1193Provider, logs = new LogCache(undefined)) {
    this.#second = second;
    this.#logs = logs;
  }

  /**
   * Remembers the logs of a contract that were read, to be compared as a whole: those that were kept the first node was asked
   * for some other time, when nobody was asked beside it.
   */
  readonly remember = (read: ReadLogs): void => {
    this.#head = Math.max(this.#head, read.to);
    this.#read.push(read);
  };

  /** Has a first node remembered: its answers are compared before it signs, or hands in what was signed. */
  watch(first: Eip1193Provider): void {
    const request = first.request.bind(first);
    first.request = async (args) => {
      const { method, params = [] } = args;
      if (SIGNING.test(method)) await this.confirm();
      const answer = await request(args);
      if (method === "eth_blockNumber") this.#head = Math.max(this.#head, Number(answer));
      if (method === "eth_getBlockByNumber") this.#head = Math.max(this.#head, numberOf(answer) ?? 0);
      if (COMPARABLE.has(method)) this.#answered.push({ method, params, answer, head: this.#head });
      return answer;
    };
  }

  /**
   * Asks the second node for all that the first one has answered since the last time.
   *
   * @throws KyosoError where they differ, or it doesn't answer.
   */
  async confirm(): Promise<void> {
    const open = this.#answered;
    const seen = new Set<string>();
    const distinct = open.filter(({ method, params, answer, head }) => {
      const key = JSON.stringify([method, params, formOf(method, answer), head]);
      return !seen.has(key) && seen.add(key);
    });
    // What was read later has what was read before in it.
    const read = this.#read;
    const last = new Map(read.map((each) => [`${each.chainId} ${each.address}`, each]));
    await this.#requireBlock(this.#head);
    await Promise.all([
      ...distinct.map((each) => this.#compare(each)),
      ...[...last.values()].map((each) => this.#compareLogs(each)),
    ]);
    this.#answered = this.#answered.filter((each) => !open.includes(each));
    this.#read = this.#read.filter((each) => !read.includes(each));
  }

  async #compareLogs({ chainId, address, from, to, logs }: ReadLogs): Promise<void> {
    const source = logSource({ request: ({ method, params = [] }) => this.#ask(method, params) });
    const wanted = logs.map(formOfLog);
    const read = async () => {
      const all = await this.#logs.read(source, chainId, address, from, undefined, to);
      return all.filter(({ blockNumber }) => blockNumber <= to).map(formOfLog);
    };
    const isSame = (own: readonly string[]) =>
      own.length === wanted.length && own.every((log, i) => log === wanted[i]);
    if (isSame(await read())) return;
    // What was kept of the second node may be from another one that stood in its place before.
    await this.#logs.forget(chainId, address);
    if (isSame(await read())) return;
    throw differs("eth_getLogs", [{ address, fromBlock: from, toBlock: to }]);
  }

  async #compare({ method, params, answer, head }: Answered): Promise<void> {
    const wanted = formOf(method, answer);
    // Of what is newest, as of the block that was newest then; or now, where a block has come in between.
    const [asOfThen, ...later] = pinned(method, params, answer, head);
    for (const asked of [asOfThen, ...later]) {
      if (asked !== undefined && formOf(method, await this.#ask(method, asked)) === wanted) return;
    }
    throw differs(method, params);
  }

  async #requireBlock(block: number): Promise<void> {
    const head = await until(
      (newest) => newest >= block,
      async () => Number(await this.#ask("eth_blockNumber", [])),
      PATIENCE,
    );
    if (head >= block) return;
    throw KyosoError.of("node.behind", {
      data: { block: head, after: block },
      place: "KYOSO_CHECK_RPC_URL",
      message: `The second node has come to block ${head} only, and the first one to block ${block}`,
      remedy: "Nothing was signed. Run the same command again in a moment, or use another second node.",
    });
  }

  async #ask(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await patiently(() => this.#second.request({ method, params }));
    } catch (cause) {
      throw KyosoError.of("node.second-silent", {
        data: { method, reason: cause instanceof Error ? cause.message : String(cause) },
        place: "KYOSO_CHECK_RPC_URL",
        message: `The second node doesn't answer (${method}): ${cause instanceof Error ? cause.message : String(cause)}`,
        remedy:
          "Nothing was signed. Use another second node, or unset KYOSO_CHECK_RPC_URL to go without one.",
        cause,
      });
    }
  }
}

function differs(method: string, params: readonly unknown[]): KyosoError {
  return KyosoError.of("node.differs", {
    data: { method, question: JSON.stringify(params) },
    place: "KYOSO_CHECK_RPC_URL",
    message: `The second node answers otherwise than the first one (${method})`,
    remedy:
      "One of them lies, or is broken or behind. Nothing was signed. Run the same command again; if it stays so, find out which of them is right before anything is signed.",
  });
}

function formOfLog({ blockNumber, index, transactionHash, topics, data }: ChainLog): string {
  return JSON.stringify([blockNumber, index, transactionHash, topics, data]).toLowerCase();
}

/** What of an answer two nodes have in common. */
function formOf(method: string, answer: unknown): string {
  if (method === "eth_getBlockByNumber") {
    // A hash alone says nothing: nobody works out whether the rest is what it is of.
    const { hash, stateRoot, number, timestamp, baseFeePerGas } = (answer ?? {}) as Record<string, unknown>;
    return JSON.stringify([
      hash,
      stateRoot,
      ...[number, timestamp, baseFeePerGas].map(quantityOf),
    ]).toLowerCase();
  }
  if (method === "eth_getLogs" && Array.isArray(answer)) {
    return JSON.stringify(
      answer.map((log: Record<string, unknown>) => [
        Number(log.blockNumber),
        Number(log.logIndex),
        log.transactionHash,
        log.address,
        log.topics,
        log.data,
      ]),
    ).toLowerCase();
  }
  if (method === "eth_chainId" || method === "eth_getStorageAt") return BigInt(String(answer)).toString();
  return JSON.stringify(answer).toLowerCase();
}

/** A number however it is written: nodes differ in leading zeros. */
function quantityOf(value: unknown): unknown {
  return typeof value === "string" && /^0x[0-9a-f]+$/iu.test(value) ? BigInt(value).toString() : value;
}

/** The same question as of a block that both have; where it was of the newest one, also as of the newest one now. */
function pinned(
  method: string,
  params: readonly unknown[],
  answer: unknown,
  head: number,
): (readonly unknown[])[] {
  const place = PLACES[method];
  if (place === undefined) return [params];
  const tag = params[place];
  if (typeof tag === "string" && tag.startsWith("0x")) return [params];
  const block = method === "eth_getBlockByNumber" ? (numberOf(answer) ?? head) : head;
  return [params.toSpliced(place, 1, `0x${block.toString(16)}`), params.toSpliced(place, 1, "latest")];
}

/** Which of the parameters names the block. */
const PLACES: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBlockByNumber: 0,
  eth_getCode: 1,
  eth_getStorageAt: 2,
};

function numberOf(block: unknown): number | undefined {
  if (typeof block !== "object" || block === null || !("number" in block)) return undefined;
  return typeof block.number === "string" ? Number(block.number) : undefined;
}
