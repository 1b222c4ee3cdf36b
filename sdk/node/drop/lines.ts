import { createReadStream } from "node:fs";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type { KindName } from "../../badges/kinds/kinds.js";
import { requireKind } from "../../badges/kinds/kinds.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { COLUMNS, FIRST_LINE, readingProblem, REFERENCES, requireSense } from "./lineProblems.js";
import { formatAmount, parseAddress, parseAmount, quote, TOKEN_DECIMALS } from "../../units.js";

/** What a line of the file gives, and to whom. */
export interface DropLine {
  /** Number of the line in the file. */
  readonly line: number;
  /** The account it is for; undefined where a claim key is made for it. */
  readonly account: string | undefined;
  /** How the brand knows the customer: an e-mail address, a customer number. May be empty beside an account. */
  readonly reference: string;
  /** In the token's smallest unit; 0 for none. */
  readonly amount: bigint;
  /** Number of the badge's kind; 0 for none. */
  readonly kind: number;
  /** What the badge is awarded for; empty for nothing in particular. */
  readonly evidence: string;
}

/** What lines are checked against. */
export interface LineChecks {
  readonly kinds: readonly KindName[];
  /** The token's symbol and cap: nobody can be given more. */
  readonly symbol: string;
  readonly cap: bigint;
}

/** As many as help to mend a file in one go. */
const MOST_PROBLEMS = 20;
/** More leaves than any campaign has; their numbers have four bytes in links. */
const MOST_LINES = 0xffff_ffff;

interface Row {
  readonly info: { readonly lines: number };
  readonly record: Readonly<Record<string, string>>;
}

/**
 * Reads the customers of a campaign, one after the other, without ever having the whole file in memory: CSV with the
 * columns `account` or `email` (also called `reference` or `customer`), `tokens`, `kind` (name or number), `evidence`.
 *
 * @param onLine Called with each line that is right, in their order.
 * @returns How many there are.
 * @throws KyosoError naming what is wrong by line and column, up to 20 things at once.
 */
export async function readLines(
  file: string,
  checks: LineChecks,
  onLine: (line: DropLine) => void,
): Promise<number> {
  const reader = new LineReader(file, checks);
  let count = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
        yield decoder.decode();
      },
      parse({ bom: true, columns: true, info: true, skip_empty_lines: true, trim: true }) as Transform,
      async (rows: AsyncIterable<Row>) => {
        for await (const row of rows) {
          const line = reader.read(row);
          if (line === undefined) continue;
          count += 1;
          onLine(line);
        }
      },
    );
  } catch (error) {
    throw readingProblem(file, error);
  }
  reader.end();
  return count;
}

class LineReader {
  readonly #file: string;
  readonly #checks: LineChecks;
  readonly #problems: Problem[] = [];
  /** Lines by what may be there only once. */
  readonly #accounts = new Map<string, number>();
  readonly #references = new Map<string, number>();
  /** The same few amounts and kinds come again and again. */
  readonly #amounts = new Map<string, bigint>();
  readonly #kinds = new Map<string, number>();
  #total = 0n;
  #reference: string | undefined;
  #lines = 0;

  constructor(file: string, checks: LineChecks) {
    this.#file = file;
    this.#checks = checks;
  }

