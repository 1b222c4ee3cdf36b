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
import { badgeRead, readSeason } from "../reads.js";
import type { GuardedPlan } from "../plans.js";
import { guardedPlan } from "../plans.js";
import type { AccountRecovery, Recovery } from "./recoveries.js";
import {
  readLastRecovery,
  readRecoveryAllowance,
  readRecoveryOf,
  receives,
  TIME_TO_MOVE,
} from "./recoveries.js";

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
export interface Refusal {
  readonly plan: Plan;
  readonly oldAccount: string;
  readonly newAccount: string;
}

/**
 * Plans to end the recovery that the account that calls takes part in: before it is carried out, or once its time is over.
 *
 * @throws KyosoError where there is none, or it has begun.
 */
export async function planRefuse(live: LiveDao, account: string): Promise<Refusal> {
  const recovery = await readRecoveryOf(live, account);
  const { state, counterpart } = recovery;
  const begun = state === "moving" || state === "receiving";
  // Whoever holds a stolen key could otherwise keep the rest.
  const ends =
    state === "requested" || state === "awaiting" || (begun && live.now >= (await readEnd(live, recovery)));
  if (!ends) throw new KyosoError(endProblem(account, recovery, "refused"));
  const [oldAccount, newAccount] = receives(recovery) ? [counterpart, account] : [account, counterpart];
  const purpose = `Refuse the recovery of ${formatAddress(oldAccount)} into ${formatAddress(newAccount)}`;
  return { plan: onePlan(live, "refuseRecovery", [], purpose), oldAccount, newAccount };
}

