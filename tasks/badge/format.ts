import { print } from "../output.js";

/** `1,234` */
export function number(value: number | bigint): string {
  return value.toLocaleString("en");
}

/** `1 badge`, `1,234 badges` */
export function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The last line of a dry run. */
export function printDryRun(): void {
  print("\nThis was a dry run: nothing was sent.");
}
