import { toQuantity } from "ethers";
import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readKinds } from "../badges/kinds/kinds.js";
import { issuerRoleOf, roleName } from "../badges/powers.js";
import { INTERFACES } from "../calls/known.js";
import type { Phase } from "../dao.js";
import type { OwnContract } from "../daoRecord.js";
import { KyosoError } from "../errors.js";
import type { IssuerRole } from "../handover/handover.js";
import { readHandover } from "../handover/handover.js";
import type { LiveDao } from "../live.js";
import { addressOf, ownContracts } from "../modules/module.js";
import type { RoleName } from "../roles.js";
import { ROLE_ADMINS, ROLES } from "../roles.js";
import type { Principal } from "./principals.js";
import { readPrincipals, STRANGER } from "./principals.js";
import type { Outcome } from "./attempt.js";
import { attempt } from "./attempt.js";
import type { Check } from "./check.js";
import type { Power } from "./table.js";
import { changingFunctions, exampleValue, powerOf } from "./table.js";

/** What was tried, as whom, and what came of it. */
export interface Proof {
  readonly phase: Phase;
  /** Of whose state. */
  readonly block: number;
  /** How many calls were tried, all in all. */
  readonly calls: number;
  readonly accounts: readonly Proven[];
  /** Who awards badges, and whether that ends when the DAO is handed over. */
  readonly issuers: readonly IssuerRole[];
  /** Calls that are closed to everybody at present, as awards are that were halted: nothing is proven of them. */
  readonly closed: readonly string[];
  readonly checks: readonly Check[];
}

/** What an account was let in to, of all that administers the DAO. */
export interface Proven {
  readonly account: string;
  readonly as: readonly string[];
  readonly may: readonly string[];
}

/** Calls that administer the DAO, and who may make them. */
interface Attempt {
  readonly contract: OwnContract;
  readonly name: string;
  readonly to: string;
  readonly data: string;
  readonly power: Power;
  /** The role that awards the kind; for `issuer`. */
  readonly role?: bigint;
  /** Whether the DAO itself can have no use for it: what is announced to be done after a delay, of which it has none. */
  readonly isSpare?: boolean;
}

/** How many calls are under way at once. */
const AHEAD = 32;

/**
 * Proves what the DAO's phase says of powers by trying: every call that administers the DAO, as everybody who has, had or could
 * have a power. Nothing is sent, and no state changes. A check fails where somebody is let in who shouldn't be; and where the DAO
 * itself isn't, as no refusal would prove anything then.
 */
export async function prove(
  live: LiveDao,
  onProgress: (part: number, whole: number) => void = () => undefined,
): Promise<Proof> {
  const handover = await readHandover(live);
  const [principals, attempts] = await Promise.all([readPrincipals(live, handover), readAttempts(live)]);
  const whole = principals.length * attempts.length;
  const block = toQuantity(live.block);
  await requireReasons(live, attempts, block);
  const anyoneHandsOver = live.now >= handover.communityDate;
  const accounts: Proven[] = [];
  const checks: Check[] = [];
  const closed = new Set<string>();
  let part = 0;
  for (const principal of principals) {
    const outcomes: Outcome[] = [];
    for (let next = 0; next < attempts.length; next += AHEAD) {
      const some = attempts.slice(next, next + AHEAD);
      const found = await Promise.all(
        some.map(({ to, data }) => attempt(live.eip1193, { from: principal.account, to, data }, block)),
      );
      outcomes.push(...found);
      onProgress((part += some.length), whole);
    }
    const tried = attempts.map((each, i) => ({ ...each, outcome: outcomes[i] ?? "let in" }));
    for (const { contract, name, outcome } of tried) {
      if (outcome === "closed") closed.add(`${contract}.${name}`);
    }
    const may = tried.filter(isLetIn);
    accounts.push({ account: principal.account, as: principal.as, may: namesOf(may) });
    for (const contract of new Set(attempts.map((each) => each.contract))) {
      const here = tried.filter((each) => each.contract === contract);
      checks.push(checkOf(live, principal, contract, here, anyoneHandsOver));
    }
  }
  const { phase, issuers } = handover;
  return { phase, block: live.block, calls: whole, accounts, issuers, closed: [...closed].sort(), checks };
}

/** @throws KyosoError where the node doesn't say why calls fail: then nobody can tell who is turned away. */
async function requireReasons(live: LiveDao, attempts: readonly Attempt[], block: string): Promise<void> {
  const outcomes = await Promise.all(
    attempts
      .filter(({ name }) => name === "upgradeToAndCall")
      .map(({ to, data }) => attempt(live.eip1193, { from: STRANGER, to, data }, block)),
  );
  if (outcomes.some((outcome) => outcome !== "unsaid")) return;
  throw KyosoError.of("node.no-reasons", {
    data: {},
    place: "node",
    message: "It doesn't say why a call fails, and so not who is turned away",
    remedy: "Use another node.",
  });
}

type Tried = Attempt & { readonly outcome: Outcome };

