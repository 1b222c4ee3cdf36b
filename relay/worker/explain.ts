import type { Problem } from "../../sdk/errors.js";
import { problem as problemOf } from "../../sdk/errors.js";
import type { Job } from "../jobs/job.js";
import type { Desk } from "../kinds/kind.js";
import { postpone } from "./postpone.js";
import type { Settling } from "./settle.js";
import { AGAIN_MS, bodiesOf, laterThan } from "./settle.js";

/** Says of jobs that a trial showed not to work why they don't. */
export async function explain(settling: Settling, desk: Desk, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  const { store, chain, sender } = settling;
  const live = await chain.fresh();
  const blockHash = (await chain.hashOf(live.block)) ?? null;
  const verdicts = await desk.check(live, bodiesOf(jobs), sender);
  store.atomically(() => {
    for (const [i, job] of jobs.entries()) {
      const verdict = verdicts[i];
      switch (verdict?.status) {
        case "done":
          store.move([job], "confirmed", { block: live.block, blockHash, problem: null });
          break;
        case "later":
          postpone(store, job, laterThan(verdict.from), verdict.problem);
          break;
        case "refused":
          store.move([job], "refused", { problem: verdict.problem });
          break;
        default:
          // What came before it in the trial may have used up what it needs: the chain says so once that is carried out.
          if (job.problem?.code === trialFailed().code) {
            store.move([job], "refused", { problem: trialFailed() });
          } else {
            store.note([job], { problem: trialFailed(), notBefore: Date.now() + AGAIN_MS });
          }
      }
    }
  });
}

/** That something doesn't work, and nobody knows why. */
export function trialFailed(): Problem {
  return problemOf("signed.refused", {
    data: { file: "request", reason: "a trial failed" },
    place: "request",
    message: "A trial of it failed, though nothing of it looks wrong: it may take more gas than it is given",
    remedy: "Hand it in again, or carry it out yourself.",
  });
}
