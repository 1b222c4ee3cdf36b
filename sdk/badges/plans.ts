import { INTERFACES } from "../calls/known.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { BadgeKindConfig } from "../config/schema.js";
import { KyosoError } from "../errors.js";
import type { Via } from "../execute/via.js";
import type { LiveDao } from "../live.js";
import { formatAddress } from "../units.js";
import type { HeldBadge } from "./held.js";
import type { BadgeKind } from "./kinds/kinds.js";
import type { GuardedFunction } from "./powers.js";

/** A plan of one call, and the function that its caller has to be let in to. */
export interface GuardedPlan {
  readonly plan: Plan;
  readonly guarded: GuardedFunction;
}

/** Plans to add a kind. One with votes takes a passed proposal. */
export function planAddKind(live: LiveDao, config: BadgeKindConfig, via: Via): GuardedPlan {
  requireProposal(config.votes, via, "add a kind with votes");
  return guardedPlan(
    live,
    config.votes === 0n ? "addKind" : "addVotingKind",
    [config],
    `Add the kind "${config.name}"`,
  );
}

/** Plans to close a kind, for ever. One with votes takes a passed proposal. */
export function planCloseKind(live: LiveDao, kind: BadgeKind, via: Via): GuardedPlan {
  if (kind.closed) {
    throw KyosoError.of("kind.closed-already", {
      data: { kind: kind.number, name: kind.name },
      place: `kind ${kind.number} "${kind.name}"`,
      message: "It is closed already",
      remedy: "There is nothing to do.",
    });
  }
  requireProposal(kind.votes, via, "close a kind with votes");
  return guardedPlan(
    live,
    kind.votes === 0n ? "closeKind" : "closeVotingKind",
    [kind.number],
    `Close the kind "${kind.name}"`,
  );
}

/**
 * Plans to take a badge back. One of a kind with votes takes a passed proposal.
 *
 * @param reason Why: everybody can read it, for ever. Not empty.
 */
export function planRevoke(
  live: LiveDao,
  { id, account, kind }: HeldBadge,
  reason: string | undefined,
  via: Via,
): GuardedPlan {
  const text = (reason ?? "").trim();
  if (text === "") {
    throw KyosoError.of("revoke.reason-missing", {
      data: {},
      place: "--reason",
      message: "There is no reason, and a badge can't be taken back without one",
      remedy: 'Say why, for instance --reason "Awarded twice by mistake". Everybody can read it, for ever.',
    });
  }
  requireProposal(kind.votes, via, "take back a badge of a kind with votes");
  return guardedPlan(
    live,
    kind.votes === 0n ? "revoke" : "revokeVoting",
    [id, text],
    `Take badge ${id}, "${kind.name}", back from ${formatAddress(account)}`,
  );
}

function requireProposal(votes: bigint, via: Via, what: string): void {
  if (votes === 0n || via === "proposal") return;
  throw KyosoError.of("via.only-proposal", {
    data: { what },
    place: "--via",
    message: `Only a passed proposal can ${what}`,
    remedy: "Use --via proposal: it writes a draft of one.",
  });
}

/** A plan of one call of the badge contract. */
export function guardedPlan(
  live: LiveDao,
  guarded: GuardedFunction,
  args: readonly unknown[],
  title: string,
): GuardedPlan {
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  return { guarded, plan: { title, calls: [call(badge, guarded, args, title)] } };
}
