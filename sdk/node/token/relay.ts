import type { Signer } from "ethers";
import { Signature } from "ethers";
import { call, named } from "../../calls/plan.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { executeAsSigner } from "../../execute/signer.js";
import { requireIdle } from "../../execute/idle.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import { readSigned } from "../signed/files.js";
import { formatAmount } from "../../units.js";
import type { Delegation, DelegationCheck, DelegatorState } from "../../token/delegations.js";
import { checkDelegation, DELEGATION_FILE, readDelegators } from "../../token/delegations.js";

/** What became of a delegation; "valid" in a dry run. */
export interface DelegationOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly delegation: Delegation | undefined;
  readonly status: "carried out" | DelegationCheck["status"];
  /** How many votes it moves, in the token's smallest unit. */
  readonly votes: bigint;
  /** Why it was refused. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface RelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: Signer | undefined;
  /** Called with each outcome as it is known. */
  readonly onOutcome?: (outcome: DelegationOutcome) => void;
}

/**
 * Carries out signed delegations, one transaction each. One that is refused keeps no other from being carried out, and
 * what is so already costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files.
 * @throws KyosoError where sending fails for a reason that isn't the delegation's, such as a lack of money for gas.
 */
export async function relayDelegations(
  live: LiveDao,
  files: readonly string[],
  { signer, onOutcome = () => undefined }: RelayOptions,
): Promise<DelegationOutcome[]> {
  if (signer !== undefined) await requireIdle(await signer.getAddress(), live.provider);
  const read = await Promise.all(files.map((file) => readSigned(file, DELEGATION_FILE)));
  const states = await readDelegators(
    live,
    read.flatMap(({ value }) => (value === undefined ? [] : [value.delegator])),
  );
  const domain = await domainOf(live, "token");
  const outcomes = new Map<string, DelegationOutcome>();
  const settle = (outcome: DelegationOutcome) => {
    outcomes.set(outcome.file, outcome);
    onOutcome(outcome);
  };
  const nothing = { votes: 0n, problem: undefined, transaction: undefined };
  for (const { file, ...result } of read) {
    if (result.value === undefined) {
      settle({ file, ...nothing, delegation: undefined, status: "refused", problem: result.problem });
    }
  }
  // What one holder signed one after another has to be carried out in that order.
  const delegations = read
    .flatMap(({ file, value }) => (value === undefined ? [] : [{ file, delegation: value }]))
    .sort((a, b) => Number(BigInt(a.delegation.nonce) - BigInt(b.delegation.nonce)));
  for (const { file, delegation } of delegations) {
    const { delegator, delegatee } = delegation;
    const state = states.get(delegator) ?? { nonce: 0n, delegate: delegator, votes: 0n };
    const check = await checkDelegation(live, domain, file, delegation, state);
    const problem = check.status === "refused" ? check.problem : undefined;
    const checked: DelegationOutcome = { file, ...nothing, delegation, status: check.status, problem };
    if (check.status !== "valid") {
      settle(checked);
      continue;
    }
    const outcome =
      signer === undefined
        ? { ...checked, votes: state.votes }
        : await carryOut(live, checked, delegation, state, signer);
    if (outcome.status !== "refused") {
      states.set(delegator, { ...state, nonce: state.nonce + 1n, delegate: delegatee });
    }
    settle(outcome);
  }
  return files.flatMap((file) => outcomes.get(file) ?? []);
}

async function carryOut(
  live: LiveDao,
  outcome: DelegationOutcome,
  { delegator, delegatee, nonce, expiry, signature }: Delegation,
  { votes }: DelegatorState,
  signer: Signer,
): Promise<DelegationOutcome> {
  const { v, r, s } = Signature.from(signature);
  const token = await named("token", live.contracts.token);
  const purpose = `Have ${delegatee === delegator ? "itself" : delegatee} vote with ${formatAmount(votes)} votes of ${delegator}`;
  const bySig = call(token, "delegateBySig", [delegatee, BigInt(nonce), expiry, v, r, s], purpose);
  try {
    const [receipt] = await executeAsSigner({ title: "Delegating", calls: [bySig] }, signer);
    return { ...outcome, status: "carried out", votes, transaction: receipt?.hash };
  } catch (error) {
    // Between the check and now somebody else may have carried it out, or the holder signed something else.
    if (revertDataOf(error) === undefined) throw error;
    const refused = problem("signed.refused", {
      data: { file: outcome.file, reason: reasonOf(error) },
      place: outcome.file,
      message: reasonOf(error),
      remedy: "Run the same command again: it says how the delegation stands by now.",
    });
    return { ...outcome, status: "refused", problem: refused };
  }
}
