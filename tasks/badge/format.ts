import { readLastRecovery } from "../../sdk/badges/recovery/recoveries.js";
import type { LiveDao } from "../../sdk/live.js";
import { number, print } from "../output.js";

export { number } from "../output.js";

/** `1 badge`, `1,234 badges` */
export function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * How much of what can be awarded in a season has been, as a row of a table; none where it has ended.
 *
 * @param season `points`: what it is shared by.
 */
export function showPointsLimit(season: { points: number; pointsLimit: number | null }): [string, string][] {
  const { points, pointsLimit } = season;
  return pointsLimit === null
    ? []
    : [["Points awarded", `${number(points)} of at most ${number(pointsLimit)}`]];
}

/** What it means that the last recovery of an account was ended. */
export async function endedRecovery(live: LiveDao, oldAccount: string): Promise<string> {
  const moved = (await readLastRecovery(live, oldAccount))?.moved.length ?? 0;
  if (moved === 0) return "The recovery won't take place.";
  const stay = moved === 1 ? "stays where it is" : "stay where they are";
  return `The recovery goes no further. ${plural(moved, "badge")} had been moved, and ${stay}.`;
}

/** The last line of a dry run. */
export function printDryRun(): void {
  print("\nThis was a dry run: nothing was sent.");
}
