import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import type { Job } from "../jobs/job.js";
import { MOST_STRIKES } from "../jobs/job.js";
import type { JobStore } from "../jobs/store.js";

export { MOST_STRIKES };

const DAY_MS = 86_400_000;

/**
 * Jobs without those of accounts for which the relay has paid in vain too often in a day: a wallet can behave in a trial, and
 * otherwise when it counts. Those are refused.
 */
export function withoutStruck(store: JobStore, jobs: readonly Job[]): Job[] {
  const since = Date.now() - DAY_MS;
  const struck = jobs.filter(({ account }) => store.strikesOf(account, since) >= MOST_STRIKES);
  for (const job of struck) {
    const attempts = store.strikesOf(job.account, since);
    store.move([job], "refused", { problem: attemptsFailed(attempts) });
  }
  return jobs.filter((job) => !struck.includes(job));
}

/** That something was paid for in vain as often as it is. */
export function attemptsFailed(attempts: number): Problem {
  return problem("relay.attempts-failed", {
    data: { attempts },
    place: "relay",
    message: `It was paid for ${attempts} times in vain: each time the chain refused what looked right before`,
    remedy: "Carry it out yourself, or find out what your wallet does.",
  });
}
