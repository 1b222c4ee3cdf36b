/** What a log's line may have: names that the relay chose, codes and numbers. Nothing that people wrote, nor who they are. */
export type LogFields = Readonly<Record<string, string | number | boolean | bigint | null | undefined>>;

export type LogLevel = "info" | "warn" | "error";

/** Writes a line of JSON for each thing that happened. */
export type Logger = (level: LogLevel, event: string, fields?: LogFields) => void;

/** A logger that writes to a stream. */
export function logTo(write: (line: string) => void): Logger {
  return (level, event, fields = {}) => {
    const line = { time: new Date().toISOString(), level, event, ...fields };
    write(
      `${JSON.stringify(line, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value))}\n`,
    );
  };
}

/** How often the same thing is logged again while it lasts. */
const AGAIN_MS = 3_600_000;

/** Logs what goes on for a while: at once, once an hour while it lasts, and at once where there is something else to say. */
export class Lasting {
  readonly #log: Logger;
  /** What was logged last, by what it is about. */
  readonly #said = new Map<string, { readonly text: string; readonly at: number }>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * @param about What it is about: the same until {@link over} says that it has passed.
   * @param numbers What may be another one each time, without being something else.
   */
  say(about: string, level: LogLevel, event: string, fields: LogFields = {}, numbers: LogFields = {}): void {
    const text = JSON.stringify([level, event, fields]);
    const before = this.#said.get(about);
    if (before?.text === text && Date.now() - before.at < AGAIN_MS) return;
    this.#said.set(about, { text, at: Date.now() });
    this.#log(level, event, { ...fields, ...numbers });
  }

  over(about: string): void {
    this.#said.delete(about);
  }

  /** What was said lately, and isn't over. */
  get all(): readonly string[] {
    return [...this.#said.keys()];
  }
}
