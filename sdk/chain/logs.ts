import type { Filter, Log, Provider } from "ethers";
import { reasonOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import type { LogSource } from "./logSource.js";
import type { ChainLog } from "./packedLogs.js";
import { isPassing, refusalIn, sleep } from "./patience.js";

/** How many blocks a search begins with, and at most takes at once. */
const LARGEST_RANGE = 10_000;

/** How often a node that is overloaded is asked again, and after how many milliseconds: a page has nobody else who waits. */
const MOST_WAITS = 3;
const FIRST_WAIT = 150;

/** Called as a search goes on, with the block that it has come to and the last one. */
export type OnProgress = (block: number, last: number) => void;

/** Searches blocks from the first one to the last, and remembers how many the node takes at once. */
export class LogSearch<Found extends ChainLog> {
  readonly #source: LogSource<Found>;
  readonly #filter: Filter;
  readonly #limit: Limit;

  constructor(source: LogSource<Found>, filter: Filter) {
    this.#source = source;
    this.#filter = filter;
    this.#limit = limitOf(source.node ?? source);
  }

  /** The logs of the blocks `from` to `to`. */
  async read(from: number, to: number, onProgress: OnProgress = () => undefined): Promise<Found[]> {
    const logs: Found[] = [];
    for (let next = from; next <= to;) {
      const found = await this.step(next, to);
      for (const log of found.logs) logs.push(log);
      next = found.last + 1;
      onProgress(found.last, to);
    }
    return logs;
  }

  /**
   * The logs of as many blocks as the node searches at once, of the blocks `from` to `to`. Their number is halved where
   * the node refuses, and grows again where it doesn't.
   *
   * @returns The logs, and the last block that was searched.
   * @throws KyosoError if the node refuses even one block.
   */
  async step(from: number, to: number): Promise<{ logs: Found[]; last: number }> {
    for (let waits = 0; ;) {
      const last = Math.min(from + this.#limit.range - 1, to);
      try {
        const logs = await this.#source.getLogs({ ...this.#filter, fromBlock: from, toBlock: last });
        accepted(this.#limit);
        return { logs, last };
      } catch (cause) {
        const { message, code } = refusalIn(cause);
        const passing = isPassing(message, code);
        if (passing && ++waits < MOST_WAITS) {
          await sleep(FIRST_WAIT * 2 ** waits);
          continue;
        }
        // What has nothing to do with the range is refused for a smaller one as well.
        const isOfRange = code !== 401 && code !== 403 && !passing;
        if (last === from || !isOfRange) {
          throw KyosoError.of("node.refuses-logs", {
            data: { block: from, reason: reasonOf(cause) },
            message: `The node refuses to search block ${from}: ${reasonOf(cause)}`,
            place: "eth_getLogs",
            remedy: "Try again later, or use another node.",
            cause,
          });
        }
        refused(this.#limit, last - from + 1);
      }
    }
  }
}

/** How many blocks a node searches at once, as far as it is known: for all searches while the program runs. */
interface Limit {
  /** How many it is asked for next. */
  range: number;
  /** The fewest that it refused. */
  refused: number;
  /** How often it has searched as many as it takes, one after the other; and after how many times it is asked for more. */
  streak: number;
  needed: number;
}

const limits = new WeakMap<object, Limit>();

function limitOf(node: object): Limit {
  const known = limits.get(node);
  if (known !== undefined) return known;
  const limit = { range: LARGEST_RANGE, refused: Infinity, streak: 0, needed: 4 };
  limits.set(node, limit);
  return limit;
}

function accepted(limit: Limit): void {
  if (2 * limit.range >= limit.refused) {
    limit.streak += 1;
    if (limit.streak < limit.needed) return;
    // Of several nodes behind one address another one may take more. The next time it is asked for more after longer.
    Object.assign(limit, { refused: Infinity, streak: 0, needed: limit.needed * 4 });
  }
  limit.range = Math.min(limit.range * 2, LARGEST_RANGE);
}

function refused(limit: Limit, blocks: number): void {
  limit.refused = Math.min(limit.refused, blocks);
  limit.range = Math.max(1, Math.floor(blocks / 2));
  limit.streak = 0;
}

/** Reads the logs that match `filter`, from a block to the newest; see {@link LogSearch}. */
export async function readLogs(provider: Provider, filter: Filter, fromBlock: number): Promise<Log[]> {
  return new LogSearch(provider, filter).read(fromBlock, await provider.getBlockNumber());
}
