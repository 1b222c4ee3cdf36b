import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { ProblemCode, Telling } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { quote } from "../../units.js";
import { textOf } from "./encoding.js";
import type { TableHead, TableShape } from "./head.js";
import { firstLineIs, headOf } from "./head.js";

/** A row of a table. */
export interface TableRow {
  /** The line in the file that it ends in, from 1. */
  readonly line: number;
  /** What is in its cells, without spaces around, by the names of the columns; those that the file lacks are missing. */
  readonly cells: Readonly<Record<string, string>>;
}

const CSV_REMEDY = "Save the table as CSV with commas, in UTF-8 (in Excel: “CSV UTF-8”).";

/** What programs put between cells: Excel writes semicolons where a comma stands before decimals. */
const DELIMITERS = [",", ";", "\t"] as const;

/** More characters than a row has in any table of ours: a quote that nobody closed doesn't take all of the memory. */
const LONGEST_ROW = 1 << 20;

/**
 * Reads a table one row after the other, without ever having the whole file in memory: CSV with commas, semicolons or tabs,
 * with any line ends, in UTF-8 or UTF-16, with the names of the columns in the first line, in any case and order. Rows with
 * nothing in them, such as those of which Excel leaves commas only, are passed over.
 *
 * @param file Its path, as messages name it.
 * @param onHead Called with the columns.
 * @param onRow Called with each row, in their order.
 * @param text What is in it, in pieces.
 * @throws KyosoError where it can't be read, isn't CSV, names a column twice, or has no row.
 */
export async function readTable(
  file: string,
  shape: TableShape,
  onHead: (head: TableHead) => void,
  onRow: (row: TableRow) => void,
  text: AsyncIterable<string> = textOf(file),
): Promise<void> {
  let head: string[] | undefined;
  let rows = 0;
  try {
    const pieces = withLineFeeds(text);
    const { first, delimiter, skipped } = await beginningOf(pieces);
    await pipeline(
      async function* () {
        yield first;
        for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
      },
      parse({
        bom: true,
        delimiter,
        info: true,
        max_record_size: LONGEST_ROW,
        record_delimiter: "\n",
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
      }) as Transform,
      async (parsed: AsyncIterable<{ info: { lines: number }; record: string[] }>) => {
        for await (const { info, record } of parsed) {
          // The parser's own trimming knows no spaces of full width.
          const cells = record.map((cell) => cell.trim());
          if (cells.every((cell) => cell === "")) continue;
          const line = info.lines + skipped;
          if (head === undefined) {
            head = headOf(`${file}, line ${line}`, cells, shape);
            const known = head.filter((name) => shape.columns.includes(name));
            onHead({
              known,
              foreign: cells.filter((name, i) => name !== "" && !known.includes(head?.[i] ?? "")),
            });
            continue;
          }
          rows += 1;
          onRow({ line, cells: byName(file, line, head, cells, shape) });
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

/** A text with "\n" for every line end: of Windows, of what Macs wrote once, and of files that have been through several hands. */
async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    const whole = rest + piece;
    // The other half of a line end may be in the next piece.
    rest = whole.endsWith("\r") ? "\r" : "";
    yield whole.slice(0, whole.length - rest.length).replaceAll(/\r\n?/gu, "\n");
  }
  if (rest !== "") yield "\n";
}

interface Beginning {
  readonly first: string;
  readonly delimiter: string;
  /** Lines before what is in `first`. */
  readonly skipped: number;
}

/** Enough of a text to see what is between the names of its columns. */
async function beginningOf(pieces: AsyncIterator<string>): Promise<Beginning> {
  let first = "";
  while (first.length < LONGEST_ROW && !/\S.*\n/u.test(first)) {
    const next = await pieces.next();
    if (next.done === true) break;
    first += next.value;
  }
  // Excel itself reads what is between cells from such a line.
  const [said, separator] = /^\ufeff?"?sep=([,;\t])"?(?:\n|$)/iu.exec(first) ?? [];
  if (said !== undefined && separator !== undefined) {
    return { first: first.slice(said.length), delimiter: separator, skipped: 1 };
  }
  const [head = ""] = /\S.*/u.exec(first) ?? [];
  const unquoted = head.replaceAll(/"[^"]*"/gu, "");
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: unquoted.split(delimiter).length }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return { first, delimiter: most?.delimiter ?? ",", skipped: 0 };
}

/**
 * The cells of a row by the names of their columns. What has no column may be missing, or be there and empty.
 *
 * @throws KyosoError where there are others, or fewer: each could belong to another column.
 */
function byName(
  file: string,
  line: number,
  head: readonly string[],
  cells: readonly string[],
  shape: TableShape,
): TableRow["cells"] {
  const length = cells.findLastIndex((cell) => cell !== "") + 1;
  const least = head.findLastIndex((name) => shape.columns.includes(name)) + 1;
  if (length > head.length || cells.length < least) {
    const many = length > head.length;
    const [count, columns] = many ? [length, head.length] : [cells.length, least];
    throw KyosoError.of("csv.row-length", {
      data: { line, cells: count, columns },
      place: file,
      message: `There ${count === 1 ? "is 1 cell" : `are ${count} cells`} in line ${line}, and the first line names ${columns} columns`,
      remedy: many
        ? `Put a cell with a comma into quotes, as in "1,000", or have a spreadsheet do that: ${CSV_REMEDY}`
        : `Write a comma for each cell that is empty, too; or have a spreadsheet do that: ${CSV_REMEDY}`,
    });
  }
  const named: Record<string, string> = {};
  for (const [i, name] of head.entries()) {
    const cell = cells[i] ?? "";
    if (shape.columns.includes(name)) named[name] = cell;
    else if (!shape.foreignColumns && cell !== "") throw strayCell(file, line, cell, shape);
  }
  return named;
}

function strayCell(file: string, line: number, cell: string, shape: TableShape): KyosoError {
  return KyosoError.of("csv.cell-without-column", {
    data: { line, cell },
    place: `${file}, line ${line}`,
    message: `${quote(cell)} stands in a column without a name`,
    remedy: firstLineIs(shape),
  });
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
