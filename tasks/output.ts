import { createRequire } from "node:module";
import { styleText } from "node:util";
import type { Problem } from "../sdk/errors.js";
import { formatProblem } from "../sdk/errors.js";
import { toJson } from "../sdk/json.js";

export { formatMoment, roughly } from "../sdk/time.js";

const require = createRequire(import.meta.url);

// Loaded for the first text that isn't plain: the package takes longer to load than most commands to answer.
let wide: typeof import("string-width").default | undefined;

/** Columns of a terminal that a text takes. */
function stringWidth(text: string): number {
  if (/^[ -~]*$/u.test(text)) return text.length;
  wide ??= (require("string-width") as typeof import("string-width")).default;
  return wide(text);
}

type Style = Parameters<typeof styleText>[0];

/** Colours and weights; off where the output isn't a terminal, and with NO_COLOR. */
export function styled(style: Style, text: string): string {
  return styleText(style, text);
}

export function print(text = ""): void {
  console.log(text);
}

export function heading(text: string): void {
  print(`\n${styled("bold", text)}`);
}

/** Rows in columns; a cell may have several lines. Wide characters, as of Japanese, count for two. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): void {
  const all = head === undefined ? rows : [head.map((title) => styled("dim", title)), ...rows];
  const lines = all.flatMap(linesOf);
  const widthOf = measure();
  const widths: number[] = [];
  /** Whether each column's texts are as wide as they are long. */
  const plain: boolean[] = [];
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) {
      const text = line[i] ?? "";
      const width = widthOf(text);
      if (width > (widths[i] ?? 0)) widths[i] = width;
      plain[i] = plain[i] !== false && width === text.length;
    }
  }
  const printed = lines.map((line) => {
    const parts = [""];
    for (let i = 0; i < line.length; i++) {
      const text = line[i] ?? "";
      const missing = (widths[i] ?? 0) - (plain[i] === true ? text.length : widthOf(text));
      parts.push(missing > 0 ? text + " ".repeat(missing) : text);
    }
    return parts.join("  ").trimEnd() || "  ";
  });
  // At once: a table of ten thousand members takes as many writes otherwise.
  if (printed.length > 0) print(printed.join("\n"));
}

/** The lines of a row: itself, where no cell has more than one. */
function linesOf(row: readonly string[]): readonly (readonly string[])[] {
  if (!row.some((cell) => cell.includes("\n"))) return [row];
  const cells = row.map((cell) => cell.split("\n"));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ""));
}

/** Cells of one column, in one width: numbers read best where their ends are below each other. */
export function alignRight(rows: readonly (readonly string[])[], ...columns: readonly number[]): string[][] {
  const widthOf = measure();
  const aligned = rows.map((row) => [...row]);
  for (const column of columns) {
    let widest = 0;
    for (const row of rows) widest = Math.max(widest, widthOf(row[column] ?? ""));
    for (const row of aligned) {
      const cell = row[column];
      const missing = cell === undefined ? 0 : widest - widthOf(cell);
      if (missing > 0) row[column] = " ".repeat(missing) + (cell ?? "");
    }
  }
  return aligned;
}

/** Measures texts in columns of a terminal. Those that look alike in a long table are measured once. */
function measure(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    // These need no looking up.
    if (!/[^ -~]/u.test(text)) return text.length;
    const width = known.get(text) ?? stringWidth(text);
    known.set(text, width);
    return width;
  };
}

/** A text that takes no more columns of a terminal than `width`: what is cut off shows as "…". */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (stringWidth(characters.join("")) >= width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** A whole number: `1,234`. The runtime's own formats take longer to load than most commands to answer. */
export function number(value: number | bigint): string {
  const digits = value.toString();
  return digits.length < 4 ? digits : digits.replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

export function warn(problem: Problem): void {
  print(`${styled("yellow", "!")} ${formatProblem(problem).replaceAll("\n", "\n  ")}`);
}

export function done(text: string): void {
  print(`${styled("green", "✓")} ${text}`);
}

/** A value as JSON; see {@link toJson}. */
export function printJson(value: unknown): void {
  print(JSON.stringify(toJson(value), undefined, 2));
}

/** A share as a bar: `██████░░░░`. What is above the whole shows as the whole. */
export function bar(part: bigint, whole: bigint, width = 20): string {
  const filled = whole === 0n ? 0 : Number((part * BigInt(width)) / whole);
  const length = Math.min(width, Math.max(part > 0n ? 1 : 0, filled));
  return `${"█".repeat(length)}${styled("dim", "░".repeat(width - length))}`;
}

/** Shows on a terminal how far a long piece of work has come, on one line that is gone when it is done. */
export function progress(what: string): (part: number, whole: number) => void {
  const { stderr } = process;
  const began = performance.now();
  return (part, whole) => {
    // What takes less than a moment needs no bar.
    if (!stderr.isTTY || performance.now() - began < 500) return;
    const done = part >= whole;
    stderr.write(
      `\r\u001b[2K${done ? "" : `${bar(BigInt(part), BigInt(whole))} ${what} (${part} of ${whole})`}`,
    );
  };
}
