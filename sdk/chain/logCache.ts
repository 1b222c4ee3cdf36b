import { KyosoError } from "../errors.js";
import { UnreadableAnswer } from "./answer.js";
import type { OnProgress } from "./logs.js";
import { LogSearch } from "./logs.js";
import type { ContractLog, LogSource } from "./logSource.js";
import type { LogPlace, LogStore } from "./logStore.js";
import { placeKey } from "./logStore.js";
import type { ChainLog, PackedLogs } from "./packedLogs.js";
import { packLogs, unpackLogs } from "./packedLogs.js";
import { until } from "./patience.js";

export type { ChainLog } from "./packedLogs.js";

/**
 * The newest blocks are read again each time: a reorganisation may still change them, and of several nodes behind one
 * address some are a little behind. What is older is kept with the hash of its last block, so that a deeper
 * reorganisation, or another chain with the same id, is noticed.
 */
const UNSETTLED_BLOCKS = 32;

/** How many searches are made before what they found is written down. */
const STEPS_PER_SEGMENT = 20;

/** How a node that is behind is asked for its newest block. */
const PATIENCE = { attempts: 6, firstWait: 250 };

/** Of the form of the lines. Lines of another are as good as none: what they say is read from the chain again. */
const VERSION = 2;

/** What was found in the blocks `from` to `to`, and the hash that block `to` had before. A line of the store. */
interface Line extends PackedLogs {
  readonly version: typeof VERSION;
  readonly from: number;
  readonly to: number;
  readonly hash: string;
}

/** Logs of a contract that were read, of the blocks `from` to `to`; what was kept is among them. */
export interface ReadLogs extends LogPlace {
  readonly from: number;
  readonly to: number;
  readonly logs: readonly ChainLog[];
}

type Segment = Pick<Line, "from" | "to" | "hash"> & { readonly found: readonly ChainLog[] };

/** A contract whose logs are being read: those that were kept, those that are new, and the first block that is still to be searched. */
interface Reading {
  readonly place: LogPlace;
  readonly kept: readonly ChainLog[];
  readonly fresh: ChainLog[];
  readonly next: number;
}

/** What was kept of a contract when it was read last. */
interface Known {
  readonly byLine: ReadonlyMap<string, Segment>;
  readonly segments: readonly Segment[];
  readonly logs: readonly ChainLog[];
}

/** The logs of the blocks `from` to `to`, and the hash that block `to` has. */
export interface KeptLogs {
  readonly from: number;
  readonly to: number;
  readonly hash: string;
  readonly logs: readonly ChainLog[];
}

/** A line of a store, which says that these are all logs of a contract in these blocks. */
export function keptLine({ from, to, hash, logs }: KeptLogs): string {
  const line: Line = { version: VERSION, from, to, hash, ...packLogs(logs) };
  return JSON.stringify(line);
}

