import type { Filter, Log, Provider } from "ethers";
import type { ChainLog } from "../../../sdk/chain/packedLogs.js";

/** A log as what it says: of kept ones it is read when it is asked for. */
export function plain({ blockNumber, index, transactionHash, topics, data }: ChainLog): ChainLog {
  return { blockNumber, index, transactionHash, topics, data };
}

/** A provider of which `getLogs` is another. */
export function withGetLogs(provider: Provider, getLogs: (filter: Filter) => Promise<Log[]>): Provider {
  return new Proxy(provider, {
    get(target, key) {
      if (key === "getLogs") return getLogs;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The chain's own provider, but for searches over more blocks than `most`, which it refuses as public nodes do. */
export function limited(provider: Provider, most: () => number) {
  const ranges: number[] = [];
  const node = withGetLogs(provider, async (filter) => {
    const blocks = Number(filter.toBlock) - Number(filter.fromBlock) + 1;
    if (blocks > most()) throw new Error("query returned more than 10000 results");
    ranges.push(blocks);
    return provider.getLogs(filter);
  });
  return { node, ranges };
}
