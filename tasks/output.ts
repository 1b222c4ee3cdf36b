import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { styleText } from "node:util";
import type { Problem } from "../sdk/errors.js";
import { formatProblem } from "../sdk/errors.js";
import { toJson } from "../sdk/json.js";
import { unbroken, visible } from "../sdk/text.js";
import { carriedHere } from "./commandLine.js";

export { formatMoment, roughly } from "../sdk/time.js";

const require = createRequire(import.meta.url);

// Loaded for the first text that isn't plain: the package takes longer to load than most commands to answer.
let wide: typeof import("string-width").default | undefined;

// Whatever is next to them, each of these is one character as people see it, in one column or in two. Nearly all that is
// shown is made of them: Latin letters, kana, kanji, hangul, what stands between them, and what bars are made of.
const NARROW = /^[ -~\u2026\u2588\u2591]*$/u;
const SIMPLE =
  /^[ -~\u2026\u2588\u2591\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/u;
const WIDE = /[\u3001-\uff60]/gu;

/** Columns of a terminal that a text takes. */
export function stringWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  if (SIMPLE.test(text)) return text.length + (text.match(WIDE)?.length ?? 0);
  wide ??= (require("string-width") as typeof import("string-width")).default;
  return wide(text);
}

type Style = Parameters<typeof styleText>[0];

/**
 * Stands in the colours that this program makes, until they are shown: nobody who wrote a text before can know it, so what
 * has it is no stranger's. Terminals' own way to write numbers, so that it takes no columns of one.
 */
const OWN = Array.from({ length: 4 }, () => randomInt(1_000, 10_000)).join(";");
const OWN_COLOURS = new RegExp(`(\\u001b\\[${OWN};[0-9;]*m)`, "u");
// eslint-disable-next-line no-control-regex -- what colours are made of
const COLOURS = /\u001b\[([0-9;]*)m/gu;

/** Colours and weights; off where the output isn't a terminal, and with NO_COLOR. */
export function styled(style: Style, text: string): string {
  return styleText(style, shown(text)).replaceAll(COLOURS, `\u001b[${OWN};$1m`);
}

/** The one way to the screen. What strangers wrote shows as what it is; only this program's own colours pass. */
export function print(text = ""): void {
  console.log(shown(carriedHere(text)));
}

/** {@link print}, beside what is for programs. */
export function printAside(text: string): void {
  console.error(shown(carriedHere(text)));
}

/** A text as it may be written to a terminal. */
function shown(text: string): string {
  if (isPlain(text)) return text;
  return partsOf(text)
    .map((part, i) => (i % 2 === 0 ? visible(part) : part.replace(`${OWN};`, "")))
    .join("");
}

/** The same with this program's colours as {@link styled} makes them: to be measured, and shown later. */
function asIs(text: string): string {
  if (isPlain(text)) return text;
  return partsOf(text)
    .map((part, i) => (i % 2 === 0 ? visible(part) : part))
    .join("");
}

function isPlain(text: string): boolean {
  return /^[ -~\n\t]*$/u.test(text);
}

/** What isn't this program's colours, and those, by turns. */
function partsOf(text: string): readonly string[] {
  return text.split(OWN_COLOURS);
}

export function heading(text: string): void {
  print(`\n${styled("bold", unbroken(text))}`);
}

/** Rows in columns; a cell may have several lines. Wide characters, as of Japanese, count for two. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): void {
  const all = head === undefined ? rows : [head.map((title) => styled("dim", title)), ...rows];
  const lines = all.flatMap((row) => linesOf(row.map(asIs)));
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
  const aligned = rows.map((row) => row.map(asIs));
  for (const column of columns) {
    let widest = 0;
    for (const row of aligned) widest = Math.max(widest, widthOf(row[column] ?? ""));
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

/** Code units of the longest characters that are seen as one. */
const CHARACTER = 32;

/** A text that takes no more columns of a terminal than `width`: what is cut off shows as "…". */
export function shorten(text: string, width: number): string {
  // A character that people see has seldom more than a few code units: what is far behind the end isn't looked at.
  const head = text.slice(0, CHARACTER * width);
  if (head === text && stringWidth(text) <= width) return text;
  let [kept, used] = ["", 0];
  for (const { segment } of new Intl.Segmenter().segment(head)) {
    const wide = stringWidth(segment);
    if (used + wide >= width) break;
    [kept, used] = [kept + segment, used + wide];
  }
  return `${kept.trimEnd()}…`;
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

/** Whether somebody looks at what is printed. */
export function isTerminal(): boolean {
  return process.stdout.isTTY;
}

/** What somebody at the terminal answers; nothing, where they end the input (^D) or interrupt the question (^C). */
export async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const unanswered = new Promise<string>((resolve) => {
    const end = () => {
      resolve("\n");
    };
    terminal.once("close", end).once("SIGINT", end);
  });
  try {
    const answer = await Promise.race([terminal.question(shown(question)), unanswered]);
    // What is printed next doesn't belong behind the question.
    if (answer === "\n") print();
    return answer.trim();
  } finally {
    terminal.close();
  }
}

/** Writes over the line that the terminal is at; it has none after it yet. */
export function rewriteLine(text: string): void {
  process.stdout.write(`\r\u001b[2K${shown(text)}`);
}

const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

function inJson(character: string): string {
  if (character === "\n") return character;
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");
}

/** A value as JSON; see {@link toJson}. */
export function printJson(value: unknown): void {
  // What isn't seen is escaped as JSON escapes it, which says the same.
  const text = JSON.stringify(toJson(value), undefined, 2);
  console.log(/^[ -~\n]*$/u.test(text) ? text : text.replaceAll(UNSEEN, inJson));
}

/** A share as a bar: `██████░░░░`. What is above the whole shows as the whole. */
export function bar(part: bigint, whole: bigint, width = 20): string {
  const filled = whole === 0n ? 0 : Number((part * BigInt(width)) / whole);
  const length = Math.min(width, Math.max(part > 0n ? 1 : 0, filled));
  const full = "█".repeat(length);
  return length === width ? full : `${full}${styled("dim", "░".repeat(width - length))}`;
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
      `\r\u001b[2K${done ? "" : shown(`${bar(BigInt(part), BigInt(whole))} ${what} (${part} of ${whole})`)}`,
    );
  };
}
