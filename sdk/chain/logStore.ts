/** Whose logs a line is of. */
export interface LogPlace {
  readonly chainId: bigint;
  /** Of the contract. */
  readonly address: string;
}

/** What a store has of a contract. */
export interface KeptLines {
  /** Whole lines, in the order in which they were added. */
  readonly lines: readonly string[];
  /** Whether there is nothing after them: a line that was cut off, because its writer was killed. */
  readonly whole: boolean;
}

/**
 * Where logs are kept, as lines of text that only their reader understands: {@link LogCache} checks each against the chain. A
 * store may be used by several programs, or tabs, at once.
 */
export interface LogStore {
  read(place: LogPlace): Promise<KeptLines>;
  /** Adds a line at the end. */
  append(place: LogPlace, line: string): Promise<void>;
  /** Forgets all but the first `count` lines. */
  keep(place: LogPlace, count: number): Promise<void>;
}

/** Keeps logs as long as the program, or the page, lives. */
export class MemoryLogs implements LogStore {
  readonly #lines = new Map<string, string[]>();

  read(place: LogPlace): Promise<KeptLines> {
    return Promise.resolve({ lines: [...this.#of(place)], whole: true });
  }

  append(place: LogPlace, line: string): Promise<void> {
    this.#of(place).push(line);
    return Promise.resolve();
  }

  keep(place: LogPlace, count: number): Promise<void> {
    this.#of(place).splice(count);
    return Promise.resolve();
  }

  #of(place: LogPlace): string[] {
    const key = placeKey(place);
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const lines: string[] = [];
    this.#lines.set(key, lines);
    return lines;
  }
}

/** A name for a place: `<chain id>/<contract>`. */
export function placeKey({ chainId, address }: LogPlace): string {
  return `${chainId}/${address.toLowerCase()}`;
}
