import { ZeroAddress } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readKinds } from "../badges/kinds/kinds.js";
import type { RoleMember } from "../badges/powers.js";
import { issuerRoleOf, membersOf } from "../badges/powers.js";
import { INTERFACES } from "../calls/known.js";
import type { Phase } from "../dao.js";
import { phaseOf } from "../dao.js";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";

/** How far power has been handed over, and what ends when. Times are timestamps. */
export interface HandoverStatus {
  readonly phase: Phase;
  readonly safe: string;
  /** Who may veto at present; null for nobody. */
  readonly guardian: string | null;
  /** When the veto ends by itself, or ended; 0 where there was none. */
  readonly vetoUntil: number;
  /** From when on anyone may hand over to the community. */
  readonly communityDate: number;
  /** Whether awards, claims and recoveries are halted. */
  readonly halted: boolean;
  /** The steps that are left, the next one first. */
  readonly steps: readonly HandoverStep[];
  /** Who awards badges. */
  readonly issuers: readonly IssuerRole[];
}

/** A step of the handover that is still to come. */
export interface HandoverStep {
  readonly step: "end-veto" | "hand-over";
  readonly from: Phase;
  readonly to: Phase;
  /** When it happens by itself, or from when on anyone can take it. */
  readonly due: number;
  readonly isDue: boolean;
  /** What happens on that date: the veto ends by itself, and to hand over takes somebody's transaction. */
  readonly by: "itself" | "anyone";
  /** Whether the Safe can take it at this moment, and earlier than that. */
  readonly safeCan: boolean;
}

/** A role that awards badges, and who has it. */
export interface IssuerRole {
  readonly role: bigint;
  /** Names of the kinds of badges that it awards. */
  readonly kinds: readonly string[];
  readonly members: readonly RoleMember[];
  /** Whether it ends when the DAO is handed over to the community: what the Safe appoints. */
  readonly ends: boolean;
}

/** Reads how far power has been handed over, as of the block that the DAO was opened at. */
export async function readHandover(live: LiveDao): Promise<HandoverStatus> {
  const { governor, handover, badge } = live.record.contracts;
  const [[phaseNumber, communityDate, guardian, expiry, halted], issuers] = await Promise.all([
    live.readMany<unknown>([
      { address: handover, interface: INTERFACES.handover, name: "phase" },
      { address: handover, interface: INTERFACES.handover, name: "communityDate" },
      { address: governor, interface: INTERFACES.governor, name: "proposalGuardian" },
      { address: governor, interface: INTERFACES.governor, name: "guardianExpiry" },
      { address: badge, interface: INTERFACES.badge, name: "halted" },
    ]),
    readIssuers(live),
  ]);
  const phase = phaseOf(phaseNumber);
  const [vetoUntil, date] = [Number(expiry), Number(communityDate)];
  const ofSafe = guardian === live.safe;
  const endVeto: HandoverStep = {
    step: "end-veto",
    from: "brand-led",
    to: "shared",
    due: vetoUntil,
    isDue: false,
    by: "itself",
    safeCan: ofSafe,
  };
  const handOver: HandoverStep = {
    step: "hand-over",
    from: "shared",
    to: "community",
    due: date,
    isDue: live.now >= date,
    by: "anyone",
    // Powers go in order: the Safe gives up its veto first.
    safeCan: phase === "shared",
  };
  return {
    phase,
    safe: live.safe,
    guardian: guardian === ZeroAddress ? null : String(guardian),
    vetoUntil,
    communityDate: date,
    halted: halted === true,
    steps: phase === "brand-led" ? [endVeto, handOver] : phase === "shared" ? [handOver] : [],
    issuers,
  };
}

/** The roles that award badges of some kind at present, and who has them. */
export async function readIssuers(live: LiveDao): Promise<IssuerRole[]> {
  const own = await issuerRoleOf(live, { issuerRole: ROLES.ISSUER });
  const kindsOf = new Map<bigint, BadgeKind[]>([[own, []]]);
  for (const kind of await readKinds(live)) {
    const role = kind.issuerRole === ROLES.ISSUER ? own : kind.issuerRole;
    kindsOf.set(role, [...(kindsOf.get(role) ?? []), kind]);
  }
  return Promise.all(
    [...kindsOf].map(async ([role, kinds]) => ({
      role,
      kinds: kinds.map(({ name }) => name),
      members: await membersOf(live, role),
      // A role that replaced the first one, or that a kind names, is given by proposals.
      ends: role === ROLES.ISSUER,
    })),
  );
}
