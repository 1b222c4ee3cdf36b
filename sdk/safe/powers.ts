import { Contract, dataSlice, getAddress, id, ZeroAddress } from "ethers";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";
import type { SafeAccount } from "./account.js";
import { SAFE_CORE } from "./transactions/transaction.js";

/** A Safe keeps its modules in a list that begins and ends with this address. */
const SENTINEL = "0x0000000000000000000000000000000000000001";

/** As many modules as are looked for; Safes have one or two. */
const MOST_MODULES = 10;

/** Where a Safe keeps its guard: it has no function that says it. */
const GUARD_SLOT = id("guard_manager.guard.address");

/** What the Safe may do in its DAO, and what may act in the Safe's name beside its owners. */
export interface SafePowers {
  /** Timestamp until which it may veto proposals; null where it may not. */
  readonly vetoUntil: number | null;
  /** Seconds between announcing and doing what a steward does; null where it is no steward. */
  readonly stewardDelay: number | null;
  /** Whether it may award badges. */
  readonly issuer: boolean;
  /** Whether each of its owners, alone, may halt all awards. */
  readonly ownersMayHalt: boolean;
  /** Modules act without any owner's signature. */
  readonly modules: readonly string[];
  /** What may refuse its transactions; null for nothing. */
  readonly guard: string | null;
}

/** Reads what the Safe may do at this moment. */
export async function readPowers(live: LiveDao, account: SafeAccount): Promise<SafePowers> {
  const { governor, manager, badge } = live.contracts;
  const [guardian, expiry, issuerRole, modules, guard] = await Promise.all([
    governor.proposalGuardian(),
    governor.guardianExpiry(),
    badge.issuerRole(),
    readModules(account),
    readGuard(account),
  ]);
  const [steward, issuer, sentinel] = await Promise.all([
    manager.hasRole(ROLES.STEWARD, live.safe),
    manager.hasRole(issuerRole, live.safe),
    manager.hasRole(ROLES.SENTINEL, live.record.contracts.handover),
  ]);
  const vetoes = guardian === live.safe && Number(expiry) > live.now;
  return {
    vetoUntil: vetoes ? Number(expiry) : null,
    stewardDelay: steward.isMember ? Number(steward.executionDelay) : null,
    issuer: issuer.isMember && issuer.executionDelay === 0n,
    ownersMayHalt: sentinel.isMember && sentinel.executionDelay === 0n,
    modules,
    guard: guard === ZeroAddress ? null : guard,
  };
}

async function readModules({ address, provider }: SafeAccount): Promise<string[]> {
  const safe = new Contract(address, SAFE_CORE, provider);
  const page = (await safe.getFunction("getModulesPaginated").staticCall(SENTINEL, MOST_MODULES)) as [
    modules: string[],
    next: string,
  ];
  return [...page[0]];
}

async function readGuard({ address, provider }: SafeAccount): Promise<string> {
  return getAddress(dataSlice(await provider.getStorage(address, GUARD_SLOT), 12));
}
