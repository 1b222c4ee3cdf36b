import type { Signer } from "ethers";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { requireIdle } from "../../execute/idle.js";
import { executeAsSigner } from "../../execute/signer.js";
import type { LiveDao } from "../../live.js";
import { refreshed } from "../../live.js";
import { readSigned } from "../signed/files.js";
import type { Claim } from "../../drop/claims.js";
import { CLAIM_FILE, claimCall } from "../../drop/claims.js";
import type { BadgeRules, ClaimCheck } from "../../drop/readiness.js";
import { ANYBODY, checkClaim, readRules } from "../../drop/readiness.js";

/** What became of a claim; "valid" in a dry run. */
export interface ClaimOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly claim: Claim | undefined;
  readonly status: "claimed" | ClaimCheck["status"];
  /** Why it was refused. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface ClaimRelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: Signer | undefined;
  /** Called with each outcome as it is known. */
  readonly onOutcome?: (outcome: ClaimOutcome) => void;
}

/**
 * Carries out signed claims, one transaction each. One that is refused keeps no other from being carried out, and what was
 * claimed meanwhile costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files.
 * @throws KyosoError where sending fails for a reason that isn't the claim's, such as a lack of money for gas.
 */
export async function relayClaims(
  live: LiveDao,
  files: readonly string[],
  { signer, onOutcome = () => undefined }: ClaimRelayOptions,
): Promise<ClaimOutcome[]> {
  const sender = (await signer?.getAddress()) ?? ANYBODY;
  if (signer !== undefined) await requireIdle(sender, live.provider);
  const outcomes: ClaimOutcome[] = [];
  /** Leaves that another file of the same run claims, in a dry run. */
  const seen = new Set<string>();
  let now = live;
  let rules: BadgeRules = await readRules(live);
  for (const file of files) {
    const { value: claim, ...read } = await readSigned(file, CLAIM_FILE);
    const nothing = { file, claim, problem: undefined, transaction: undefined };
    let outcome: ClaimOutcome;
    if (claim === undefined) {
      outcome = { ...nothing, status: "refused", problem: "problem" in read ? read.problem : undefined };
    } else {
      const leaf = `${claim.campaign} ${claim.leaf.index}`;
      const check: ClaimCheck =
        signer === undefined && seen.has(leaf)
          ? { status: "claimed before" }
          : await checkClaim(now, rules, claim, file, sender, true);
      if (check.status === "valid") seen.add(leaf);
      outcome =
        check.status === "refused"
          ? { ...nothing, status: check.status, problem: check.problem }
          : check.status === "valid" && signer !== undefined
            ? await carryOut(now, nothing, claim, signer)
            : { ...nothing, status: check.status };
      if (outcome.transaction !== undefined) {
        now = await refreshed(now);
        rules = await readRules(now);
      }
    }
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  return outcomes;
}

async function carryOut(
  live: LiveDao,
  outcome: Omit<ClaimOutcome, "status">,
  claim: Claim,
  signer: Signer,
): Promise<ClaimOutcome> {
  try {
    const plan = { title: "Claiming", calls: [claimCall(live, claim)] };
    const [receipt] = await executeAsSigner(plan, signer);
    return { ...outcome, status: "claimed", transaction: receipt?.hash };
  } catch (error) {
    // Between the check and now somebody else may have carried it out.
    if (revertDataOf(error) === undefined) throw error;
    const refused = problem("signed.refused", {
      data: { file: outcome.file, reason: reasonOf(error) },
      place: outcome.file,
      message: reasonOf(error),
      remedy: "Run the same command again: it says how the claim stands by now.",
    });
    return { ...outcome, status: "refused", problem: refused };
  }
}
