import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { formatMoment } from "../../time.js";
import type { AccountRecovery, Recovery } from "./recoveries.js";

/** Why an account can't refuse its recovery; undefined where it can. */
export function refusalProblem(account: string, recovery: AccountRecovery): Problem | undefined {
  return recovery.phase === "requested" ? undefined : endProblem(account, recovery, "refused");
}

/** Why an account can't take part in another recovery; undefined where it can. */
export function busyProblem(
  live: LiveDao,
  account: string,
  recovery: AccountRecovery,
  season: { readonly number: number; readonly end: number },
): Problem | undefined {
  const { phase, movedIn } = recovery;
  if (phase === "none" || (phase === "over" && movedIn < season.number)) return undefined;
  const { leaves, counterpart } = sideOf(account, recovery);
  const message = leaves
    ? {
        requested: "It is to be recovered already, into",
        moving: "It is being recovered, into",
        over: "It was recovered in this season, into",
      }
    : {
        requested: "It is to receive already what was earned by",
        moving: "It is receiving what was earned by",
        over: "It has received in this season what was earned by",
      };
  return problem("recovery.busy", {
    data: { account, phase, leaves, counterpart, seasonEnd: season.end },
    place: `account ${account}`,
    message: `${message[phase]} ${counterpart}`,
    remedy:
      phase === "over"
        ? `An account takes part in one recovery a season: wait until the next one, ${formatMoment(season.end, live.now)}.`
        : "See `npx hardhat badge recovery list`; finish that one first, or have it canceled.",
  });
}

/** Why a recovery can't be ended. */
export function endProblem(
  account: string,
  recovery: AccountRecovery,
  what: "refused" | "canceled",
): Problem {
  const { phase, movedIn } = recovery;
  const { leaves, counterpart } = sideOf(account, recovery);
  const begun = phase === "moving";
  // One that moved nothing has left no trace: there is none to end.
  if (phase === "none" || movedIn === 0 || (what === "canceled" && !leaves)) return none(account);
  const which = leaves ? `Its recovery into ${counterpart}` : `The recovery of ${counterpart} into it`;
  return problem("recovery.ended", {
    data: { account, counterpart, leaves, begun, what },
    place: `account ${account}`,
    message: `${which} ${begun ? "has begun" : "is over"}, and can't be ${what} any more`,
    remedy: `${begun ? "A steward can cancel it. " : ""}From the next season on, a recovery the other way can be requested.`,
  });
}

/**
 * Why a recovery can't be carried out; undefined where it can.
 *
 * @param ended How it ended, where it is over.
 */
export function finishProblem(
  live: LiveDao,
  account: string,
  recovery: AccountRecovery,
  halted: boolean,
  ended: Recovery | undefined,
): Problem | undefined {
  const { phase, eta } = recovery;
  const place = `account ${account}`;
  if (recovery.oldAccount !== account) return none(account);
  if (phase === "over") {
    return ended === undefined ? none(account) : overProblem(live, account, recovery, ended);
  }
  if (phase === "requested" && eta > live.now) {
    return problem("recovery.too-early", {
      data: { account, eta },
      place,
      message: `Its recovery can be carried out from ${formatMoment(eta, live.now)} on`,
      remedy: "Wait: until then either account can refuse, and a proposal can cancel it.",
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

/** Why a recovery that is over can't be carried out. */
function overProblem(
  live: LiveDao,
  account: string,
  { end, newAccount: counterpart }: AccountRecovery,
  { state, moved }: Recovery,
): Problem {
  const place = `account ${account}`;
  if (state === "done") {
    return problem("recovery.done-already", {
      data: { account, counterpart },
      place,
      message: `It was recovered already, into ${counterpart}`,
      remedy: "There is nothing to do.",
    });
  }
  if (state === "lapsed") {
    return problem("recovery.too-late", {
      data: { account, until: end },
      place,
      message: `Its recovery could be carried out until ${formatMoment(end, live.now)}`,
      remedy:
        moved.length === 0
          ? "Have it requested again."
          : "For what it still has, another recovery can be requested, from the next season on.",
    });
  }
  if (moved.length === 0) return none(account);
  return problem("recovery.broken-off", {
    data: { account, counterpart, state, moved: moved.length },
    place,
    message: `Its recovery into ${counterpart} was ${state} after ${moved.length} of its badges were moved`,
    remedy: "For those that it still has, another recovery can be requested, from the next season on.",
  });
}

/** What a recovery is to one of its accounts. */
function sideOf(account: string, { oldAccount, newAccount }: AccountRecovery) {
  const leaves = account === oldAccount;
  return { leaves, counterpart: leaves ? newAccount : oldAccount };
}

function none(account: string): Problem {
  return problem("recovery.none", {
    data: { account },
    place: `account ${account}`,
    message: "No recovery of it was requested, or it is over and moved nothing",
    remedy: "See `npx hardhat badge recovery list`, and write the old account, the one that was lost.",
  });
}
