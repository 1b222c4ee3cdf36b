import type { Interface } from "ethers";
import { dataSlice, getAddress } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs } from "../chain/whole.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";
import { formatDuration } from "../units.js";
import type { BadgeKind } from "./kinds/kinds.js";

/** Who has a role, and how many seconds it has to wait before what it does takes effect. */
export interface RoleMember {
  readonly account: string;
  readonly delay: number;
}

/** Functions of the badge contract that the AccessManager guards. */
export type GuardedFunction =
  | "addKind"
  | "addVotingKind"
  | "closeKind"
  | "closeVotingKind"
  | "revoke"
  | "revokeVoting"
  | "setTitles"
  | "requestRecovery"
  | "resume";

/** The role that awards a kind at present: "the DAO's issuers" become another role when power is handed over. */
export async function issuerRoleOf(
  live: LiveDao,
  { issuerRole }: Pick<BadgeKind, "issuerRole">,
): Promise<bigint> {
  return issuerRole === ROLES.ISSUER ? live.contracts.badge.issuerRole() : issuerRole;
}

/**
 * Whether each account may award badges of a kind, as of the block that the DAO was opened at: few requests, however many.
 * {@link requireIssuer} says why one may not.
 */
export async function mayAward(
  live: LiveDao,
  awards: readonly { readonly account: string; readonly kind: Pick<BadgeKind, "issuerRole"> }[],
): Promise<boolean[]> {
  if (awards.length === 0) return [];
  const own = await issuerRoleOf(live, { issuerRole: ROLES.ISSUER });
  const found = await live.readMany<readonly [boolean, number]>(
    awards.map(({ account, kind: { issuerRole } }) => ({
      address: live.record.contracts.manager,
      interface: INTERFACES.manager,
      name: "hasRole",
      args: [issuerRole === ROLES.ISSUER ? own : issuerRole, account],
    })),
  );
  return found.map(([isMember, delay]) => isMember && delay === 0);
}

/**
 * Refuses an account that may not award badges of some kinds.
 *
 * @throws KyosoError naming the roles that are missing, and who has them.
 */
export async function requireIssuer(
  live: LiveDao,
  account: string,
  kinds: readonly Pick<BadgeKind, "name" | "issuerRole">[],
): Promise<void> {
  const byRole = new Map<bigint, string[]>();
  for (const kind of kinds) {
    const role = await issuerRoleOf(live, kind);
    byRole.set(role, [...(byRole.get(role) ?? []), kind.name]);
  }
  const problems: Problem[] = [];
  for (const [role, names] of byRole) {
    const { isMember, executionDelay } = await live.contracts.manager.hasRole(role, account);
    if (isMember && executionDelay === 0n) continue;
    const holders = await holdersOf(live, role, ({ delay }) => delay === 0);
    const lacks = isMember
      ? `has the role ${roleName(role)} only with a delay of ${formatDuration(Number(executionDelay))}, and awards take one without`
      : `lacks the role ${roleName(role)}`;
    problems.push(
      problem("role.may-not-award", {
        data: { account, role, kinds: names, delay: isMember ? Number(executionDelay) : undefined, holders },
        place: `account ${live.book.show(account)}`,
        message: `It may not award ${names.map((name) => `"${name}"`).join(", ")}: it ${lacks}`,
        remedy: askHolders(live, holders),
      }),
    );
  }
  if (problems.length > 0) throw new KyosoError(problems);
}

/**
 * Refuses an account that may not call a function of the badge contract, not even after a delay.
 *
 * @throws KyosoError naming the role that is missing, and who has it.
 */
export async function requireCaller(live: LiveDao, account: string, name: GuardedFunction): Promise<void> {
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge } as const;
  await requireCallerOf(live, account, badge, name);
}

/** A contract whose functions the AccessManager guards. */
export interface Guarded {
  readonly name: "badge" | "board" | "pass";
  readonly address: string;
  readonly interface: Interface;
}

