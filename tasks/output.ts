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
  const cells = all.map((row) => row.map((cell) => (cell.includes("\n") ? cell.split("\n") : [cell])));
  const widthOf = measure();
  const widths: number[] = [];
  for (const row of cells) {
    for (const [i, lines] of row.entries()) {
      for (const line of lines) widths[i] = Math.max(widths[i] ?? 0, widthOf(line));
    }
  }
  const printed: string[] = [];
  for (const row of cells) {
    const height = row.reduce((most, lines) => Math.max(most, lines.length), 0);
    for (let line = 0; line < height; line++) {
      const parts = row.map((lines, i) => {
        const text = lines[line] ?? "";
        return text + " ".repeat((widths[i] ?? 0) - widthOf(text));
      });
      printed.push(`  ${parts.join("  ").trimEnd()}`);
    }
  }
  // At once: a table of ten thousand members takes as many writes otherwise.
  if (printed.length > 0) print(printed.join("\n"));
}

/** Cells of one column, in one width: numbers read best where their ends are below each other. */
export function alignRight(rows: readonly (readonly string[])[], ...columns: readonly number[]): string[][] {
  const widthOf = measure();
  const widths = columns.map((column) =>
    rows.reduce((width, row) => Math.max(width, widthOf(row[column] ?? "")), 0),
  );
  return rows.map((row) =>
    row.map((cell, i) => {
      const width = widths[columns.indexOf(i)];
      return width === undefined ? cell : `${" ".repeat(width - widthOf(cell))}${cell}`;
    }),
  );
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
  return value.toString().replace(/\B(?=(?:\d{3})+$)/gu, ",");
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