/** The last block that a line of a store says something of; undefined for what is no line. */
export function lastBlockOf(line: string): number | undefined {
  const [, version, to] = /^\{"version":(\d+),"from":\d+,"to":(\d+),/u.exec(line) ?? [];
  return Number(version) === VERSION ? Number(to) : undefined;
}

/**
 * All logs of contracts, kept in a store as far as they are settled. Lines are only ever added; one that is cut off, because
 * the writer was killed, and all after it count as not there.
 */
export class LogCache {
  readonly #store: LogStore | undefined;
  readonly #onRead: (read: ReadLogs) => void;
  /** Of a long history, most of what reading takes is to read what is kept: once is enough. By place. */
  readonly #known = new Map<string, Known>();

  /**
   * @param store Undefined keeps nothing.
   * @param onRead Called with whatever was read, wherever it is from.
   */
  constructor(store: LogStore | undefined, onRead: (read: ReadLogs) => void = () => undefined) {
    this.#store = store;
    this.#onRead = onRead;
  }

  /**
   * All logs of a contract from a block on. Asks the node only for those that aren't kept.
   *
   * @param fromBlock The contract's first block: always the same for one contract.
   * @param newest A block that has to be in it: of several nodes behind one address some may be a little behind.
   */
  async read(
    source: LogSource<ContractLog>,
    chainId: bigint,
    address: string,
    fromBlock: number,
    onProgress?: OnProgress,
    newest = 0,
  ): Promise<readonly ChainLog[]> {
    const [logs = []] = await this.readTogether(source, chainId, [address], fromBlock, onProgress, newest);
    return logs;
  }

  /**
   * {@link read} of several contracts, in their order: the node is asked for all of them at once.
   *
   * @returns The same lists as before, where there is nothing new.
   */
  async readTogether(
    source: LogSource<ContractLog>,
    chainId: bigint,
    addresses: readonly string[],
    fromBlock: number,
    onProgress?: OnProgress,
    newest = 0,
  ): Promise<(readonly ChainLog[])[]> {
    const [head, ...places] = await Promise.all([
      headOf(source, newest),
      ...addresses.map(async (address): Promise<Reading> => {
        const place = { chainId, address };
        const { segments, logs } = await this.#readKept(source, place, fromBlock);
        return { place, kept: logs, fresh: [], next: (segments.at(-1)?.to ?? fromBlock - 1) + 1 };
      }),
    ]);
    const starts = new Set(places.map(({ next }) => next));
    await Promise.all(
      [...starts].map((start) =>
        this.#search(
          source,
          places.filter(({ next }) => next === start),
          start,
          head,
          onProgress,
        ),
      ),
    );
    return places.map(({ place, kept, fresh }) => {
      const logs = fresh.length === 0 ? kept : [...kept, ...fresh];
      this.#onRead({ ...place, from: fromBlock, to: head, logs });
      return logs;
    });
  }

  /** Adds the logs of the blocks `start` to `head`, and keeps what is settled. */
  async #search(
    source: LogSource<ContractLog>,
    places: readonly Reading[],
    start: number,
    head: number,
    onProgress?: OnProgress,
  ): Promise<void> {
    const store = this.#store;
    const [address, ...more] = places.map(({ place }) => place.address);
    if (address === undefined) return;
    const search = new LogSearch(source, { address: more.length === 0 ? address : [address, ...more] });
    const settled = head - UNSETTLED_BLOCKS;
    let next = start;
    const anchor = next <= settled ? await hashOf(source, settled) : undefined;
    if (next <= settled && anchor === undefined) {
      // Else one that makes up a number has its blocks searched for ever.
      const message = `The node says that its newest block is ${head}, and has no block ${settled}`;
      throw new UnreadableAnswer(message);
    }
    while (store !== undefined && next <= settled) {
      const from = next;
      const found: ContractLog[] = [];
      for (let step = 0; step < STEPS_PER_SEGMENT && next <= settled; step++) {
        // What isn't settled comes along, as far as the node goes.
        const { logs, last } = await search.step(next, head);
        for (const log of logs) found.push(log);
        next = last + 1;
        onProgress?.(last, head);
      }
      const to = Math.min(next - 1, settled);
      const [hash, anchorNow] = await Promise.all([hashOf(source, to), hashOf(source, settled)]);
      // A chain that changed while it was read is not worth keeping.
      const holds = hash !== undefined && anchor !== undefined && anchor === anchorNow;
      for (const { place, fresh } of places) {
        const own = ownOf(place, found);
        for (const log of own) fresh.push(log);
        if (!holds) continue;
        const settledLogs = own.filter(({ blockNumber }) => blockNumber <= to);
        await store.append(place, keptLine({ from, to, hash, logs: settledLogs }));
      }
    }
    const found = await search.read(next, head, onProgress);
    for (const { place, fresh } of places) for (const log of ownOf(place, found)) fresh.push(log);
  }

  /** The segments that hold: whole, without gaps, and of this chain as it is now. What comes after them is cut off. */
  async #readKept(source: LogSource, place: LogPlace, fromBlock: number): Promise<Known> {
    if (this.#store === undefined) return NOTHING_KEPT;
    const key = placeKey(place);
    const before = this.#known.get(key) ?? NOTHING_KEPT;
    const byLine = new Map<string, Segment>();
    const segments = await readKept(source, this.#store, place, fromBlock, (line) => {
      const segment = before.byLine.get(line) ?? parseLine(line);
      if (segment !== undefined) byLine.set(line, segment);
      return segment;
    });
    const isSame =
      segments.length === before.segments.length &&
      segments.every((segment, i) => segment === before.segments[i]);
    const now = { byLine, segments, logs: isSame ? before.logs : segments.flatMap(({ found }) => found) };
    this.#known.set(key, now);
    return now;
  }

  /** Forgets what is kept of a contract: it turned out not to be what the chain has. */
  async forget(chainId: bigint, address: string): Promise<void> {
    await this.#store?.keep({ chainId, address }, 0);
  }
}

