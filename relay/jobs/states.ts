/**
 * How a job stands. What the chain shows decides, and never what the relay remembers of having sent:
 *
 * - `waiting`: it is on disk, and in no transaction.
 * - `sent`: it is in a transaction that was written down, and may have left.
 * - `unconfirmed`: that transaction's fate can't be seen, as the node doesn't answer or contradicts itself.
 * - `stuck`: that transaction isn't taken into a block, and may not cost more than it does.
 * - `confirmed`: the newest block shows it as done.
 * - `final`: a block that stays shows it as done.
 * - `refused`: it can't be carried out, for the reason that goes with it.
 */
export const STATES = ["waiting", "sent", "unconfirmed", "stuck", "confirmed", "final", "refused"] as const;

export type JobState = (typeof STATES)[number];

/** States of a job whose transaction's fate isn't known. */
export const UNDER_WAY = ["sent", "unconfirmed", "stuck"] as const satisfies readonly JobState[];

/** States in which something is still to be done for it. */
export const OPEN = ["waiting", ...UNDER_WAY] as const satisfies readonly JobState[];

/** States of a job that isn't refused. */
export const KEPT = [...OPEN, "confirmed", "final"] as const satisfies readonly JobState[];

/**
 * What may follow what:
 *
 * - From `waiting`: to `sent` with the transaction that is written down; to `confirmed` where the chain shows it as done,
 *   whoever did it; to `refused`.
 * - From `sent`, `unconfirmed`, `stuck`: to `confirmed` where the chain shows it as done; back to `waiting` where its
 *   transaction came to nothing; to `refused` where it can't be carried out any more; among each other by what the node shows.
 * - From `confirmed`: to `final`; back to `waiting` after a reorganisation, or where a block that stays doesn't show it.
 * - From `refused`: to `waiting`, where it is handed in again.
 * - `final` stays.
 */
const NEXT: Readonly<Record<JobState, readonly JobState[]>> = {
  waiting: ["sent", "confirmed", "refused"],
  sent: ["unconfirmed", "stuck", "confirmed", "waiting", "refused"],
  unconfirmed: ["stuck", "confirmed", "waiting", "refused"],
  stuck: ["unconfirmed", "confirmed", "waiting", "refused"],
  confirmed: ["final", "waiting"],
  final: [],
  refused: ["waiting"],
};

/** Whether a job may go from one state to another. */
export function mayFollow(from: JobState, to: JobState): boolean {
  return NEXT[from].includes(to);
}
