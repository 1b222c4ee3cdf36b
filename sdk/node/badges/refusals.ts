import type { Refusal, RefusalCheck } from "../../badges/recovery/refusals.js";
import { checkRefusal, REFUSAL_FILE } from "../../badges/recovery/refusals.js";
import { refusalPlan } from "../../badges/recovery/recoveryPlans.js";
import type { Problem } from "../../errors.js";
import type { SendingSigner } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { readSigned } from "../signed/files.js";
import { NOT_TRIED, Relay } from "../signed/relay.js";

/** What became of a refusal; "valid" in a dry run. */
export interface RefusalOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly refusal: Refusal | undefined;
  readonly status: "carried out" | RefusalCheck["status"] | "not known" | "not sent";
  /** Why it was refused itself, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface RelayRefusalsOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
}

/**
 * Carries out signed refusals of recoveries, one transaction each. One that is refused keeps no other from being carried
 * out, and what is so already costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files. What comes after one that isn't known isn't sent.
 */
export async function relayRefusals(
  live: LiveDao,
  files: readonly string[],
  { signer }: RelayRefusalsOptions,
): Promise<RefusalOutcome[]> {
  return Relay.run(signer, async (relay) => {
    const outcomes: RefusalOutcome[] = [];
    const refused = new Set<string>();
    for (const file of files) {
      const { value: refusal, ...read } = await readSigned(file, REFUSAL_FILE);
      const untold = { file, refusal, problem: undefined, transaction: undefined };
      if (refusal === undefined) {
        outcomes.push({
          ...untold,
          status: "refused",
          problem: "problem" in read ? read.problem : undefined,
        });
        continue;
      }
      const outcome: RefusalOutcome = relay.stopped
        ? { ...untold, ...NOT_TRIED }
        : await relay.orStop(
            file,
            () => relayOne(relay, live, file, refusal, refused),
            (failed) => ({ ...untold, ...failed }),
          );
      if (outcome.status === "carried out" || outcome.status === "valid") refused.add(refusal.recovery);
      outcomes.push(outcome);
    }
    return outcomes;
  });
}

/** @param refused Recoveries that were refused before: what both accounts signed is carried out for one of them only. */
async function relayOne(
  relay: Relay,
  live: LiveDao,
  file: string,
  refusal: Refusal,
  refused: ReadonlySet<string>,
): Promise<RefusalOutcome> {
  const untold = { file, refusal, problem: undefined, transaction: undefined };
  const check = await checkRefusal(live, file, refusal);
  if (check.status === "refused") return { ...untold, status: check.status, problem: check.problem };
  if (check.status === "valid" && refused.has(refusal.recovery)) return { ...untold, status: "so already" };
  if (check.status !== "valid" || !relay.sends) return { ...untold, status: check.status };
  const { title, calls } = refusalPlan(live, refusal.account, refusal, refusal.signature);
  const [only] = calls;
  if (only === undefined) throw new TypeError("A refusal is one call");
  const carried = await relay.carryOut(title, only, file);
  if (carried.status !== "done") return { ...untold, ...carried };
  return { ...untold, status: "carried out", transaction: carried.transaction };
}
