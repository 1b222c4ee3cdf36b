import { ROLE } from "../dao.js";
import type { Power, Refuse } from "./power.js";

function managerWants(role: bigint): Refuse {
  return ({ manager }, caller) => ({
    contract: manager,
    error: "AccessManagerUnauthorizedAccount",
    args: [caller, role],
  });
}

const grants = (
  ["ADMIN", "MINTER", "STEWARD", "SENTINEL", "HANDOVER", "VOTES_GRANTER", "FIRST_CUSTOM"] as const
).map((role): Power => ({
  name: `grant ${role}`,
  call: ({ manager, stranger }) => manager.grantRole.populateTransaction(ROLE[role], stranger, 0),
  refusal: managerWants(role === "STEWARD" ? ROLE.HANDOVER : ROLE.ADMIN),
}));

const revocations = (
  [
    ["ADMIN", "timelock"],
    ["MINTER", "timelock"],
    ["STEWARD", "timelock"],
    ["SENTINEL", "handover"],
    ["HANDOVER", "handover"],
    ["VOTES_GRANTER", "badge"],
  ] as const
).map(([role, holder]): Power => ({
  name: `revoke ${role} of the ${holder}`,
  call: ({ manager, at }) => manager.revokeRole.populateTransaction(ROLE[role], at[holder]),
  refusal: managerWants(role === "STEWARD" ? ROLE.HANDOVER : ROLE.ADMIN),
}));

export const managerPowers: Power[] = [
  ...grants,
  ...revocations,
  {
    name: "grant ISSUER",
    call: ({ manager, stranger }) => manager.grantRole.populateTransaction(ROLE.ISSUER, stranger, 0),
    refusal: managerWants(ROLE.STEWARD),
    except: ["the Safe"],
  },
  {
    name: "revoke ISSUER of the Safe",
    call: ({ manager, safe }) => manager.revokeRole.populateTransaction(ROLE.ISSUER, safe.address),
    refusal: managerWants(ROLE.STEWARD),
    except: ["the Safe"],
  },
  {
    name: "make itself the admin of a role",
    call: ({ manager }) => manager.setRoleAdmin.populateTransaction(ROLE.MINTER, ROLE.STEWARD),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "give a role a guardian",
    call: ({ manager }) => manager.setRoleGuardian.populateTransaction(ROLE.MINTER, ROLE.STEWARD),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "label a role",
    call: ({ manager }) => manager.labelRole.populateTransaction(ROLE.MINTER, "stewards"),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "delay grants of a role",
    call: ({ manager }) => manager.setGrantDelay.populateTransaction(ROLE.ISSUER, 1),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "say which role may call a function",
    call: ({ manager, at, token }) =>
      manager.setTargetFunctionRole.populateTransaction(
        at.token,
        [token.interface.getFunction("upgradeToAndCall").selector],
        ROLE.STEWARD,
      ),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "close a target",
    call: ({ manager, at }) => manager.setTargetClosed.populateTransaction(at.badge, true),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "delay the administration of a target",
    call: ({ manager, at }) => manager.setTargetAdminDelay.populateTransaction(at.badge, 1),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "give the token another authority through the manager",
    call: ({ manager, at, handover }) => manager.updateAuthority.populateTransaction(at.token, handover),
    refusal: managerWants(ROLE.ADMIN),
  },
  {
    name: "have the manager upgrade the token",
    call: ({ manager, at, token }) =>
      manager.execute.populateTransaction(
        at.token,
        token.interface.encodeFunctionData("upgradeToAndCall", [at.badge, "0x"]),
      ),
    refusal: ({ manager, at, token }, caller) => ({
      contract: manager,
      error: "AccessManagerUnauthorizedCall",
      args: [caller, at.token, token.interface.getFunction("upgradeToAndCall").selector],
    }),
  },
  {
    name: "schedule an upgrade of the token with the manager",
    call: ({ manager, at, token }) =>
      manager.schedule.populateTransaction(
        at.token,
        token.interface.encodeFunctionData("upgradeToAndCall", [at.badge, "0x"]),
        0,
      ),
    refusal: ({ manager, at, token }, caller) => ({
      contract: manager,
      error: "AccessManagerUnauthorizedCall",
      args: [caller, at.token, token.interface.getFunction("upgradeToAndCall").selector],
    }),
  },
];
