import type { Filter } from "ethers";
import { UnreadableAnswer } from "./answer.js";
import type { Eip1193Provider } from "./eip1193.js";
import type { ChainLog } from "./packedLogs.js";

/** A log with the contract that it is of. */
export interface ContractLog extends ChainLog {
  readonly address: string;
}

/** What logs are read from. A provider of ethers is one, which makes more of each log than is needed of thousands. */
export interface LogSource<Found extends ChainLog = ChainLog> {
  /** Whom it asks, where that isn't itself: what is known of a node is kept by it. */
  readonly node?: object;
  getBlockNumber(): Promise<number>;
  getBlock(block: number): Promise<{ readonly hash: string | null } | null>;
  getLogs(filter: Filter): Promise<Found[]>;
}

/** Asks a node itself: a log is taken as it comes. */
export function logSource(node: Eip1193Provider): LogSource<ContractLog> {
  return {
    node,
    getBlockNumber: async () => Number(await node.request({ method: "eth_blockNumber" })),
    getBlock: async (block) => {
      const found = await node.request({ method: "eth_getBlockByNumber", params: [hex(block), false] });
      return isObject(found) ? { hash: typeof found.hash === "string" ? found.hash : null } : null;
    },
    getLogs: async ({ fromBlock, toBlock, ...filter }) => {
      const params = [{ ...filter, fromBlock: hex(Number(fromBlock)), toBlock: hex(Number(toBlock)) }];
      const found = await node.request({ method: "eth_getLogs", params });
      if (!Array.isArray(found)) throw new UnreadableAnswer("The node's answer is no list of logs");
      const logs = found.map((log) => parseLog(log, filter.address));
      if (logs.some(({ blockNumber }) => blockNumber < Number(fromBlock) || blockNumber > Number(toBlock))) {
        throw new UnreadableAnswer("The node's answer has a log of a block that it wasn't asked for");
      }
      return inOrder(logs) ? logs : logs.sort(compare);
    },
  };
}

/** Numbers of proposals and of recoveries come from the order of their logs. */
function inOrder(logs: readonly ChainLog[]): boolean {
  return logs.every((log, i) => i === 0 || compare(logs[i - 1] ?? log, log) < 0);
}

function compare(one: ChainLog, other: ChainLog): number {
  return one.blockNumber - other.blockNumber || one.index - other.index;
}

/** @param of Whose log it has to be: one contract's, or one of several. */
function parseLog(log: unknown, of: Filter["address"]): ContractLog {
  if (isObject(log)) {
    const address = String(log.address).toLowerCase();
    const asked = of === undefined ? undefined : [of].flat();
    if (asked?.every((each) => typeof each !== "string" || each.toLowerCase() !== address) === true) {
      throw new UnreadableAnswer("The node's answer has a log of a contract that it wasn't asked for");
    }
    const { blockNumber, logIndex, transactionHash, topics, data } = log;
    // In full: they are kept as one text, in which anything else could pass for more than it is.
    if (
      matches(blockNumber, QUANTITY) &&
      matches(logIndex, QUANTITY) &&
      matches(transactionHash, HASH) &&
      matches(data, BYTES) &&
      Array.isArray(topics) &&
      topics.every((topic) => matches(topic, HASH))
    ) {
      return {
        address,
        blockNumber: Number(blockNumber),
        index: Number(logIndex),
        transactionHash,
        topics: topics.map((topic) => topic.toLowerCase()),
        data: data.toLowerCase(),
      };
    }
  }
  throw new UnreadableAnswer("The node's answer has a log that can't be read");
}

/** A number of up to 52 bits. */
const QUANTITY = /^0x[0-9a-f]{1,13}$/iu;
const HASH = /^0x[0-9a-f]{64}$/iu;
const BYTES = /^0x(?:[0-9a-f]{2})*$/iu;

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
