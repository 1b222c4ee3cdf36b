import type { Filter, Log, Provider } from "ethers";

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
