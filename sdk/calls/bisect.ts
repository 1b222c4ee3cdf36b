import type { Simulation } from "./simulate.js";

/**
 * Finds the first of several calls that fails after those before it, where it is known that together they fail.
 *
 * @param failure How all of them end.
 * @param tryFirst How the first so many end, with the last of them.
 * @returns How many go well, and how the next one fails.
 */
export async function firstFailing(
  count: number,
  failure: Simulation,
  tryFirst: (count: number) => Promise<Simulation>,
): Promise<{ readonly works: number; readonly failure: Simulation }> {
  // The first `works` calls go well together, the first `fails` don't.
  let [works, fails, found] = [0, count, failure];
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    const result = await tryFirst(middle);
    if (result.ok) works = middle;
    else [fails, found] = [middle, result];
  }
  return { works, failure: found };
}
