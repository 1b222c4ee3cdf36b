import type { Problem } from "../../sdk/errors.js";
import { queueFull } from "./busy.js";
import type { Handed, KindName } from "./job.js";
import { isUnsigned, UNSIGNED_PART } from "./job.js";

/** How many jobs of a kind and a share of it wait. */
export interface Waiting extends Pick<Handed, "kind" | "share"> {
  readonly count: number;
}

/**
 * How much more may wait. What can't go on yet, as its campaign's budget is used up or its vote isn't open, stays until it can, and
 * mustn't keep anything else out: so of a kind as much may wait as there is room left, and of a campaign or a vote as much as that
 * leaves for others of its kind. However much of it waits, the next one finds room. (Switches share their memory so: Choudhury and
 * Hahne, "Dynamic queue length thresholds", 1998.)
 */
export class Room {
  readonly #most: number;
  readonly #waiting = new Map<string, number>();
  #all = 0;

  /** @param most How many may wait, of all. */
  constructor(most: number, waiting: readonly Waiting[]) {
    this.#most = most;
    for (const each of waiting) this.#add(each, each.count);
  }

  /** That there is none for something; undefined where there is. */
  problemOf(handed: Pick<Handed, "kind" | "share">): Problem | undefined {
    let left = this.#most - this.#all;
    if (left <= 0) return queueFull(this.#all);
    // Of n times as many and what is left, so many are one part of n + 1 at most.
    const weight = isUnsigned(handed) ? UNSIGNED_PART - 1 : 1;
    for (const scope of scopesOf(handed)) {
      const waiting = this.#waiting.get(scope) ?? 0;
      if (waiting * weight >= left) return queueFull(waiting);
      left -= waiting;
    }
    return undefined;
  }

  /** That one more waits. */
  take(handed: Pick<Handed, "kind" | "share">): void {
    this.#add(handed, 1);
  }

  #add(of: Pick<Handed, "kind" | "share">, count: number): void {
    this.#all += count;
    for (const scope of scopesOf(of)) this.#waiting.set(scope, (this.#waiting.get(scope) ?? 0) + count);
  }
}

function scopesOf({
  kind,
  share,
}: Pick<Handed, "kind" | "share">): readonly (KindName | `${KindName} ${string}`)[] {
  return share === null ? [kind] : [kind, `${kind} ${share}`];
}
