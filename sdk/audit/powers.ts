import type { Provider } from "ethers";
import { dataSlice, getAddress, ZeroHash } from "ethers";
import type { Dao, Phase } from "../dao.js";
import { readPhase } from "../dao.js";
import { readLogs } from "../chain/logs.js";
import { INTERFACES } from "../calls/known.js";
import type { OwnContract } from "../daoRecord.js";
import type { RoleName } from "../roles.js";
import { ROLE_ADMINS, ROLES, STEWARD_FUNCTIONS } from "../roles.js";
import type { Audited, Check } from "./check.js";
import { check } from "./check.js";
import { changingFunctions } from "./table.js";

/** What asks the AccessManager who may do what. */
const MANAGED = [
  "badge",
  "drop",
  "rewards",
  "token",
  "board",
  "pass",
] as const satisfies readonly OwnContract[];

/** That exactly those hold a power who should in the DAO's phase. Members are found in the log, all since the launch. */
export async function auditPowers(context: Audited, dao: Dao): Promise<Check[]> {
  return [
    ...(await auditManager(context, dao)),
    ...(await auditFunctions(context, dao)),
    ...(await auditTimelock(context, dao)),
    ...(await auditGuardian(context, dao)),
  ];
}

/** Who should hold a role in a phase. Undefined where a steward appoints: anyone may be there. */
function expectedMembers(
  role: RoleName,
  phase: Phase,
  { brand, places, record }: Audited,
): string[] | undefined {
  const { badge, handover, timelock } = record.contracts;
  const handedOver = phase === "community";
  switch (role) {
    case "ADMIN":
    case "MINTER":
      return [timelock];
    case "STEWARD":
      return handedOver ? [timelock] : [timelock, record.safe];
    case "ISSUER":
      return undefined;
    case "SENTINEL":
      return [handover];
    case "HANDOVER":
      return [handover, timelock];
    case "VOTES_GRANTER":
      return [badge];
    case "BOARD":
      return brand.ideas.enabled ? [places.board] : [];
  }
}

async function auditManager(context: Audited, dao: Dao): Promise<Check[]> {
  const { brand, provider, record } = context;
  const { manager, badge } = dao;
  const [phase, issuerRole] = await Promise.all([readPhase(dao), badge.issuerRole()]);
  const [everGranted, labels] = await Promise.all([
    grantedAccounts(provider, dao, record.startBlock),
    readLabels(provider, dao, record.startBlock),
  ]);

  const checks: Check[] = [];
  for (const name of Object.keys(ROLES) as RoleName[]) {
    const role = name === "ISSUER" ? issuerRole : ROLES[name];
    const members: string[] = [];
    for (const account of everGranted.get(role) ?? []) {
      const { isMember, executionDelay } = await manager.hasRole(role, account);
      if (isMember) members.push(executionDelay === 0n ? account : `${account} after ${executionDelay} s`);
    }
    const expected = expectedMembers(name, phase, context)?.map((account) =>
      account === record.safe && brand.stewardDelay > 0
        ? `${account} after ${brand.stewardDelay} s`
        : account,
    );
    if (expected !== undefined)
      checks.push(check("powers", `${name} is held by`, list(expected), list(members)));

    // ADMIN has its name by itself; what nobody holds needs none.
    if (name !== "ADMIN" && (name !== "BOARD" || brand.ideas.enabled)) {
      checks.push(check("powers", `${name} is labelled`, name, labels.get(ROLES[name]) ?? "none"));
    }
    // A role that replaced the first one is administered by ADMIN until a proposal says otherwise.
    const admin = name === "ISSUER" && issuerRole !== ROLES.ISSUER ? "ADMIN" : ROLE_ADMINS[name];
    const found = await manager.getRoleAdmin(role);
    checks.push(check("powers", `${name} is administered by`, admin, roleName(found)));
    checks.push(
      check("powers", `${name} has a guardian`, "ADMIN", roleName(await manager.getRoleGuardian(role))),
    );
  }
  return checks;
}

/** What pages that show an AccessManager call each role: nothing can be asked for it but the log. */
async function readLabels(
  provider: Provider,
  { manager }: Dao,
  fromBlock: number,
): Promise<Map<bigint, string>> {
  const event = manager.interface.getEvent("RoleLabel");
  const address = await manager.getAddress();
  const logs = await readLogs(provider, { address, topics: [event.topicHash] }, fromBlock);
  return new Map(
    logs.map((log) => {
      const [role, label] = manager.interface.decodeEventLog(event, log.data, log.topics) as unknown as [
        bigint,
        string,
      ];
      return [role, label] as const;
    }),
  );
}