  /** What a row says; undefined where something is wrong with it. */
  read({ info: { lines: line }, record }: Row): DropLine | undefined {
    if (this.#lines === 0) this.#readHead(record);
    this.#lines += 1;
    if (this.#lines > MOST_LINES) {
      throw KyosoError.of("csv.too-many-lines", {
        data: { file: this.#file, most: MOST_LINES },
        place: this.#file,
        message: `It has more than ${MOST_LINES.toLocaleString("en")} lines`,
        remedy: "Make several campaigns of it.",
      });
    }
    const before = this.#problems.length;
    const { account = "", tokens = "", kind = "", evidence = "" } = record;
    const reference = (this.#reference === undefined ? "" : (record[this.#reference] ?? "")).normalize("NFC");
    const read: DropLine = {
      line,
      account: account === "" ? undefined : this.#at(line, "account", () => this.#account(line, account)),
      reference,
      amount: this.#at(line, "tokens", () => this.#amount(tokens)) ?? 0n,
      kind: this.#at(line, "kind", () => this.#kind(kind)) ?? 0,
      evidence,
    };
    if (reference !== "")
      this.#at(line, this.#reference ?? "", () => {
        this.#once(line, reference);
      });
    this.#at(line, "", () => {
      requireSense({ ...record, reference });
    });
    if (this.#problems.length >= MOST_PROBLEMS) this.end();
    if (this.#problems.length > before) return undefined;
    this.#total += read.amount;
    return read;
  }

  /** @throws KyosoError with all that is wrong. */
  end(): void {
    const { cap, symbol } = this.#checks;
    if (this.#lines === 0) {
      throw KyosoError.of("csv.empty", {
        data: { file: this.#file },
        place: this.#file,
        message: "There is no line in it",
        remedy: `The first line has to be: ${FIRST_LINE}`,
      });
    }
    if (this.#total > cap) {
      this.#problems.push(
        problem("drop.total-over-cap", {
          data: { total: this.#total, cap, symbol },
          place: `${this.#file}, column tokens`,
          message: `All lines together give ${formatAmount(this.#total, symbol)}, and there can only ever be ${formatAmount(cap, symbol)}`,
          remedy: "Give less.",
        }),
      );
    }
    if (this.#problems.length === 0) return;
    const shown = this.#problems.slice(0, MOST_PROBLEMS);
    if (this.#problems.length >= MOST_PROBLEMS) {
      shown.push(
        problem("csv.checked-in-part", {
          data: { file: this.#file, most: MOST_PROBLEMS },
          place: this.#file,
          message: `These are the first ${MOST_PROBLEMS} mistakes: what comes after them wasn't checked`,
          remedy: "Mend them, and run the same command again.",
        }),
      );
    }
    throw new KyosoError(shown);
  }

  #readHead(record: Readonly<Record<string, string>>): void {
    const names = Object.keys(record);
    const unknown = names.find((name) => !(COLUMNS as readonly string[]).includes(name));
    const references = REFERENCES.filter((name) => names.includes(name));
    const place = `${this.#file}, line 1`;
    const remedy = `The first line has to be: ${FIRST_LINE}`;
    if (unknown !== undefined) {
      const message = `There is a column ${quote(unknown)}, which isn't known`;
      throw KyosoError.of("csv.column-unknown", { data: { column: unknown }, place, message, remedy });
    }
    if (references.length > 1) {
      const message = `The columns ${references.join(" and ")} mean the same`;
      throw KyosoError.of("csv.columns-same", { data: { columns: references }, place, message, remedy });
    }
    for (const columns of [
      ["account", "email"],
      ["tokens", "kind"],
    ] as const) {
      const either = columns[0] === "account" ? references.length > 0 : names.includes(columns[1]);
      if (either || names.includes(columns[0])) continue;
      const message = `There is neither a column "${columns[0]}" nor one "${columns[1]}"`;
      throw KyosoError.of("csv.columns-missing", { data: { columns }, place, message, remedy });
    }
    this.#reference = references[0];
  }

  #account(line: number, text: string): string {
    const account = parseAddress(text);
    const before = this.#accounts.get(account);
    if (before !== undefined) {
      throw KyosoError.of("drop.line-twice", {
        data: { text: account, line: before },
        message: `${account} is in line ${before} already`,
        remedy: "Write one line for each customer, with all that it gets.",
      });
    }
    this.#accounts.set(account, line);
    return account;
  }

  #once(line: number, reference: string): void {
    const before = this.#references.get(reference);
    if (before !== undefined) {
      throw KyosoError.of("drop.line-twice", {
        data: { text: reference, line: before },
        message: `${quote(reference)} is in line ${before} already`,
        remedy: "Write one line for each customer, with all that it gets.",
      });
    }
    this.#references.set(reference, line);
  }

  #amount(text: string): bigint {
    if (text === "") return 0n;
    const known = this.#amounts.get(text);
    if (known !== undefined) return known;
    const { cap, symbol } = this.#checks;
    const amount = parseAmount(text, TOKEN_DECIMALS, symbol);
    if (amount > cap) {
      throw KyosoError.of("drop.amount-over-cap", {
        data: { text, cap, symbol },
        message: `${quote(text)} is more than there can ever be: ${formatAmount(cap, symbol)}`,
        remedy: "Give less.",
      });
    }
    if (this.#amounts.size < 10_000) this.#amounts.set(text, amount);
    return amount;
  }

  #kind(text: string): number {
    if (text === "" || text === "0") return 0;
    const known = this.#kinds.get(text) ?? requireKind(text, this.#checks.kinds).number;
    this.#kinds.set(text, known);
    return known;
  }

  /** What `run` returns; what it finds wrong is noted with where it is. */
  #at<Result>(line: number, column: string, run: () => Result): Result | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      const place = `${this.#file}, line ${line}${column === "" ? "" : `, column ${column}`}`;
      this.#problems.push(...error.problems.map((each) => ({ ...each, place })));
      return undefined;
    }
  }
}
