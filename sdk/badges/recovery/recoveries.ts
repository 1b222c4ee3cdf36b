import { ZeroAddress } from "ethers";
import { INTERFACES } from "../../calls/known.js";
import type { LiveDao } from "../../live.js";
import { UnreadableAnswer } from "../../chain/answer.js";
import type { ChainLog } from "../../chain/packedLogs.js";
import { fromLogs } from "../../chain/whole.js";
import { incomplete, topicOf } from "../ledger.js";
import type { RawMember } from "../reads.js";
import { badgeRead } from "../reads.js";

/** Seconds from the eta in which badges can be moved: contracts/badge/RecoveryBook.sol. */
export const TIME_TO_MOVE = 30 * 86_400;

/** The last recovery that an account takes or took part in, as the contract says: see `recoveryOf`. */
export interface AccountRecovery {
  /** Its number; 0 for none. */
  readonly id: number;
  readonly oldAccount: string;
  readonly newAccount: string;
  /** Timestamp from which on it can be carried out. */
  readonly eta: number;
  /** Timestamp from which on it is over. */
  readonly end: number;
  /** In which season it was last carried out; 0 before it has begun. */
  readonly movedIn: number;
  /** How far it is, at the block that the DAO was opened at. */
  readonly phase: "none" | "requested" | "moving" | "over";
}

/** What was, or is to be, moved from one account to another. */
export interface Recovery {
  readonly oldAccount: string;
  readonly newAccount: string;
  /**
   * `waiting` for its time, `ready` to be carried out, `moving` once that began; then it's over: `done`, `lapsed` where its
   * time went by, `refused` or `canceled`.
   */
  readonly state: "waiting" | "ready" | "moving" | "done" | "lapsed" | "refused" | "canceled";
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

/** How many recoveries were requested in the current season, those that were refused not counted, and how many can be. */
export interface RecoveryAllowance {
  readonly requested: number;
  readonly limit: number;
}

/** As `recoveryOf` returns it. */
type RawRecovery = Omit<AccountRecovery, "phase">;

/**
 * Where an account stands, as of the block that the DAO was opened at.
 *
 * @throws UnreadableAnswer where a node says that it takes part in a recovery of others.
 */
export async function readRecoveryOf(live: LiveDao, account: string): Promise<AccountRecovery> {
  const [raw] = await live.readMany<RawRecovery>([badgeRead(live, "recoveryOf", [account])]);
  const {
    id = 0,
    oldAccount = ZeroAddress,
    newAccount = ZeroAddress,
    eta = 0,
    end = 0,
    movedIn = 0,
  } = raw ?? {};
  if (id !== 0 && ![oldAccount, newAccount].includes(account)) {
    throw new UnreadableAnswer(`The node's answer is a recovery that ${account} has no part in`);
  }
  const phase = id === 0 ? "none" : live.now >= end ? "over" : movedIn === 0 ? "requested" : "moving";
  return { id, oldAccount, newAccount, eta, end, movedIn, phase };
}

/** All recoveries that ever were, in the order of their requests; as of the block that the DAO was opened at. */
export async function readRecoveries(live: LiveDao): Promise<Recovery[]> {
  return fromLogs(live, "badge", (logs) => whole(live, replay(live, logs)));
}

/** Compares recoveries with what the contract says of those who take part in them. */
async function whole(live: LiveDao, all: readonly Recovery[]): Promise<Recovery[]> {
  const last = new Map<string, number>();
  for (const [i, { oldAccount, newAccount }] of all.entries()) {
    for (const account of [oldAccount, newAccount]) last.set(account, i);
  }
  const told = await live.readMany<RawRecovery>(
    [...last.keys()].map((account) => badgeRead(live, "recoveryOf", [account])),
  );
  for (const [i, [account, index]] of [...last].entries()) {
    const [raw, recovery] = [told[i], all[index]];
    if (raw === undefined || recovery === undefined) continue;
    const open = live.now < raw.end;
    const begun = raw.movedIn > 0;
    const same =
      raw.eta === recovery.eta &&
      open === isOpen(recovery) &&
      (!open || begun === (recovery.state === "moving"));
    if (raw.id !== index + 1 || !same) {
      throw incomplete(
        `They don't agree with what the badges say of the recovery that ${account} takes part in`,
      );
    }
  }
  const { requested } = await readRecoveryAllowance(live);
  if (all.filter(({ state }) => state !== "refused").length < requested) {
    throw incomplete(`${requested} recoveries were requested this season, and not all of them are there`);
  }
  return [...all];
}

function replay(live: LiveDao, logs: readonly ChainLog[]): Recovery[] {
  const all: Recovery[] = [];
  const open = new Map<string, number>();
  for (const log of logs) {
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

/** Whether a recovery isn't over. */
export function isOpen({ state }: Pick<Recovery, "state">): boolean {
  return state === "waiting" || state === "ready" || state === "moving";
}

/** The last recovery from an account. */
export async function readLastRecovery(live: LiveDao, oldAccount: string): Promise<Recovery | undefined> {
  return (await readRecoveries(live)).findLast((recovery) => recovery.oldAccount === oldAccount);
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
