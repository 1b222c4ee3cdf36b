import { ZeroAddress } from "ethers";
import type { Call, Plan } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import { INTERFACES } from "../../calls/known.js";
import { TRANSACTION_GAS_CAP } from "../../chain/limits.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { formatMoment } from "../../time.js";
import { formatAddress } from "../../units.js";
import { readNewestLedger } from "../ledger.js";
import type { RawMember } from "../reads.js";
import { badgeRead, seasonAt } from "../reads.js";
import type { GuardedPlan } from "../plans.js";
import { guardedPlan } from "../plans.js";
import type { AccountRecovery } from "./recoveries.js";
import { readLastRecovery, readRecoveryAllowance, readRecoveryOf } from "./recoveries.js";
import { busyProblem, endProblem, finishProblem, refusalProblem } from "./recoveryProblems.js";

// Upper bounds, in gas: of each badge that is moved, and of all that comes with it. `npm run gas` holds them.
export const BADGE_GAS = 13_000n;
export const STEP_GAS = 700_000n;

/** As many badges as one transaction moves. */
export const BADGES_PER_STEP = Number((TRANSACTION_GAS_CAP - STEP_GAS) / BADGE_GAS);

/**
 * Plans to ask for what one account earned to be moved to another.
 *
 * @throws KyosoError with everything that stands in the way.
 */
export async function planRequest(
  live: LiveDao,
  oldAccount: string,
  newAccount: string,
): Promise<GuardedPlan> {
  const problems = await requestProblems(live, oldAccount, newAccount);
  if (problems.length > 0) throw new KyosoError(problems);
  const purpose = `Recover what ${formatAddress(oldAccount)} earned into ${formatAddress(newAccount)}`;
  return guardedPlan(live, "requestRecovery", [oldAccount, newAccount], purpose);
}

/** The recovery that an account refuses. */
export interface RefusalPlan {
  readonly plan: Plan;
  readonly oldAccount: string;
  readonly newAccount: string;
}

/**
 * Plans to end the recovery that the account that calls takes part in, before it has begun.
 *
 * @throws KyosoError where there is none, or it has begun or is over.
 */
export async function planRefuse(live: LiveDao, account: string): Promise<RefusalPlan> {
  const { oldAccount, newAccount } = await requireRequested(live, account);
  return { plan: refusalPlan(live, account, { oldAccount, newAccount }, "0x"), oldAccount, newAccount };
}

/** The recovery that an account can refuse. */
export async function requireRequested(live: LiveDao, account: string): Promise<AccountRecovery> {
  const recovery = await readRecoveryOf(live, account);
  const begun = refusalProblem(account, recovery);
  if (begun !== undefined) throw new KyosoError(begun);
  return recovery;
}

/** @param signature Empty where the account itself calls. */
export function refusalPlan(
  live: LiveDao,
  account: string,
  { oldAccount, newAccount }: Pick<AccountRecovery, "oldAccount" | "newAccount">,
  signature: string,
): Plan {
  const purpose = `Refuse the recovery of ${formatAddress(oldAccount)} into ${formatAddress(newAccount)}`;
  return onePlan(live, "refuseRecovery", [account, signature], purpose);
}

/** Plans to end a recovery; what was moved stays. For stewards. */
export async function planCancel(live: LiveDao, oldAccount: string): Promise<Plan> {
  const recovery = await readRecoveryOf(live, oldAccount);
  if (recovery.oldAccount !== oldAccount || !isUnderWay(recovery)) {
    throw new KyosoError(endProblem(oldAccount, recovery, "canceled"));
  }
  const purpose = `Cancel the recovery of ${formatAddress(oldAccount)}`;
  return onePlan(live, "cancelRecovery", [oldAccount], purpose);
}

/**
 * Plans to carry a recovery out: the badges that the old account has at this moment, as many to a call as fit a
 * transaction. What was moved before isn't moved again.
 *
 * @throws KyosoError where there is none, its time hasn't come, or all awards are halted.
 */
export async function planFinish(live: LiveDao, oldAccount: string, most = BADGES_PER_STEP): Promise<Plan> {
  const [recovery, halted] = await Promise.all([
    readRecoveryOf(live, oldAccount),
    live.contracts.badge.halted(),
  ]);
  // How one ended is only in the logs.
  const ended = recovery.phase === "over" ? await readLastRecovery(live, oldAccount) : undefined;
  const problem = finishProblem(live, oldAccount, recovery, halted, ended);
  if (problem !== undefined) throw new KyosoError(problem);
  const ids = (await readNewestLedger(live)).badgesOf(oldAccount);
  const calls: Call[] = [];
  // One call also for a member who has none left: the referral is moved, and the recovery is over.
  for (let next = 0; next < ids.length || calls.length === 0; next += most) {
    const part = ids.slice(next, next + most);
    const what = `${part.length} ${part.length === 1 ? "badge" : "badges"}`;
    const purpose = `Move ${what} to ${formatAddress(recovery.newAccount)}`;
    calls.push(badgeCall(live, "recover", [oldAccount, part], purpose));
  }
  return { title: `Recovering ${formatAddress(oldAccount)}`, calls };
}

async function requestProblems(live: LiveDao, oldAccount: string, newAccount: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (oldAccount === newAccount) {
    problems.push(
      problem("recovery.same-account", {
        data: { account: newAccount },
        place: `account ${newAccount}`,
        message: "The old account and the new one are the same",
        remedy: "Write the lost account first, and then the one that its member has now.",
      }),
    );
  }
  const contract = live.book.nameOf(newAccount);
  if (newAccount === ZeroAddress || contract !== undefined) {
    problems.push(
      problem("recovery.to-no-member", {
        data: { account: newAccount, contract },
        place: `account ${newAccount}`,
        message: `It is ${contract === undefined ? "nobody's" : `the DAO's ${contract}`}, and no member`,
        remedy: "Write the account that the member has now.",
      }),
    );
  }
  const [member] = await live.readMany<RawMember>([badgeRead(live, "memberOf", [oldAccount])]);
  if (member === undefined || member.season === 0) {
    problems.push(
      problem("recovery.nothing-earned", {
        data: { account: oldAccount },
        place: `account ${oldAccount}`,
        message: "It never earned anything, so that there is nothing to recover",
        remedy: "Check the address with `npx hardhat badge show <account>`.",
      }),
    );
  }
  const season = seasonAt(live);
  for (const account of new Set([oldAccount, newAccount])) {
    const recovery = await readRecoveryOf(live, account);
    const busy = busyProblem(live, account, recovery, season);
    if (busy !== undefined) problems.push(busy);
  }
  const { requested, limit } = await readRecoveryAllowance(live);
  if (requested >= limit) {
    problems.push(
      problem("recovery.limit-reached", {
        data: { season: season.number, requested, limit, seasonEnd: season.end },
        place: `season ${season.number}`,
        message: `${requested} recoveries were requested in it, and the DAO's limit is ${limit}`,
        remedy: `Wait until the next season, ${formatMoment(season.end, live.now)}; or propose a higher limit (badge.setLimits).`,
      }),
    );
  }
  return problems;
}

function isUnderWay({ phase }: AccountRecovery): boolean {
  return phase === "requested" || phase === "moving";
}

function onePlan(live: LiveDao, name: string, args: readonly unknown[], title: string): Plan {
  return { title, calls: [badgeCall(live, name, args, title)] };
}

function badgeCall(live: LiveDao, name: string, args: readonly unknown[], purpose: string): Call {
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  return call(badge, name, args, purpose);
}
