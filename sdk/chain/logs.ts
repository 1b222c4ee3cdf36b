import type { Filter, Log, Provider } from "ethers";
import { KyosoError } from "../errors.js";
import type { LogSource } from "./logSource.js";
import type { ChainLog } from "./packedLogs.js";

/** How many blocks a search begins with, and at most takes at once. */
const LARGEST_RANGE = 10_000;

/** Called as a search goes on, with the block that it has come to and the last one. */
export type OnProgress = (block: number, last: number) => void;

/** Searches blocks from the first one to the last, and remembers how many the node takes at once. */
export class LogSearch<Found extends ChainLog> {
  readonly #source: LogSource<Found>;
  readonly #filter: Filter;
  #range = LARGEST_RANGE;

  constructor(source: LogSource<Found>, filter: Filter) {
    this.#source = source;
    this.#filter = filter;
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
    for (;;) {
      const last = Math.min(from + this.#range - 1, to);
      try {
        const logs = await this.#source.getLogs({ ...this.#filter, fromBlock: from, toBlock: last });
        this.#range = Math.min(this.#range * 2, LARGEST_RANGE);
        return { logs, last };
      } catch (cause) {
        if (last === from) {
          throw KyosoError.of("node.refuses-logs", {
            data: { block: from },
            message: `The node refuses to search block ${from}`,
            place: "eth_getLogs",
            remedy: "Try again later, or use another node.",
            cause,
          });
        }
        this.#range = Math.max(1, Math.floor((last - from + 1) / 2));
      }
    }
  }
}

/** Reads the logs that match `filter`, from a block to the newest; see {@link LogSearch}. */
export async function readLogs(provider: Provider, filter: Filter, fromBlock: number): Promise<Log[]> {
  return new LogSearch(provider, filter).read(fromBlock, await provider.getBlockNumber());
}