/** The newest block that the node knows, once it knows `newest`. */
async function headOf(source: LogSource, newest: number): Promise<number> {
  const head = await until(
    (block) => block >= newest,
    () => source.getBlockNumber(),
    PATIENCE,
  );
  if (head >= newest) return head;
  throw KyosoError.of("node.behind", {
    data: { block: head, after: newest },
    place: "node",
    message: `It has come to block ${head} only, and block ${newest} was read already`,
    remedy: "Run the same command again in a moment, or use another node.",
  });
}

async function hashOf(source: LogSource, block: number): Promise<string | undefined> {
  return (await source.getBlock(block))?.hash ?? undefined;
}

const NOTHING_KEPT: Known = { byLine: new Map(), segments: [], logs: [] };

/** @param read Reads a line; undefined for what is none. */
async function readKept(
  source: LogSource,
  store: LogStore,
  place: LogPlace,
  fromBlock: number,
  read: (line: string) => Segment | undefined,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  /** How many lines there are up to the end of each segment. */
  const ends: number[] = [];
  const { lines, whole } = await store.read(place);
  for (const [i, line] of lines.entries()) {
    const segment = read(line);
    const expected = (segments.at(-1)?.to ?? fromBlock - 1) + 1;
    if (segment === undefined || segment.from > expected) break;
    // Of two commands that read at the same time, the second one's line says nothing new.
    if (segment.from < expected) {
      if (segments.length > 0) ends[ends.length - 1] = i + 1;
      continue;
    }
    segments.push(segment);
    ends.push(i + 1);
  }
  while (segments.length > 0) {
    const last = segments.at(-1);
    const block = last === undefined ? null : await source.getBlock(last.to);
    if (block?.hash === last?.hash) break;
    segments.pop();
    ends.pop();
  }
  const count = ends.at(-1) ?? 0;
  if (count < lines.length || !whole) await store.keep(place, count);
  return segments;
}

function parseLine(line: string): Segment | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    const found = isLine(parsed) ? unpackLogs(parsed) : undefined;
    return isLine(parsed) && found !== undefined ? { ...parsed, found } : undefined;
  } catch {
    return undefined;
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== "object" || value === null) return false;
  const { version, from, to, hash, words, logs } = value as Partial<Record<keyof Line, unknown>>;
  return (
    version === VERSION &&
    typeof from === "number" &&
    typeof to === "number" &&
    typeof hash === "string" &&
    typeof words === "string" &&
    typeof logs === "string"
  );
}

function ownOf({ address }: LogPlace, logs: readonly ContractLog[]): ChainLog[] {
  const own = address.toLowerCase();
  return logs.filter((log) => log.address.toLowerCase() === own).map(toChainLog);
}

function toChainLog({ blockNumber, index, transactionHash, topics, data }: ChainLog): ChainLog {
  return { blockNumber, index, transactionHash, topics, data };
}
