import type { DBSchema, IDBPDatabase } from "idb";
import { openDB } from "idb";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { KeptLines, LogPlace, LogStore } from "../chain/logStore.js";
import { MemoryLogs, placeKey } from "../chain/logStore.js";

/** One line a row, by its contract and its number. */
interface Lines extends DBSchema {
  lines: { key: [place: string, number: number]; value: string };
}

/** A browser that hasn't opened its database by then, in milliseconds, isn't waited for any longer. */
const LONGEST_WAIT = 5_000;

export interface BrowserLogsOptions {
  /** Called once, where the browser keeps nothing: what is read is kept as long as the page lives. */
  readonly onProblem?: (problem: Problem) => void;
  /** Name of the database. */
  readonly database?: string;
}

/**
 * Keeps logs in the browser (IndexedDB), for all tabs and Workers of a site. Where it has none, as in some private windows,
 * where another tab holds it, or where it is full, they are kept in memory instead: a page works without.
 */
export class BrowserLogs implements LogStore {
  readonly #onProblem: (problem: Problem) => void;
  readonly #name: string;
  readonly #memory = new MemoryLogs();
  #gaveUp = false;
  #opened: Promise<IDBPDatabase<Lines> | undefined> | undefined;

  constructor({ onProblem = () => undefined, database = "kyoso" }: BrowserLogsOptions = {}) {
    this.#onProblem = onProblem;
    this.#name = database;
  }

  read(place: LogPlace): Promise<KeptLines> {
    return this.#either(
      async (database) => ({ lines: await database.getAll("lines", rangeOf(place)), whole: true }),
      (memory) => memory.read(place),
    );
  }

  append(place: LogPlace, line: string): Promise<void> {
    return this.#either(
      async (database) => {
        const change = database.transaction("lines", "readwrite");
        const last = await change.store.openKeyCursor(rangeOf(place), "prev");
        const number = last === null ? 0 : last.key[1] + 1;
        await Promise.all([change.store.add(line, [placeKey(place), number]), change.done]);
      },
      (memory) => memory.append(place, line),
    );
  }

  keep(place: LogPlace, count: number): Promise<void> {
    return this.#either(
      async (database) => {
        const change = database.transaction("lines", "readwrite");
        const keys = (await change.store.getAllKeys(rangeOf(place))).slice(count);
        await Promise.all([...keys.map((key) => change.store.delete(key)), change.done]);
      },
      (memory) => memory.keep(place, count),
    );
  }

  /** Asks the database; or the memory, from the first time on that there is none or it fails. */
  async #either<Result>(
    ask: (database: IDBPDatabase<Lines>) => Promise<Result>,
    instead: (memory: MemoryLogs) => Promise<Result>,
  ): Promise<Result> {
    const database = await (this.#opened ??= this.#open());
    if (database === undefined) return instead(this.#memory);
    try {
      return await ask(database);
    } catch (error) {
      this.#giveUp(error);
      return instead(this.#memory);
    }
  }

  async #open(): Promise<IDBPDatabase<Lines> | undefined> {
    try {
      return await openLines(this.#name);
    } catch (error) {
      this.#giveUp(error);
      return undefined;
    }
  }

  #giveUp(error: unknown): void {
    this.#opened = Promise.resolve(undefined);
    // Reads that were under way all end here.
    if (this.#gaveUp) return;
    this.#gaveUp = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#onProblem(
      problem("browser.keeps-nothing", {
        data: { reason },
        place: "browser storage",
        message: `It keeps nothing of what is read from the chain: ${reason}`,
        remedy:
          "All of it is read anew each time. Leave the private window, or give the browser room, if that takes long.",
      }),
    );
  }
}

async function openLines(name: string): Promise<IDBPDatabase<Lines>> {
  if (!("indexedDB" in globalThis)) throw new Error("this browser has no IndexedDB here");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("it doesn't open"));
    }, LONGEST_WAIT);
  });
  const opening = openDB<Lines>(name, 1, {
    upgrade: (database) => {
      database.createObjectStore("lines");
    },
    // Another tab wants to delete it, or has a newer version of the page: it isn't kept waiting.
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
    },
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All lines of a contract. */
function rangeOf(place: LogPlace): IDBKeyRange {
  const key = placeKey(place);
  return IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]);
}
