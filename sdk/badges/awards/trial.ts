import { simulate } from "../../calls/simulate.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { Batch } from "./awards.js";
import { awardCall } from "./awards.js";
import { placeOf } from "./contribution.js";

/** As many as help to find a cause. */
const MOST_PROBLEMS = 10;

/**
 * Tries batches without sending them. Where one would fail, its parts are tried, down to the lines that are the cause.
 *
 * @param actor Who would award them.
 * @throws KyosoError naming the lines that would fail.
 */
export async function tryBatches(
  live: LiveDao,
  actor: string,
  batches: readonly Batch[],
  evidenceURI = "",
  onProgress: (part: number, whole: number) => void = () => undefined,
): Promise<void> {
  const problems: Problem[] = [];
  for (const [i, batch] of batches.entries()) {
    if (problems.length < MOST_PROBLEMS) await tryBatch(batch);
    onProgress(i + 1, batches.length);
  }
  if (problems.length > 0) throw new KyosoError(problems);

  async function tryBatch({ kind, awards }: Batch): Promise<void> {
    const raw = awardCall(live.record.contracts.badge, { kind, awards }, evidenceURI);
    const outcome = await simulate(raw, actor, live.provider);
    const [first] = awards;
    const last = awards.at(-1);
    if (outcome.ok || first === undefined || last === undefined) return;
    const before = problems.length;
    const middle = awards.length >> 1;
    if (middle > 0) {
      await tryBatch({ kind, awards: awards.slice(0, middle) });
      if (problems.length < MOST_PROBLEMS) await tryBatch({ kind, awards: awards.slice(middle) });
    }
    if (problems.length > before) return;
    // It, or what fails only together.
    const place = first === last ? placeOf(first) : `${placeOf(first)} to ${placeOf(last)}`;
    problems.push(
      problem("awards.would-fail", {
        data: {
          kind: kind.name,
          count: awards.length,
          first: first.account,
          last: last.account,
          reason: outcome.reason,
        },
        place,
        message: `"${kind.name}" can't be awarded${first === last ? ` to ${first.account}` : " to all of them at once"}: ${outcome.reason}`,
        remedy: "Nothing was sent. Mend the cause, or leave these lines out.",
      }),
    );
  }
}
