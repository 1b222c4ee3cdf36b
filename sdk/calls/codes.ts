import type { UnreadReason } from "./raw.js";

/** Problems of calls, whoever makes them. */
export interface CallProblems {
  /**
   * Nobody can say whole what a call does; `number` is `2.1` for the first call that the second one carries, and `length`
   * that of its data in bytes, of which `hash` is the hash.
   */
  "call.unread": {
    readonly number: string;
    readonly to: string;
    readonly selector: string;
    readonly length: number;
    readonly hash: string;
    readonly reason: UnreadReason;
  };
}
