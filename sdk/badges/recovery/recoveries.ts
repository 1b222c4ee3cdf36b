import { INTERFACES } from "../../calls/known.js";
import type { LiveDao } from "../../live.js";
import { topicOf } from "../ledger.js";
import type { RawMember } from "../reads.js";
import { badgeRead } from "../reads.js";

/** The states of `IRecoveries`, in the order of its enum. */
export const RECOVERY_STATES = [
  "none",
  "requested",
  "moving",
  "moved",
  "awaiting",
  "receiving",
  "received",
] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

/** Seconds from the eta in which badges can be moved: contracts/badge/RecoveryBook.sol. */
export const TIME_TO_MOVE = 30 * 86_400;

/** Where an account stands, as the contract says: see `recoveryOf`. */
export interface AccountRecovery {
  readonly state: RecoveryState;
  /** The other account. */
  readonly counterpart: string;
  /** In which season it was last carried out, or requested. */
  readonly season: number;
  /** Of the old account: the timestamp from which on it can be carried out. */
  readonly eta: number;
}

/** What was, or is to be, moved from one account to another. */
export interface Recovery {
  readonly oldAccount: string;
  readonly newAccount: string;
  /**
   * `waiting` for its time, `ready` to be carried out, `moving` once that began; `lapsed` where its time went by, and it only
   * waits to be ended; then it's over.
   */
  readonly state: "waiting" | "ready" | "moving" | "lapsed" | "done" | "refused" | "canceled";
  /** Timestamp from which on it can be carried out. */
  readonly eta: number;
  /** Badges that were moved. */
  readonly moved: readonly number[];
}

/** A recovery that isn't over, and what is still to be moved. */
export interface OpenRecovery extends Recovery {
  readonly badges: number;
  readonly points: number;
  /** In the token's smallest unit. */
  readonly votes: bigint;
}

/** How many recoveries were requested in the current season, and how many can be. */
export interface RecoveryAllowance {
  readonly requested: number;
  readonly limit: number;
}

/** As `recoveryOf` returns it. */
interface RawRecovery {
  readonly state: number;
  readonly counterpart: string;
  readonly season: number;
  readonly eta: number;
}

/** Where an account stands, as of the block that the DAO was opened at. */
export async function readRecoveryOf(live: LiveDao, account: string): Promise<AccountRecovery> {
  const [raw] = await live.readMany<RawRecovery>([badgeRead(live, "recoveryOf", [account])]);
  const { state = 0, counterpart = "", season = 0, eta = 0 } = raw ?? {};
  return { state: RECOVERY_STATES[state] ?? "none", counterpart, season, eta };
}

/** All recoveries that ever were, in the order of their requests; as of the block that the DAO was opened at. */
export async function readRecoveries(live: LiveDao): Promise<Recovery[]> {
  const all: Recovery[] = [];
  const open = new Map<string, number>();
  for (const log of await live.logsOf("badge")) {
    if (log.blockNumber > live.block || !TOPICS.has(log.topics[0] ?? "")) continue;
    const event = INTERFACES.badge.parseLog(log);
    if (event === null) continue;
    const [oldAccount, newAccount] = [String(event.args[0]), String(event.args[1])];
    if (event.name === "RecoveryRequested") {
      const eta = Number(event.args[2]);
      open.set(oldAccount, all.length);
      all.push({ oldAccount, newAccount, eta, state: eta > live.now ? "waiting" : "ready", moved: [] });
      continue;
    }
    const index = open.get(oldAccount);
    const before = index === undefined ? undefined : all[index];
    if (index === undefined || before === undefined) continue;
    if (event.name === "RecoveryBegun") {
      all[index] = { ...before, state: "moving" };
    } else if (event.name === "BadgesRecovered") {
      const ids = Array.from(event.args[2] as Iterable<bigint>, Number);
      all[index] = { ...before, state: "moving", moved: [...before.moved, ...ids] };
    } else {
      all[index] = { ...before, state: ENDS[event.name] ?? before.state };
      open.delete(oldAccount);
    }
  }
  return all.map((each) =>
    isOpen(each) && live.now >= each.eta + TIME_TO_MOVE ? { ...each, state: "lapsed" } : each,
  );
}

/** Whether nobody has ended a recovery yet, and it isn't complete. */
export function isOpen({ state }: Pick<Recovery, "state">): boolean {
  return state === "waiting" || state === "ready" || state === "moving" || state === "lapsed";
}

/** The last recovery from an account. */
export async function readLastRecovery(live: LiveDao, oldAccount: string): Promise<Recovery | undefined> {
  return (await readRecoveries(live)).findLast((recovery) => recovery.oldAccount === oldAccount);
}

/** Whether an account is the new one of a recovery that isn't over. */
export function receives({ state }: Pick<AccountRecovery, "state">): boolean {
  return state === "awaiting" || state === "receiving";
}

/** What the old account of a recovery still has. */
export async function readOpen(live: LiveDao, recoveries: readonly Recovery[]): Promise<OpenRecovery[]> {
  const open = recoveries.filter(isOpen);
  const members = await live.readMany<RawMember>(
    open.map(({ oldAccount }) => badgeRead(live, "memberOf", [oldAccount])),
  );
  const votes = await live.readMany<bigint>(
    open.map(({ oldAccount }) => ({
      address: live.record.contracts.token,
      interface: INTERFACES.token,
      name: "contributionVotes",
      args: [oldAccount],
    })),
  );
  return open.map((recovery, i) => ({
    ...recovery,
    badges: members[i]?.badges ?? 0,
    points: Number(members[i]?.points ?? 0n),
    votes: votes[i] ?? 0n,
  }));
}

/** How many recoveries can still be requested in the current season. */
export async function readRecoveryAllowance(live: LiveDao): Promise<RecoveryAllowance> {
  const { requested, limit } = await live.contracts.badge.recoveries({ blockTag: live.block });
  return { requested: Number(requested), limit: Number(limit) };
}

const ENDS: Readonly<Record<string, Recovery["state"]>> = {
  RecoveryCompleted: "done",
  RecoveryRefused: "refused",
  RecoveryCanceled: "canceled",
};

const TOPICS = new Set(
  [...Object.keys(ENDS), "RecoveryRequested", "RecoveryBegun", "BadgesRecovered"].map(topicOf),
);
