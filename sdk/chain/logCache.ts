import { KyosoError } from "../errors.js";
import { UnreadableAnswer } from "./answer.js";
import type { OnProgress } from "./logs.js";
import { LogSearch } from "./logs.js";
import type { LogSource } from "./logSource.js";
import type { LogPlace, LogStore } from "./logStore.js";
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

/**
 * All logs of contracts, kept in a store as far as they are settled. Lines are only ever added; one that is cut off, because
 * the writer was killed, and all after it count as not there.
 */
export class LogCache {
  readonly #store: LogStore | undefined;
  readonly #onRead: (read: ReadLogs) => void;

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
    source: LogSource,
    chainId: bigint,
    address: string,
    fromBlock: number,
    onProgress?: OnProgress,
    newest = 0,
  ): Promise<ChainLog[]> {
    const store = this.#store;
    const place = { chainId, address };
    const kept = store === undefined ? [] : await readKept(source, store, place, fromBlock);
    const logs: ChainLog[] = [];
    for (const segment of kept) for (const log of segment.found) logs.push(log);

    const search = new LogSearch(source, { address });
    const head = await headOf(source, newest);
    const settled = head - UNSETTLED_BLOCKS;
    let next = (kept.at(-1)?.to ?? fromBlock - 1) + 1;
    const anchor = next <= settled ? await hashOf(source, settled) : undefined;
    if (next <= settled && anchor === undefined) {
      // Else one that makes up a number has its blocks searched for ever.
      const message = `The node says that its newest block is ${head}, and has no block ${settled}`;
      throw new UnreadableAnswer(message);
    }
    while (store !== undefined && next <= settled) {
      const from = next;
      const found: ChainLog[] = [];
      for (let step = 0; step < STEPS_PER_SEGMENT && next <= settled; step++) {
        const { logs: some, last } = await search.step(next, settled);
        for (const log of some) found.push(log);
        next = last + 1;
        onProgress?.(last, head);
      }
      const kept = found.map(toChainLog);
      for (const log of kept) logs.push(log);
      const [hash, anchorNow] = await Promise.all([hashOf(source, next - 1), hashOf(source, settled)]);
      // A chain that changed while it was read is not worth keeping.
      if (hash !== undefined && anchor !== undefined && anchor === anchorNow) {
        const line: Line = { version: VERSION, from, to: next - 1, hash, ...packLogs(kept) };
        await store.append(place, JSON.stringify(line));
      }
    }
    for (const log of await search.read(next, head, onProgress)) logs.push(toChainLog(log));
    this.#onRead({ ...place, from: fromBlock, to: head, logs });
    return logs;
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

/** The segments that hold: whole, without gaps, and of this chain as it is now. What comes after them is cut off. */
async function readKept(
  source: LogSource,
  store: LogStore,
  place: LogPlace,
  fromBlock: number,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  /** How many lines there are up to the end of each segment. */
  const ends: number[] = [];
  const { lines, whole } = await store.read(place);
  for (const [i, line] of lines.entries()) {
    const segment = parseLine(line);
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

function toChainLog({ blockNumber, index, transactionHash, topics, data }: ChainLog): ChainLog {
  return { blockNumber, index, transactionHash, topics, data };
}
