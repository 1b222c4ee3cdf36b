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