/** That somebody is let in to no more of a contract than the phase allows; the DAO itself, to all that it should be. */
function checkOf(
  live: LiveDao,
  principal: Principal,
  contract: OwnContract,
  tried: readonly Tried[],
  anyoneHandsOver: boolean,
): Check {
  const isDao = principal.account === live.record.contracts.timelock;
  const mayAtMost = tried.filter(({ power, role }) => {
    if (power === "issuer") return role !== undefined && principal.awards.has(role);
    if (power === "handover" && anyoneHandsOver) return true;
    return principal.powers.has(power);
  });
  const found = tried.filter(isLetIn);
  const tooMuch = found.filter((each) => !mayAtMost.includes(each));
  const missing = isDao
    ? mayAtMost.filter(({ isSpare, outcome }) => isSpare !== true && outcome === "turned away")
    : [];
  return {
    area: "proof",
    name: `${principal.as.join(", ")} (${principal.account}), of ${contract}`,
    expected: `${isDao ? "lets in" : "lets in to at most"}: ${listed(mayAtMost)}`,
    actual:
      missing.length > 0
        ? `turned away: ${listed(missing)}`
        : tooMuch.length > 0
          ? `let in to ${listed(tooMuch)} as well`
          : `let in: ${listed(found)}`,
    ok: tooMuch.length === 0 && missing.length === 0,
  };
}

/** Who isn't told a reason isn't turned away: each refusal of the DAO's contracts has one. */
function isLetIn({ outcome }: Tried): boolean {
  return outcome === "let in" || outcome === "unsaid";
}

function listed(attempts: readonly Attempt[]): string {
  return attempts.length === 0 ? "nothing" : attempts.map(({ name }) => name).join(", ");
}

function namesOf(attempts: readonly Attempt[]): string[] {
  return attempts.map(({ contract, name }) => `${contract}.${name}`);
}

/** Every call that administers the DAO, with arguments for which it is asked who makes it. */
async function readAttempts(live: LiveDao): Promise<Attempt[]> {
  const [awards, issuers] = await Promise.all([
    readAwards(live),
    issuerRoleOf(live, { issuerRole: ROLES.ISSUER }),
  ]);
  return ownContracts(live.record).flatMap((contract) => {
    const to = addressOf(live.record, contract);
    return changingFunctions(INTERFACES[contract]).flatMap((fragment): Attempt[] => {
      const power = powerOf(contract, fragment.name);
      if (power === undefined) return [];
      const encode = (values: readonly unknown[]) =>
        INTERFACES[contract].encodeFunctionData(
          fragment,
          fragment.inputs.map((input, i) => values[i] ?? exampleValue(input, STRANGER)),
        );
      const one = { contract, to, name: fragment.name, power };
      if (power === "issuer") {
        return awards.map(({ role, kind }) => ({
          ...one,
          role,
          name: `${fragment.name} of kind ${kind}`,
          data: encode([kind]),
        }));
      }
      if (contract === "manager") return ofManager(live, issuers, one, encode);
      return [{ ...one, data: encode([]) }];
    });
  });
}

type Encode = (values: readonly unknown[]) => string;

/** What the AccessManager lets somebody do depends on the role that it is about, and on what it is to call. */
function ofManager(live: LiveDao, issuers: bigint, one: Omit<Attempt, "data">, encode: Encode): Attempt[] {
  switch (one.name) {
    case "grantRole":
    case "revokeRole": {
      const named = (Object.keys(ROLES) as RoleName[]).map((role): Attempt => ({
        ...one,
        name: `${one.name}(${role})`,
        power: ROLE_ADMINS[role] === "STEWARD" ? "steward" : "proposal",
        data: encode([ROLES[role]]),
      }));
      // The role that replaced ISSUER when power was handed over is ADMIN's to give.
      return issuers === ROLES.ISSUER
        ? named
        : [...named, { ...one, name: `${one.name}(${roleName(issuers)})`, data: encode([issuers]) }];
    }
    case "execute":
    case "schedule": {
      const { token, badge } = live.record.contracts;
      const isSpare = one.name === "schedule";
      const upgrade = INTERFACES.token.encodeFunctionData("upgradeToAndCall", [STRANGER, "0x"]);
      const resume = INTERFACES.badge.encodeFunctionData("resume");
      return [
        { ...one, name: `${one.name}(token.upgradeToAndCall)`, data: encode([token, upgrade]) },
        {
          ...one,
          name: `${one.name}(badge.resume)`,
          power: "steward",
          isSpare,
          data: encode([badge, resume]),
        },
      ];
    }
    default:
      return [{ ...one, data: encode([]) }];
  }
}

/** A kind of badge for each role that awards some: one that has room, where there is one, as the others are refused to everybody. */
async function readAwards(live: LiveDao): Promise<{ readonly role: bigint; readonly kind: number }[]> {
  const kinds = await readKinds(live);
  const byRole = new Map<bigint, number>();
  for (const { number, issuerRole } of [...kinds.filter(hasRoom), ...kinds]) {
    const role = await issuerRoleOf(live, { issuerRole });
    if (!byRole.has(role)) byRole.set(role, number);
  }
  return [...byRole].map(([role, kind]) => ({ role, kind }));
}

function hasRoom({ closed, supply, today, points }: BadgeKind): boolean {
  return !closed && (supply === null || supply.left > 0) && (today === null || today.left >= points);
}
