import { createReadStream } from "node:fs";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { ProblemCode, Telling } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { quote } from "../../units.js";

/** A row of a table. */
export interface TableRow {
  /** The line in the file that it ends in, from 1. */
  readonly line: number;
  /** What is in its cells, without spaces around, by the names of the columns; those that the file lacks are missing. */
  readonly cells: Readonly<Record<string, string>>;
}

/** What a kind of table looks like. */
export interface TableShape {
  /** The first line of an example: what a message shows. */
  readonly firstLine: string;
  /** The columns that are read, in small letters. */
  readonly columns: readonly string[];
  /** Whether columns that aren't known are passed over; else they are refused, as they may be meant for one that is. */
  readonly foreignColumns: boolean;
}

const CSV_REMEDY = "Save the table as CSV with commas, in UTF-8 (in Excel: “CSV UTF-8”).";

/** What programs put between cells: Excel writes semicolons where a comma stands before decimals. */
const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Reads a table one row after the other, without ever having the whole file in memory: CSV with commas, semicolons or tabs,
 * in UTF-8 (or UTF-16 with its mark, as Excel's "Unicode text"), with the names of the columns in the first line, in any
 * case and order. Rows with nothing in them, such as those of which Excel leaves commas only, are passed over.
 *
 * @param file Its path, as messages name it.
 * @param onHead Called with the columns that it has and that are known.
 * @param onRow Called with each row, in their order.
 * @param text What is in it, in pieces.
 * @throws KyosoError where it can't be read, isn't CSV, names a column twice, or has no row.
 */
export async function readTable(
  file: string,
  shape: TableShape,
  onHead: (columns: readonly string[]) => void,
  onRow: (row: TableRow) => void,
  text: AsyncIterable<string> = textOf(file),
): Promise<void> {
  let rows = 0;
  try {
    const pieces = text[Symbol.asyncIterator]();
    const { first, delimiter } = await beginningOf(pieces);
    await pipeline(
      async function* () {
        yield first;
        for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
      },
      parse({
        bom: true,
        columns: (names: string[]) => {
          const head = headOf(file, names, shape);
          onHead(head.filter((name) => shape.columns.includes(name)));
          return head;
        },
        delimiter,
        info: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
        trim: true,
      }) as Transform,
      async (parsed: AsyncIterable<{ info: { lines: number }; record: Record<string, string> }>) => {
        for await (const { info, record } of parsed) {
          rows += 1;
          if (!shape.foreignColumns) requireNames(file, info.lines, record, shape);
          onRow({ line: info.lines, cells: record });
        }
      },
    );
  } catch (error) {
    throw readingProblem(file, error, shape);
  }
  if (rows > 0) return;
  throw KyosoError.of("csv.empty", {
    data: { file },
    place: file,
    message: "There is no line in it",
    remedy: firstLineIs(shape),
  });
}

/** What to write into the first line. */
export function firstLineIs({ firstLine }: TableShape): string {
  return `The first line has to be: ${firstLine}`;
}

/** The text of a file, in pieces. */
async function* textOf(file: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const utf16 = decoder === undefined && chunk[0] === 0xff && chunk[1] === 0xfe;
    decoder ??= new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

/** Enough of a text to see what is between the names of its columns. */
async function beginningOf(pieces: AsyncIterator<string>): Promise<{ first: string; delimiter: string }> {
  let first = "";
  while (!/\S.*[\r\n]/u.test(first)) {
    const next = await pieces.next();
    if (next.done === true) break;
    first += next.value;
  }
  const [head = ""] = /\S.*/u.exec(first) ?? [];
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return { first, delimiter: most?.delimiter ?? "," };
}

/** Names for the columns in the order of the file: those that are known by their own, others by their place. */
function headOf(file: string, names: readonly string[], shape: TableShape): string[] {
  const place = `${file}, line 1`;
  const places = new Map<string, number>();
  return names.map((written, index) => {
    const name = written.normalize("NFKC").trim().toLowerCase();
    if (!shape.columns.includes(name)) {
      // Rows of commas have columns without a name, too.
      if (shape.foreignColumns || name === "") return `column ${index + 1}`;
      const message = `There is a column ${quote(written)}, which isn't known`;
      const remedy = firstLineIs(shape);
      throw KyosoError.of("csv.column-unknown", { data: { column: written }, place, message, remedy });
    }
    const before = places.get(name);
    if (before !== undefined) {
      throw KyosoError.of("csv.column-twice", {
        data: { column: name, first: before, second: index + 1 },
        place,
        message: `The column "${name}" is there twice: as the ${ordinal(before)} and as the ${ordinal(index + 1)}`,
        remedy: "Remove or rename one of them.",
      });
    }
    places.set(name, index + 1);
    return name;
  });
}

/** Refuses what stands in a column without a name: nobody knows what it means. */
function requireNames(file: string, line: number, cells: TableRow["cells"], shape: TableShape): void {
  const found = Object.entries(cells).find(([name, cell]) => cell !== "" && !shape.columns.includes(name));
  if (found === undefined) return;
  throw KyosoError.of("csv.cell-without-column", {
    data: { line, cell: found[1] },
    place: `${file}, line ${line}`,
    message: `${quote(found[1])} stands in a column without a name`,
    remedy: firstLineIs(shape),
  });
}

const ENDINGS = new Map([
  ["one", "st"],
  ["two", "nd"],
  ["few", "rd"],
]);
const rules = new Intl.PluralRules("en", { type: "ordinal" });

/** `2nd`. */
function ordinal(number: number): string {
  return `${number}${ENDINGS.get(rules.select(number)) ?? "th"}`;
}

/** What can't be read of a file as a problem of it; anything else as it is. */
function readingProblem(file: string, cause: unknown, shape: TableShape): unknown {
  const refused = <Code extends ProblemCode>(code: Code, told: Telling<Code>) =>
    KyosoError.of(code, { place: file, ...told, cause });
  if (cause instanceof CsvError) {
    const { message } = cause;
    return refused("csv.unreadable", { data: { file, reason: message }, message, remedy: CSV_REMEDY });
  }
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return refused("file.not-utf8", { data: { file }, message: "It isn't in UTF-8", remedy: CSV_REMEDY });
  }
  if (code === "ENOENT") {
    return refused("file.missing", {
      data: { file },
      message: "There is no such file",
      remedy: `Check the path. The first line of such a file is: ${shape.firstLine}`,
    });
  }
  if (code === "EISDIR" || code === "EACCES") {
    return refused("file.unreadable", {
      data: { file, reason: code },
      message: `It can't be read (${code})`,
      remedy: "Check that it is a file, and that you may read it.",
    });
  }
  return cause;
}
