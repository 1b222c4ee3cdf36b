import { styleText } from "node:util";
import Table from "cli-table3";
import type { Problem } from "../sdk/errors.js";
import { formatProblem } from "../sdk/errors.js";
import { toJson } from "../sdk/record.js";
import { formatDuration } from "../sdk/units.js";

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

/** Rows in columns. Wide characters, as of Japanese, count for two. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): void {
  const none = "";
  const chars = Object.fromEntries(
    [
      "top",
      "top-mid",
      "top-left",
      "top-right",
      "bottom",
      "bottom-mid",
      "bottom-left",
      "bottom-right",
      "left",
      "left-mid",
      "mid",
      "mid-mid",
      "right",
      "right-mid",
    ].map((name) => [name, none]),
  );
  const output = new Table({
    chars: { ...chars, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    ...(head === undefined ? {} : { head: head.map((title) => styled("dim", title)) }),
  });
  output.push(...rows.map((row) => [...row]));
  for (const line of output.toString().split("\n")) print(`  ${line.trimEnd()}`);
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

/** `2027-04-01 09:00 UTC (in 3 days)`. */
export function formatMoment(timestamp: number, now: number): string {
  const date = new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ");
  // To the minute: nobody plans by seconds.
  const minutes = Math.round(Math.abs(timestamp - now) / 60);
  if (minutes === 0) return `${date} UTC (now)`;
  const distance = roughly(minutes * 60);
  return `${date} UTC (${timestamp > now ? `in ${distance}` : `${distance} ago`})`;
}

/** A duration to the day or the hour, as people say it. */
export function roughly(seconds: number): string {
  const day = 86_400;
  const hour = 3_600;
  if (seconds >= day) return formatDuration(Math.round(seconds / day) * day);
  if (seconds >= hour) return formatDuration(Math.round(seconds / hour) * hour);
  return formatDuration(Math.max(60, Math.round(seconds / 60) * 60));
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
