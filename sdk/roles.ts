import type { OwnContract } from "./daoRecord.js";

/** Role ids of a DAO's AccessManager, as `contracts/access/Roles.sol` has them. */
export const ROLES = {
  ADMIN: 0n,
  MINTER: 1n,
  STEWARD: 2n,
  ISSUER: 3n,
  SENTINEL: 4n,
  HANDOVER: 5n,
  VOTES_GRANTER: 6n,
  BOARD: 1_000_000n,
} as const;

/** What everybody may do needs this role: the AccessManager's last one. */
export const PUBLIC_ROLE = 2n ** 64n - 1n;

export type RoleName = keyof typeof ROLES;

/** Who administers a role while the brand still leads; AccessManager's default is ADMIN. */
export const ROLE_ADMINS: Readonly<Record<RoleName, RoleName>> = {
  ADMIN: "ADMIN",
  MINTER: "ADMIN",
  STEWARD: "HANDOVER",
  ISSUER: "STEWARD",
  SENTINEL: "ADMIN",
  HANDOVER: "ADMIN",
  VOTES_GRANTER: "ADMIN",
  BOARD: "ADMIN",
};

/**
 * The functions that the AccessManager lists for STEWARD, as contracts/factory/AccessTable.sol has them; the others that
 * are restricted are ADMIN's.
 */
export const STEWARD_FUNCTIONS = {
  badge: ["addKind", "closeKind", "revoke", "resume", "setTitles", "requestRecovery"],
  drop: ["open"],
  board: ["open", "adopt", "ship"],
  pass: ["setTerms", "addPerk", "closePerk"],
} as const satisfies Partial<Record<OwnContract, readonly string[]>>;
