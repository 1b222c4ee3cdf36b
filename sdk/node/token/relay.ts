import { Signature } from "ethers";
import type { Call } from "../../calls/plan.js";
import { call, named } from "../../calls/plan.js";
import type { Problem } from "../../errors.js";
import type { SendingSigner } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import { readSigned } from "../signed/files.js";
import { NOT_TRIED, Relay } from "../signed/relay.js";
import { formatAmount } from "../../units.js";
import type { Delegation, DelegationCheck, DelegatorState } from "../../token/delegations.js";
import { checkDelegation, DELEGATION_FILE, readDelegators } from "../../token/delegations.js";

/** What became of a delegation; "valid" in a dry run. */
export interface DelegationOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly delegation: Delegation | undefined;
  readonly status: "carried out" | DelegationCheck["status"] | "not known" | "not sent";
  /** How many votes it moves, in the token's smallest unit. */
  readonly votes: bigint;
  /** Why it was refused, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface RelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
  /** Called with each outcome as it is known. */
  readonly onOutcome?: (outcome: DelegationOutcome) => void;
}

/**
 * Carries out signed delegations, one transaction each. One that is refused keeps no other from being carried out, and
 * what is so already costs nothing: the same files can be relayed again.
 *
 * @returns What became of each, in the order of the files. What comes after one that isn't known isn't sent.
 */
export async function relayDelegations(
  live: LiveDao,
  files: readonly string[],
  { signer, onOutcome = () => undefined }: RelayOptions,
): Promise<DelegationOutcome[]> {
  return Relay.run(signer, (relay) => relayAll(live, files, relay, onOutcome));
}

async function relayAll(
  live: LiveDao,
  files: readonly string[],
  relay: Relay,
  onOutcome: (outcome: DelegationOutcome) => void,
): Promise<DelegationOutcome[]> {
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
    const untold = { file, ...nothing, delegation };
    const outcome: DelegationOutcome = relay.stopped
      ? { ...untold, ...NOT_TRIED }
      : await relay.orStop(
          file,
          async (): Promise<DelegationOutcome> => {
            const check = await checkDelegation(live, domain, file, delegation, state);
            const problem = check.status === "refused" ? check.problem : undefined;
            if (check.status !== "valid") return { ...untold, status: check.status, problem };
            if (!relay.sends) return { ...untold, status: check.status, votes: state.votes };
            const carried = await relay.carryOut("Delegating", await callOf(live, delegation, state), file);
            if (carried.status !== "done") return { ...untold, ...carried };
            return { ...untold, status: "carried out", votes: state.votes, transaction: carried.transaction };
          },
          (failed) => ({ ...untold, ...failed }),
        );
    if (outcome.status === "valid" || outcome.status === "carried out") {
      states.set(delegator, { ...state, nonce: state.nonce + 1n, delegate: delegatee });
    }
    settle(outcome);
  }
  return files.flatMap((file) => outcomes.get(file) ?? []);
}

async function callOf(
  live: LiveDao,
  { delegator, delegatee, nonce, expiry, signature }: Delegation,
  { votes }: DelegatorState,
): Promise<Call> {
  const { v, r, s } = Signature.from(signature);
  const token = await named("token", live.contracts.token);
  const purpose = `Have ${delegatee === delegator ? "itself" : delegatee} vote with ${formatAmount(votes)} votes of ${delegator}`;
  return call(token, "delegateBySig", [delegatee, BigInt(nonce), expiry, v, r, s], purpose);
}
