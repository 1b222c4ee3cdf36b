import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { formatTime } from "../../sdk/time.js";
import type { Job } from "../jobs/job.js";
import type { Change, JobStore } from "../jobs/store.js";

/**
 * Has a job wait until a moment. One that can't be carried out any more by then is refused at once, so that its sender learns of it
 * while something can still be done.
 *
 * @param from Milliseconds.
 * @param why What it waits for; null for what doesn't have to be said.
 */
export function postpone(
  store: JobStore,
  job: Job,
  from: number,
  why: Problem | null,
  change: Change = {},
): void {
  const { notAfter, state } = job;
  if (notAfter !== null && from >= notAfter) {
    store.move([job], "refused", { ...change, problem: tooLate(from, notAfter, why) });
    return;
  }
  const waiting = { ...change, notBefore: from, problem: why };
  if (state === "waiting") store.note([job], waiting);
  else store.move([job], "waiting", waiting);
}

/** That something can go on only when it can't be carried out any more. Both moments are milliseconds. */
export function tooLate(from: number, until: number, why: Problem | null): Problem {
  const [goesOn, ends] = [Math.floor(from / 1000), Math.floor(until / 1000)];
  const code = why?.code ?? null;
  return problem("relay.too-late", {
    data: { from: goesOn, until: ends, why: code },
    place: "relay",
    message: `${why === null ? "" : `${why.message}. `}It could go on at ${formatTime(goesOn)}, and has to be carried out before ${formatTime(ends)}`,
    remedy:
      code === null || code.startsWith("relay.")
        ? "Carry it out yourself before that."
        : "Ask whoever made it whether more can be allowed before that.",
  });
}