/** {@link requireCaller}, of a function of any contract that the AccessManager guards. */
export async function requireCallerOf(
  live: LiveDao,
  account: string,
  { name: contract, address, interface: functions }: Guarded,
  name: string,
): Promise<void> {
  const { manager } = live.contracts;
  const selector = functions.getFunction(name)?.selector ?? "0x";
  const { immediate, delay } = await manager.canCall(account, address, selector);
  if (immediate || delay > 0n) return;
  const role = await manager.getTargetFunctionRole(address, selector);
  const holders = await holdersOf(live, role);
  throw KyosoError.of("role.may-not-call", {
    data: { account, role, contract, function: name, holders },
    place: `account ${live.book.show(account)}`,
    message: `It may not call ${contract}.${name}: it lacks the role ${roleName(role)}`,
    remedy: askHolders(live, holders),
  });
}

/**
 * Refuses an account that hasn't a role, with whatever delay.
 *
 * @param what What it may not do without the role, for messages: "cancel a recovery".
 * @throws KyosoError naming the role, and who has it.
 */
export async function requireRole(live: LiveDao, account: string, role: bigint, what: string): Promise<void> {
  const { isMember } = await live.contracts.manager.hasRole(role, account);
  if (isMember) return;
  const holders = await holdersOf(live, role);
  throw KyosoError.of("role.may-not", {
    data: { account, role, what, holders },
    place: `account ${live.book.show(account)}`,
    message: `It may not ${what}: it lacks the role ${roleName(role)}`,
    remedy: askHolders(live, holders),
  });
}

/** Who has a role. Found in the manager's log, and asked of the manager. */
export async function membersOf(live: LiveDao, role: bigint): Promise<RoleMember[]> {
  return fromLogs(live, "manager", (logs) => membersIn(live, logs, role));
}

async function membersIn(live: LiveDao, logs: readonly ChainLog[], role: bigint): Promise<RoleMember[]> {
  const { topicHash } = live.contracts.manager.interface.getEvent("RoleGranted");
  const accounts = new Set<string>();
  for (const { topics } of logs) {
    const [event, granted = "0x", account] = topics;
    if (event !== topicHash || account === undefined || BigInt(granted) !== role) continue;
    accounts.add(getAddress(dataSlice(account, 12)));
  }
  // Those who are known without logs: where one has the role, a log has to say so.
  const { timelock, handover, badge } = live.record.contracts;
  const all = [...new Set([...accounts, timelock, handover, badge, live.safe])];
  const found = await live.readMany<readonly [boolean, number]>(
    all.map((account) => ({
      address: live.record.contracts.manager,
      interface: INTERFACES.manager,
      name: "hasRole",
      args: [role, account],
    })),
  );
  return all.flatMap((account, i) => {
    const [isMember = false, delay = 0] = found[i] ?? [];
    if (isMember && !accounts.has(account)) {
      throw incompleteLogs("manager", `They don't say that ${account} has the role ${roleName(role)}`);
    }
    return isMember ? [{ account, delay }] : [];
  });
}

/** `ISSUER`, or `no. 100` of a role without a name. */
export function roleName(role: bigint): string {
  const name = Object.entries(ROLES).find(([, known]) => known === role)?.[0];
  if (name !== undefined) return name;
  // Later issuer roles have the number of the rotation above 32 bits.
  return role >> 32n !== 0n && (role & 0xffff_ffffn) === ROLES.ISSUER
    ? `ISSUER (no. ${role})`
    : `no. ${role}`;
}

/** Accounts that have a role, and could act where another one may not. */
export async function holdersOf(
  live: LiveDao,
  role: bigint,
  fits: (member: RoleMember) => boolean = () => true,
): Promise<string[]> {
  return (await membersOf(live, role)).filter(fits).map(({ account }) => account);
}

/** What to do about a role that is missing: who has it, and how to act as one of them. */
export function askHolders(live: LiveDao, holders: readonly string[]): string {
  if (holders.length === 0) return "Nobody has it: a proposal can appoint somebody.";
  const ways = holders.map((account) =>
    account === live.safe
      ? `the Safe ${account} (--via safe)`
      : account === live.record.contracts.timelock
        ? "the DAO itself (--via proposal)"
        : account,
  );
  return `Act as one who has it: ${ways.join(", ")}.`;
}
