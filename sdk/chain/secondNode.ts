import { quotable, revertDataOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import { formatDuration } from "../units.js";
import type { Eip1193Provider } from "./eip1193.js";
import type { ChainLog, ReadLogs } from "./logCache.js";
import { LogCache } from "./logCache.js";
import { logSource } from "./logSource.js";
import type { Patience } from "./patience.js";
import { patiently, until } from "./patience.js";

/** What a node was asked, and what it answered. */
interface Answered {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly answer: unknown;
  /** The newest block that was known when it answered. */
  readonly head: number;
}

/**
 * Questions to which two honest nodes give the same answer, as of one block. What gas costs, and how much something takes, each works
 * out by itself.
 */
const COMPARABLE = new Set([
  "eth_chainId",
  "eth_call",
  "eth_getBalance",
  "eth_getBlockByNumber",
  "eth_getCode",
  "eth_getLogs",
  "eth_getStorageAt",
  "eth_getTransactionByHash",
  "eth_getTransactionCount",
  "eth_getTransactionReceipt",
]);

/** Those about a transaction, which has an answer from when it is in a block. */
const OF_TRANSACTION = new Set(["eth_getTransactionByHash", "eth_getTransactionReceipt"]);

/** What a node or a wallet signs by itself. */
const SIGNING = /^(?:eth_sign|eth_sendTransaction$|eth_sendRawTransaction$|personal_sign$)/u;

/** How it is asked whether it has come to a block. */
const PATIENCE: Patience = { attempts: 6, firstWait: 500 };

/** Seconds that the newest block of one node may be older than that of the other one. */
const LONGEST_STILL = 300;

type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>;

/**
 * A second node that everything is asked of again which a first one answered, before anything is signed, or said to be done: what
 * one node makes up, another one that nobody bribed doesn't know.
 */
export class SecondNode {
  readonly #second: Eip1193Provider;
  readonly #logs: LogCache;
  readonly #patience: Patience;
  #askFirst: Ask | undefined;
  /** What wasn't compared yet. */
  #answered: Answered[] = [];
  #read: ReadLogs[] = [];
  #head = 0;

  /**
   * @param logs Keeps what the second node alone has said.
   * @param patience How it is asked whether it has come as far as the first one.
   */
  constructor(second: Eip1193Provider, logs = new LogCache(undefined), patience = PATIENCE) {
    this.#second = second;
    this.#logs = logs;
    this.#patience = patience;
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
    this.#askFirst = (method, params) => request({ method, params });
    first.request = async (args) => {
      const { method, params = [] } = args;
      if (SIGNING.test(method)) await this.confirm();
      const answer = await request(args).catch((error: unknown) => {
        // A contract's refusal is an answer too: what a trial of a Safe's transaction says is one.
        const reverted = method === "eth_call" ? revertDataOf(error) : undefined;
        if (reverted !== undefined)
          this.#answered.push({ method, params, answer: { reverted }, head: this.#head });
        throw error;
      });
      const known = method === "eth_blockNumber" ? Number(answer) : (blockOf(method, answer) ?? 0);
      this.#head = Math.max(this.#head, known);
      if (isComparable(method, answer)) this.#answered.push({ method, params, answer, head: this.#head });
      return answer;
    };
  }

  /** Forgets what wasn't compared yet: for whoever throws away what was read, and reads it anew. */
  forget(): void {
    this.#answered = [];
    this.#read = [];
    this.#head = 0;
  }

  /**
   * Asks the second node for all that the first one has answered since the last time.
   *
   * @throws KyosoError where they differ, the first one stands still, or the second one doesn't answer or is behind. Then it is
   * asked for the same the next time, too: nobody goes on with what one node alone says.
   */
  async confirm(): Promise<void> {
    const open = this.#answered;
    const seen = new Set<string>();
    // The last answer counts to what changes from block to block: one of several nodes behind an address may be a little behind,
    // and a transaction is in another block after a reorganisation.
    const distinct = open.toReversed().filter(({ method, params, answer, head }) => {
      const key = JSON.stringify(
        method === "eth_getTransactionCount" || OF_TRANSACTION.has(method)
          ? [method, params]
          : [method, params, formOf(method, answer), head],
      );
      return !seen.has(key) && seen.add(key);
    });
    // What was read later has what was read before in it.
    const read = this.#read;
    const last = new Map(read.map((each) => [`${each.chainId} ${each.address}`, each]));
    await this.#requireHeads(this.#head);
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
    if (OF_TRANSACTION.has(method)) {
      // A node may have come to the block, and not have looked through it yet.
      const own = await until(
        (found) => found !== null,
        () => this.#ask(method, params),
        this.#patience,
      );
      if (formOf(method, own) === wanted) return;
      throw differs(method, params);
    }
    if (method === "eth_getTransactionCount" && params[1] === "pending") {
      // What isn't in a block yet not every node has. Of what one hides, the next transaction would take the place.
      const own = await until(
        (count) => count <= Number(answer),
        async () => Number(await this.#ask(method, params)),
        this.#patience,
      );
      if (own <= Number(answer)) return;
      throw differs(method, params);
    }
    // Of what is newest, as of the block that was newest then; or now, where a block has come in between.
    const [asOfThen, ...later] = pinned(method, params, answer, head);
    let silent: KyosoError | undefined;
    for (const asked of [asOfThen, ...later]) {
      if (asked === undefined) continue;
      try {
        // A block that it has come to may not be everywhere behind its address.
        const own = await until(
          (found) => found !== null || method !== "eth_getBlockByNumber",
          () => this.#ask(method, asked),
          this.#patience,
        );
        if (formOf(method, own) === wanted) return;
      } catch (error) {
        if (!(error instanceof KyosoError)) throw error;
        // Many nodes keep the states of few blocks: what is newest can be asked for all the same.
        silent = error;
      }
    }
    throw silent ?? differs(method, params);
  }

  /** Requires that this one has come to a block, and that the first one goes on with the chain. */
  async #requireHeads(block: number): Promise<void> {
    const newest = () => this.#ask("eth_getBlockByNumber", ["latest", false]);
    const [own, first] = await Promise.all([
      until((found) => Number(fieldsOf(found).number) >= block, newest, this.#patience),
      this.#askFirst?.("eth_getBlockByNumber", ["latest", false]),
    ]);
    const head = Number(fieldsOf(own).number);
    if (!(head >= block)) {
      throw KyosoError.of("node.behind", {
        data: { block: head, after: block },
        place: "KYOSO_CHECK_RPC_URL",
        message: `The second node has come to block ${head} only, and the first one to block ${block}`,
        remedy:
          "Nothing more was signed. Run the same command again in a moment, or use another second node.",
      });
    }
    const seconds = Number(fieldsOf(own).timestamp) - Number(fieldsOf(first).timestamp);
    if (seconds > LONGEST_STILL) {
      throw KyosoError.of("node.stands-still", {
        data: { seconds },
        place: "node",
        message: `Its newest block is ${formatDuration(seconds)} older than that of the second node: it doesn't follow the chain any more`,
        remedy:
          "Nothing more was signed, as what was shown is of the past. Use another node, or wait until it has caught up.",
      });
    }
  }

  async #ask(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await patiently(() => this.#second.request({ method, params }));
    } catch (cause) {
      const reverted = method === "eth_call" ? revertDataOf(cause) : undefined;
      if (reverted !== undefined) return { reverted };
      const reason = quotable(cause instanceof Error ? cause.message : String(cause));
      throw KyosoError.of("node.second-silent", {
        data: { method, reason },
        place: "KYOSO_CHECK_RPC_URL",
        message: `The second node doesn't answer (${method}): ${reason}`,
        remedy:
          "Nothing more was signed. Use another second node, or unset KYOSO_CHECK_RPC_URL to go without one.",
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
      "One of them lies, or is broken or behind: what was shown may not be so, and nothing more was signed. Run the same command again; if it stays so, find out which of them is right before anything is signed.",
  });
}

function formOfLog({ blockNumber, index, transactionHash, topics, data }: ChainLog): string {
  return JSON.stringify([blockNumber, index, transactionHash, topics, data]).toLowerCase();
}

/** Of these, all that two nodes have in common. Of a block a hash says nothing alone: nobody works out whether the rest is what it is of. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  eth_getBlockByNumber: ["hash", "stateRoot", "number", "timestamp", "baseFeePerGas"],
  eth_getTransactionByHash: ["hash", "blockNumber", "from", "to", "nonce", "value", "input", "gas"],
  eth_getTransactionReceipt: ["transactionHash", "blockNumber", "from", "to", "status", "gasUsed"],
};

/** What of an answer two nodes have in common. */
function formOf(method: string, answer: unknown): string {
  return JSON.stringify(partsOf(method, answer)).toLowerCase();
}

function partsOf(method: string, answer: unknown): unknown {
  if (method === "eth_getLogs" && Array.isArray(answer)) return logsOf(answer);
  const names = FIELDS[method];
  if (names === undefined) return NUMBERS.has(method) ? quantityOf(answer) : answer;
  const fields = fieldsOf(answer);
  const { transactions, logs } = fields;
  return [
    names.map((name) => quantityOf(fields[name])),
    // Hashes, or the transactions themselves where these were asked for.
    ...(Array.isArray(transactions)
      ? transactions.map((each) =>
          typeof each === "string" ? [] : partsOf("eth_getTransactionByHash", each),
        )
      : []),
    ...(Array.isArray(logs) ? logsOf(logs) : []),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(answer: unknown): Fields {
  return (answer ?? {}) as Fields;
}

function logsOf(logs: readonly Fields[]): unknown[] {
  return logs.map(({ blockNumber, logIndex, transactionHash, address, topics, data }) => [
    Number(blockNumber),
    Number(logIndex),
    ...[transactionHash, address, topics, data],
  ]);
}

/** Answered with a number, which nodes write in several ways. */
const NUMBERS = new Set(["eth_chainId", "eth_getBalance", "eth_getStorageAt", "eth_getTransactionCount"]);

/** That a transaction isn't in a block yet, nothing is made of but to ask again. */
function isComparable(method: string, answer: unknown): boolean {
  return COMPARABLE.has(method) && !(OF_TRANSACTION.has(method) && blockOf(method, answer) === undefined);
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
  const block = blockOf(method, answer) ?? head;
  return [params.toSpliced(place, 1, `0x${block.toString(16)}`), params.toSpliced(place, 1, "latest")];
}

/** Which of the parameters names the block. */
const PLACES: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getBlockByNumber: 0,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
};

/** The block that an answer is, or is of. */
function blockOf(method: string, answer: unknown): number | undefined {
  const name = method === "eth_getBlockByNumber" ? "number" : "blockNumber";
  if (typeof answer !== "object" || answer === null || !(name in answer)) return undefined;
  const number = (answer as Fields)[name];
  return typeof number === "string" ? Number(number) : undefined;
}