/** Plans to end a recovery; what was moved stays. For stewards. */
export async function planCancel(live: LiveDao, oldAccount: string): Promise<Plan> {
  const recovery = await readRecoveryOf(live, oldAccount);
  if (recovery.state !== "requested" && recovery.state !== "moving") {
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
  const ended = recovery.state === "moved" ? await readLastRecovery(live, oldAccount) : undefined;
  const problem = finishProblem(live, oldAccount, recovery, halted, ended);
  if (problem !== undefined) throw new KyosoError(problem);
  const ids = (await readNewestLedger(live)).badgesOf(oldAccount);
  const calls: Call[] = [];
  // One call also for a member who has none left: the referral is moved, and the recovery is over.
  for (let next = 0; next < ids.length || calls.length === 0; next += most) {
    const part = ids.slice(next, next + most);
    const what = `${part.length} ${part.length === 1 ? "badge" : "badges"}`;
    const purpose = `Move ${what} to ${formatAddress(recovery.counterpart)}`;
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
  const season = await readSeason(live);
  for (const account of new Set([oldAccount, newAccount])) {
    const recovery = await readRecoveryOf(live, account);
    const message = busyMessage(recovery, season.number);
    if (message === undefined) continue;
    problems.push(
      problem("recovery.busy", {
        data: { account, state: recovery.state, counterpart: recovery.counterpart, seasonEnd: season.end },
        place: `account ${account}`,
        message: `${message} ${recovery.counterpart}`,
        remedy: await busyRemedy(live, recovery, season.end),
      }),
    );
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

/** Why an account can't take part in another recovery; the other account is to follow. */
function busyMessage({ state, season }: AccountRecovery, current: number): string | undefined {
  switch (state) {
    case "none":
      return undefined;
    case "requested":
      return "It is to be recovered already, into";
    case "moving":
      return "It is being recovered, into";
    case "awaiting":
      return "It is to receive already what was earned by";
    case "receiving":
      return "It is receiving what was earned by";
    case "moved":
      return season < current ? undefined : "It was recovered in this season, into";
    case "received":
      return season < current ? undefined : "It has received in this season what was earned by";
  }
}

async function busyRemedy(live: LiveDao, recovery: AccountRecovery, seasonEnd: number): Promise<string> {
  const { state } = recovery;
  if (state === "moved" || state === "received") {
    return `An account takes part in one recovery a season: wait until the next one, ${formatMoment(seasonEnd, live.now)}.`;
  }
  return live.now < (await readEnd(live, recovery))
    ? "See `npx hardhat badge recovery list`; finish that one first, or have it canceled."
    : "Its time is over: have it canceled (`npx hardhat badge recovery cancel`), or refused by either account.";
}

function endProblem(
  account: string,
  { state, counterpart }: AccountRecovery,
  what: "refused" | "canceled",
): Problem {
  if (state === "none" || state === "requested" || state === "awaiting") return none(account);
  const leaves = state === "moving" || state === "moved";
  const begun = state === "moving" || state === "receiving";
  const which = leaves ? `Its recovery into ${counterpart}` : `The recovery of ${counterpart} into it`;
  return problem("recovery.ended", {
    data: { account, counterpart, leaves, begun, what },
    place: `account ${account}`,
    message: `${which} ${begun ? "has begun" : "is over"}, and can't be ${what} any more`,
    remedy: `${begun ? "A steward can cancel it. " : ""}From the next season on, a recovery the other way can be requested.`,
  });
}

function finishProblem(
  live: LiveDao,
  account: string,
  { state, eta, counterpart }: AccountRecovery,
  halted: boolean,
  ended: Recovery | undefined,
): Problem | undefined {
  const place = `account ${account}`;
  if (state === "moved") {
    return ended === undefined || ended.state === "done"
      ? problem("recovery.done-already", {
          data: { account, counterpart },
          place,
          message: `It was recovered already, into ${counterpart}`,
          remedy: "There is nothing to do.",
        })
      : problem("recovery.broken-off", {
          data: { account, counterpart, state: ended.state, moved: ended.moved.length },
          place,
          message: `Its recovery into ${counterpart} was ${ended.state} after ${ended.moved.length} of its badges were moved`,
          remedy: "For those that it still has, another recovery can be requested, from the next season on.",
        });
  }
  if (state !== "requested" && state !== "moving") return none(account);
  if (state === "requested" && eta > live.now) {
    return problem("recovery.too-early", {
      data: { account, eta },
      place,
      message: `Its recovery can be carried out from ${formatMoment(eta, live.now)} on`,
      remedy: "Wait: until then either account can refuse, and a proposal can cancel it.",
    });
  }
  if (live.now >= eta + TIME_TO_MOVE) {
    return problem("recovery.too-late", {
      data: { account, until: eta + TIME_TO_MOVE },
      place,
      message: `Its recovery could be carried out until ${formatMoment(eta + TIME_TO_MOVE, live.now)}`,
      remedy:
        "Have it canceled (`npx hardhat badge recovery cancel`) or refused by either account, and requested again.",
    });
  }
  if (!halted) return undefined;
  return problem("awards.halted", {
    data: {},
    place: "recoveries",
    message: "They are halted, with all awards: one of the Safe's owners has stopped them",
    remedy: "Find out why. A steward can resume them, or a proposal.",
  });
}

/** Timestamp from which on a recovery that runs can't be carried out any more, whichever side's it is. */
async function readEnd(live: LiveDao, recovery: AccountRecovery): Promise<number> {
  const old = receives(recovery) ? await readRecoveryOf(live, recovery.counterpart) : recovery;
  return old.eta + TIME_TO_MOVE;
}

function none(account: string): Problem {
  return problem("recovery.none", {
    data: { account },
    place: `account ${account}`,
    message: "No recovery of it was requested, or it was refused or canceled",
    remedy: "See `npx hardhat badge recovery list`, and write the old account, the one that was lost.",
  });
}

function onePlan(live: LiveDao, name: string, args: readonly unknown[], title: string): Plan {
  return { title, calls: [badgeCall(live, name, args, title)] };
}

function badgeCall(live: LiveDao, name: string, args: readonly unknown[], purpose: string): Call {
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  return call(badge, name, args, purpose);
}
