import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import { keptLine, lastBlockOf } from "./logCache.js";
import type { KeptLogs } from "./logCache.js";
import type { KeptLines, LogPlace, LogStore } from "./logStore.js";
import { placeKey } from "./logStore.js";

/** Who was here within so many blocks before a snapshot's end goes on from there: to ask for the rest is one search. */
const WORTH_IT = 10_000;

/** Of the form of the file. */
const VERSION = 1;

/** A contract's snapshot, as whoever publishes it announces it. */
export interface AnnouncedSnapshot {
  /** The last block that it says something of. */
  readonly block: number;
  /** Reads the file, and checks its hash. Throws where it isn't there, or was changed. */
  readonly load: () => Promise<string>;
}

/** The file of a snapshot: all logs of a contract up to a block that stays. */
export function snapshotText({ chainId, address }: LogPlace, logs: KeptLogs): string {
  const line = keptLine(logs);
  return `${JSON.stringify({ version: VERSION, chainId: chainId.toString(), address, line })}\n`;
}

/**
 * Begins with a snapshot of the logs where a store has none yet, or much older ones. What comes out of it is a line like any
 * other: {@link LogCache} compares its last block with the chain's, and readers what it says with what the contracts say. One
 * that isn't there, was changed, or is of another contract or chain isn't used, and all is read from the node.
 */
export class SnapshotLogs implements LogStore {
  readonly #store: LogStore;
  readonly #announced: (place: LogPlace) => AnnouncedSnapshot | undefined;
  readonly #onUnused: (problem: Problem) => void;
  readonly #begun = new Map<string, Promise<string | undefined>>();
  /** Contracts for which a snapshot is in use. */
  readonly #used = new Map<string, LogPlace>();
  /** Snapshots that are being put into the store. */
  readonly #writing = new Map<string, Promise<void>>();

  /**
   * @param announced The snapshot of a contract; undefined where there is none.
   * @param onUnused Called with why one isn't used that was announced.
   */
  constructor(
    store: LogStore,
    announced: (place: LogPlace) => AnnouncedSnapshot | undefined,
    onUnused: (problem: Problem) => void = () => undefined,
  ) {
    this.#store = store;
    this.#announced = announced;
    this.#onUnused = onUnused;
  }

  async read(place: LogPlace): Promise<KeptLines> {
    const key = placeKey(place);
    const known = this.#begun.get(key);
    if (known === undefined) {
      const beginning = this.#begin(place);
      this.#begun.set(key, beginning);
      const line = await beginning;
      // It needn't be written first to be read.
      if (line !== undefined) return { lines: [line], whole: true };
    }
    await known;
    await this.#writing.get(key);
    return this.#store.read(place);
  }

  async append(place: LogPlace, line: string): Promise<void> {
    await this.#writing.get(placeKey(place));
    await this.#store.append(place, line);
  }

  async keep(place: LogPlace, count: number): Promise<void> {
    await this.#writing.get(placeKey(place));
    // Its line is the first one.
    if (count === 0 && this.#used.delete(placeKey(place))) {
      this.#unused(place, "it isn't what the chain has");
    }
    await this.#store.keep(place, count);
  }

  /**
   * Forgets all snapshots that are in use, where something that was read with them turned out to be wrong; none is used again.
   *
   * @returns Whether there were any.
   */
  async withdraw(): Promise<boolean> {
    const places = [...this.#used.values()];
    await Promise.all(places.map((place) => this.keep(place, 0)));
    return places.length > 0;
  }

  /** Takes the snapshot and begins to put it into the store, where that is worth it. */
  async #begin(place: LogPlace): Promise<string | undefined> {
    const snapshot = this.#announced(place);
    if (snapshot === undefined) return undefined;
    const { lines } = await this.#store.read(place);
    const last = lines.at(-1);
    const until = last === undefined ? undefined : lastBlockOf(last);
    if (until !== undefined && until + WORTH_IT > snapshot.block) return undefined;
    try {
      const line = lineOf(await snapshot.load(), place, snapshot.block);
      // Where it can't be kept, it is read again at the next visit.
      this.#writing.set(
        placeKey(place),
        this.#write(place, line).catch(() => undefined),
      );
      this.#used.set(placeKey(place), place);
      return line;
    } catch (error) {
      this.#unused(place, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #write(place: LogPlace, line: string): Promise<void> {
    await this.#store.keep(place, 0);
    await this.#store.append(place, line);
  }

  #unused({ address }: LogPlace, reason: string): void {
    this.#onUnused(unusedSnapshot(address, reason));
  }
}

/** That a snapshot isn't used, and why. */
export function unusedSnapshot(contract: string, reason: string): Problem {
  return problem("page.snapshot-unused", {
    data: { contract, reason },
    place: `snapshot of ${contract}`,
    message: `It isn't used: ${reason}`,
    remedy:
      "All is read from the node, which takes longer. Write the page's folder anew: npx hardhat dao page.",
  });
}

/** @throws Error saying what is wrong with the file. */
function lineOf(text: string, { chainId, address }: LogPlace, block: number): string {
  const found: unknown = JSON.parse(text);
  if (typeof found !== "object" || found === null) throw new Error("it can't be read");
  const file = found as Readonly<Record<string, unknown>>;
  if (file.version !== VERSION || typeof file.line !== "string") throw new Error("it can't be read");
  if (file.chainId !== chainId.toString()) throw new Error("it is of another chain");
  if (typeof file.address !== "string" || file.address.toLowerCase() !== address.toLowerCase()) {
    throw new Error("it is of another contract");
  }
  if (lastBlockOf(file.line) !== block) throw new Error("it ends with another block");
  return file.line;
}
