import { getAddress } from "ethers";
import type { Plan } from "../calls/plan.js";
import { call, named } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatAmount } from "../units.js";
import { parseAccount } from "./account.js";
import type { Votes } from "./votes.js";
import { readVotes } from "./votes.js";

/** A delegation that is still to be made. */
export interface DelegationPlan extends Plan {
  /** Who delegates, as it is before. */
  readonly before: Votes;
  /** Who will vote. */
  readonly to: string;
  /** How many votes go from one delegate to the other. The tokens stay where they are. */
  readonly moved: bigint;
}

/**
 * Plans to have somebody vote with an account's votes.
 *
 * @param to An address, or "self".
 * @throws KyosoError where the account or the delegate can't, and where it is so already.
 */
export async function planDelegation(live: LiveDao, account: string, to: string): Promise<DelegationPlan> {
  const delegatee = parseDelegatee(live, account, to);
  const before = await readVotes(live, account);
  if (before.delegate === delegatee) throw new KyosoError(alreadySo(account, delegatee));
  const moved = before.tokens + before.earned;
  const who = delegatee === account ? "itself" : delegatee;
  const purpose = `Have ${who} vote with ${formatAmount(moved)} votes of ${account}`;
  return {
    title: "Delegating",
    calls: [call(await named("token", live.contracts.token), "delegate", [delegatee], purpose)],
    before,
    to: delegatee,
    moved,
  };
}

/**
 * Whom a text names to vote for an account.
 *
 * @param text An address, or "self".
 * @throws KyosoError if it is nobody, or can't vote.
 */
export function parseDelegatee(live: LiveDao, account: string, text: string): string {
  const delegatee = text.trim().toLowerCase() === "self" ? account : parseAccount(live, text, "to");
  const problem = delegationProblem(live, account, delegatee);
  if (problem !== undefined) throw new KyosoError(problem);
  return delegatee;
}

/** Why an account can't delegate to another; undefined if it can. */
export function delegationProblem(live: LiveDao, account: string, delegatee: string): Problem | undefined {
  if (getAddress(account) === live.record.contracts.timelock) {
    return problem("delegation.treasury", {
      data: {},
      place: "treasury",
      message: "The treasury can't delegate: a proposal could otherwise vote with it on another proposal",
      remedy: "Delegate as an account that somebody holds the key of.",
    });
  }
  const contract = live.book.contractAt(delegatee);
  if (contract === undefined) return undefined;
  const what =
    contract === "timelock" ? "The treasury's votes count nowhere" : `The DAO's ${contract} can't vote`;
  return problem("delegation.to-contract", {
    data: { contract },
    place: "to",
    message: `${what}: delegated to it, votes would be lost`,
    remedy: 'Name the address of somebody who votes, or "self".',
  });
}

/** That an account needs no delegation. */
export function alreadySo(account: string, delegatee: string): Problem {
  return problem("delegation.already-so", {
    data: { account, delegatee },
    place: "to",
    message:
      delegatee === account
        ? `${account} votes for itself already`
        : `${delegatee} votes for ${account} already`,
    remedy: "There is nothing to do.",
  });
}
