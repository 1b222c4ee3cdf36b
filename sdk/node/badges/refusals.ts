import type { Signer } from "ethers";
import type { Refusal, RefusalCheck } from "../../badges/recovery/refusals.js";
import { checkRefusal, REFUSAL_FILE } from "../../badges/recovery/refusals.js";
import { refusalPlan } from "../../badges/recovery/recoveryPlans.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { executeAsSigner } from "../../execute/signer.js";
import { requireIdle } from "../../execute/idle.js";
import type { LiveDao } from "../../live.js";
import { readSigned } from "../signed/files.js";

/** What became of a refusal; "valid" in a dry run. */
export interface RefusalOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly refusal: Refusal | undefined;
  readonly status: "carried out" | RefusalCheck["status"];
  /** Why it was refused itself. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface RelayRefusalsOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: Signer | undefined;
}

/**
 * Carries out signed refusals of recoveries, one transaction each. One that is refused keeps no other from being carried
 * out, and what is so already costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files.
 * @throws KyosoError where sending fails for a reason that isn't the refusal's, such as a lack of money for gas.
 */
export async function relayRefusals(
  live: LiveDao,
  files: readonly string[],
  { signer }: RelayRefusalsOptions,
): Promise<RefusalOutcome[]> {
  if (signer !== undefined) await requireIdle(await signer.getAddress(), live.provider);
  const outcomes: RefusalOutcome[] = [];
  const refused = new Set<string>();
  for (const file of files) {
    const read = await readSigned(file, REFUSAL_FILE);
    if (read.value === undefined) {
      const nothing = { refusal: undefined, transaction: undefined };
      outcomes.push({ file, ...nothing, status: "refused", problem: read.problem });
      continue;
    }
    const refusal = read.value;
    const check = await checkRefusal(live, file, refusal);
    const checked: RefusalOutcome = {
      file,
      refusal,
      // What both accounts signed needs to be carried out for one of them only.
      status: check.status === "valid" && refused.has(refusal.recovery) ? "so already" : check.status,
      problem: check.status === "refused" ? check.problem : undefined,
      transaction: undefined,
    };
    const sends = signer !== undefined && checked.status === "valid";
    const outcome = sends ? await carryOut(live, checked, refusal, signer) : checked;
    if (outcome.status === "carried out" || outcome.status === "valid") refused.add(refusal.recovery);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function carryOut(
  live: LiveDao,
  outcome: RefusalOutcome,
  refusal: Refusal,
  signer: Signer,
): Promise<RefusalOutcome> {
  const plan = refusalPlan(live, refusal.account, refusal, refusal.signature);
  try {
    const [receipt] = await executeAsSigner(plan, signer);
    return { ...outcome, status: "carried out", transaction: receipt?.hash };
  } catch (error) {
    // Between the check and now somebody else may have carried it out, or begun the recovery.
    if (revertDataOf(error) === undefined) throw error;
    const reason = reasonOf(error);
    const late = problem("signed.refused", {
      data: { file: outcome.file, reason },
      place: outcome.file,
      message: reason,
      remedy: "Run the same command again: it says how the recovery stands by now.",
    });
    return { ...outcome, status: "refused", problem: late };
  }
}
