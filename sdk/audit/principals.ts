import { dataSlice, getAddress, id } from "ethers";
import type { Phase } from "../dao.js";
import type { LiveDao } from "../live.js";
import { fromLogs } from "../chain/whole.js";
import type { HandoverStatus } from "../handover/handover.js";
import { INTERFACES } from "../calls/known.js";
import { ROLES } from "../roles.js";
import { readSafe } from "../safe/safe.js";
import type { Power } from "./table.js";

/** Somebody as whom calls are tried. */
export interface Principal {
  readonly account: string;
  /** Who it is: one account may be several. */
  readonly as: readonly string[];
  /** What it may do at most, by the DAO's phase. */
  readonly powers: ReadonlySet<Power>;
  /** Roles whose kinds of badges it may award. */
  readonly awards: ReadonlySet<bigint>;
}

/** Has no key, no code and no role: anybody. */
export const STRANGER = getAddress(dataSlice(id("kyoso.audit.stranger"), 12));

const BY_PHASE: Readonly<Record<Phase, readonly Power[]>> = {
  "brand-led": ["guardian", "steward"],
  shared: ["steward", "handover"],
  community: [],
};

/**
 * Everybody who has, had or could have a power: the Safe, its owners, who launched, who was ever appointed to anything, and a
 * stranger. The timelock comes first: what it can't do, nobody is let in to, and then no refusal proves anything.
 */
export async function readPrincipals(live: LiveDao, handover: HandoverStatus): Promise<Principal[]> {
  const { record, safe } = live;
  const { contracts } = record;
  const [{ owners }, appointed] = await Promise.all([readSafe(live.provider, safe), readAppointed(live)]);
  const principals = new Map<string, { as: Set<string>; powers: Set<Power>; awards: Set<bigint> }>();
  const add = (
    account: string,
    as: string,
    powers: readonly Power[] = [],
    awards: readonly bigint[] = [],
  ) => {
    const known = principals.get(account) ?? { as: new Set(), powers: new Set(), awards: new Set() };
    principals.set(account, known);
    known.as.add(as);
    for (const power of powers) known.powers.add(power);
    for (const role of awards) known.awards.add(role);
  };
  add(contracts.timelock, "the DAO itself", ["proposal", "steward"]);
  const ofSafe = BY_PHASE[handover.phase];
  const ending = handover.issuers.filter(({ ends }) => ends).map(({ role }) => role);
  add(safe, "the Safe", ofSafe, ofSafe.includes("steward") ? ending : []);
  if (record.safe !== safe) add(record.safe, "the Safe of the launch");
  add(record.launcher, "who launched it");
  add(record.factory, "the factory");
  for (const owner of owners) add(owner, "an owner of the Safe", ["owner"]);
  const own = new Set<string>([...Object.values(contracts), ...Object.values(live.modulePlaces)]);
  for (const { role, members } of handover.issuers) {
    for (const { account, delay } of members) {
      // Of the Safe, its phase says it.
      const isTold = own.has(account) || (account === safe && ending.includes(role));
      if (!isTold) add(account, "an issuer", [], delay === 0 ? [role] : []);
    }
  }
  for (const [account, asIssuer] of appointed) {
    // The factory had ADMIN while it launched the DAO.
    if (own.has(account) || account === safe || account === record.factory) continue;
    if (!asIssuer) add(account, "who was given another role");
    else if (principals.get(account)?.as.has("an issuer") !== true) add(account, "who was an issuer");
  }
  add(STRANGER, "a stranger");
  return [...principals].map(([account, { as, powers, awards }]) => ({
    account,
    as: [...as],
    powers,
    awards,
  }));
}

/** Everybody who was ever given a role of the AccessManager or of the timelock, and whether none but those that award badges. */
async function readAppointed(live: LiveDao): Promise<Map<string, boolean>> {
  const appointed = new Map<string, boolean>();
  for (const contract of ["manager", "timelock"] as const) {
    const granted = INTERFACES[contract].getEvent("RoleGranted")?.topicHash;
    await fromLogs(live, contract, (logs) => {
      for (const { topics } of logs) {
        const [event, role = "0x", account] = topics;
        if (event !== granted || account === undefined) continue;
        const who = getAddress(dataSlice(account, 12));
        const asIssuer = contract === "manager" && isIssuerRole(BigInt(role));
        appointed.set(who, asIssuer && (appointed.get(who) ?? true));
      }
    });
  }
  return appointed;
}

const FIRST_CUSTOM = 100n;

/** ISSUER, as at launch or as it replaced that one later, or a role that kinds of badges name. */
function isIssuerRole(role: bigint): boolean {
  return (role & 0xffff_ffffn) === ROLES.ISSUER || role >= FIRST_CUSTOM;
}