/** Every account that was ever granted a role, by role. */
async function grantedAccounts(
  provider: Provider,
  { manager }: Dao,
  fromBlock: number,
): Promise<Map<bigint, Set<string>>> {
  const event = manager.interface.getEvent("RoleGranted");
  const address = await manager.getAddress();
  const logs = await readLogs(provider, { address, topics: [event.topicHash] }, fromBlock);
  const accounts = new Map<bigint, Set<string>>();
  for (const log of logs) {
    const [, role, account] = log.topics;
    if (role === undefined || account === undefined) continue;
    const known = accounts.get(BigInt(role)) ?? new Set();
    accounts.set(BigInt(role), known.add(getAddress(dataSlice(account, 12))));
  }
  return accounts;
}

async function auditFunctions({ brand, provider, record, places }: Audited, dao: Dao): Promise<Check[]> {
  const { manager } = dao;
  const event = manager.interface.getEvent("TargetFunctionRoleUpdated");
  const address = await manager.getAddress();
  const logs = await readLogs(provider, { address, topics: [event.topicHash] }, record.startBlock);
  const targets: Readonly<Record<(typeof MANAGED)[number], string>> = { ...record.contracts, ...places };
  const begun = { board: brand.ideas.enabled, pass: brand.pass.enabled, badge: true, drop: true };
  const wanted = (Object.keys(begun) as (keyof typeof begun)[]).flatMap((target) =>
    begun[target]
      ? STEWARD_FUNCTIONS[target].map(
          (name) => `${targets[target]} ${INTERFACES[target].getFunction(name)?.selector ?? ""}`,
        )
      : [],
  );

  // The last event of a function has what holds.
  const current = new Map<string, bigint>();
  for (const log of logs) {
    const { args } = manager.interface.parseLog(log) ?? {};
    if (args === undefined) continue;
    const [target, selector, role] = args as unknown as [string, string, bigint];
    current.set(`${target} ${selector}`, role);
  }
  // A node may leave such an event out. Of the functions that there are, the manager says itself who may call them.
  const known = MANAGED.flatMap((name) =>
    changingFunctions(INTERFACES[name]).map(({ selector }) => ({ target: targets[name], selector })),
  );
  const roles = await Promise.all(
    known.map(({ target, selector }) => manager.getTargetFunctionRole(target, selector)),
  );
  for (const [i, { target, selector }] of known.entries()) {
    current.set(`${target} ${selector}`, roles[i] ?? ROLES.ADMIN);
  }
  const listed = [...current].filter(([, role]) => role !== ROLES.ADMIN);
  const stewards = listed.filter(([, role]) => role === ROLES.STEWARD).map(([target]) => target);
  const others = listed.filter(([, role]) => role !== ROLES.STEWARD).map(([target]) => target);
  const closed = await Promise.all(MANAGED.map((name) => manager.isTargetClosed(targets[name])));
  return [
    check("powers", "functions of STEWARD", list(wanted), list(stewards)),
    check("powers", "functions of other roles than ADMIN and STEWARD", "none", list(others)),
    ...MANAGED.map((name, i) => check("powers", `${name} is closed`, false, closed[i])),
  ];
}

async function auditTimelock({ provider, record }: Audited, { timelock }: Dao): Promise<Check[]> {
  const { governor } = record.contracts;
  const [proposer, canceller, executor] = await Promise.all([
    timelock.PROPOSER_ROLE(),
    timelock.CANCELLER_ROLE(),
    timelock.EXECUTOR_ROLE(),
  ]);
  const event = timelock.interface.getEvent("RoleGranted");
  const address = await timelock.getAddress();
  const logs = await readLogs(provider, { address, topics: [event.topicHash] }, record.startBlock);
  const members = async (role: string) => {
    const accounts = new Set<string>();
    for (const log of logs) {
      const [, granted, account] = log.topics;
      if (granted === role && account !== undefined) accounts.add(getAddress(dataSlice(account, 12)));
    }
    const holds = await Promise.all([...accounts].map((account) => timelock.hasRole(role, account)));
    return list([...accounts].filter((_, i) => holds[i]));
  };
  return [
    check("powers", "timelock's PROPOSER", governor, await members(proposer)),
    check("powers", "timelock's CANCELLER", governor, await members(canceller)),
    check("powers", "timelock's EXECUTOR", governor, await members(executor)),
    check("powers", "timelock's DEFAULT_ADMIN", record.contracts.timelock, await members(ZeroHash)),
  ];
}

async function auditGuardian({ record }: Audited, dao: Dao): Promise<Check[]> {
  const phase = await readPhase(dao);
  const guardian = await dao.governor.proposalGuardian();
  if (phase !== "brand-led") {
    return [check("powers", "the veto is not with the Safe any more", true, guardian !== record.safe)];
  }
  return [check("powers", "the veto is held by", record.safe, guardian)];
}

function list(members: readonly string[]): string {
  return members.length === 0 ? "none" : [...members].sort().join(", ");
}

function roleName(role: bigint): string {
  return Object.entries(ROLES).find(([, value]) => value === role)?.[0] ?? `role ${role}`;
}
