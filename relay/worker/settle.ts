import type { TransactionReceipt } from "ethers";
import type { Posted } from "../../sdk/execute/outbox.js";
import type { Job } from "../jobs/job.js";
import type { JobStore } from "../jobs/store.js";
import { UNDER_WAY } from "../jobs/states.js";
import type { Desk, Verdict } from "../kinds/kind.js";
import type { ChainView } from "./chain.js";
import { postpone } from "./postpone.js";
import type { Purse } from "./pay.js";
import type { Logger } from "../log.js";
import type { SecondNode } from "./second.js";
import { attemptsFailed, MOST_STRIKES } from "./strikes.js";

/** How many jobs are looked at in one go. */
const MANY = 2_000;

/** After how long something is tried once more whose trial failed for no reason that is known. */
export const AGAIN_MS = 10_000;

/** How long something waits that was paid for in vain the first time; four times as long after each further one. */
const PAUSE_MS = 600_000;

/** What settling takes. */
export interface Settling {
  readonly store: JobStore;
  readonly chain: ChainView;
  /** A node that has to agree before something is final. */
  readonly second: SecondNode | undefined;
  readonly purse: Purse;
  readonly desks: ReadonlyMap<string, Desk>;
  /** Whose account pays. */
  readonly sender: string;
  readonly log: Logger;
}

/**
 * Finds out what became of jobs that were in transactions of which all is known by now: from the chain, and never from what is
 * remembered.
 *
 * @param posted Those transactions, as they were written down.
 * @param seen Receipts of them that the node has shown already.
 */
export async function settleSent(
  settling: Settling,
  posted: readonly Posted[],
  seen: readonly TransactionReceipt[] = [],
): Promise<number> {
  const { store, chain, purse, sender } = settling;
  const jobs = store.inStates(UNDER_WAY, MANY);
  if (jobs.length === 0) return 0;
  const receipts = await receiptsOf(chain, posted, seen);
  const newest = Math.max(0, ...[...receipts.values()].map(({ blockNumber }) => blockNumber));
  const live = await chain.fresh(newest);
  const now = { block: live.block, blockHash: (await chain.hashOf(live.block)) ?? null };
  const changes: (() => void)[] = [];
  for (const [nonce, inIt] of byNonce(jobs)) {
    const receipt = receipts.get(nonce);
    const fee = receipt === undefined ? undefined : await feeOf(chain, receipt);
    if (fee !== undefined) {
      changes.push(() => {
        purse.record(inIt, fee);
      });
    }
    for (const [desk, mine] of byDesk(settling, inIt)) {
      const shown = receipt === undefined ? [] : desk.doneIn(live, receipt.logs, mine);
      const done = mine.filter((_, i) => shown[i] === true);
      const rest = mine.filter((_, i) => shown[i] !== true);
      if (receipt !== undefined) {
        const { hash, blockNumber: block, blockHash } = receipt;
        changes.push(() => {
          store.move(done, "confirmed", { transaction: hash, block, blockHash, problem: null });
        });
      }
      const verdicts = rest.length === 0 ? [] : await desk.check(live, bodiesOf(rest), sender);
      for (const [i, job] of rest.entries()) {
        const verdict = verdicts[i];
        if (verdict === undefined) throw new RangeError("A job has no verdict");
        changes.push(() => {
          settleOne(store, job, verdict, receipt !== undefined, now);
        });
      }
    }
  }
  store.atomically(() => {
    for (const change of changes) change();
  });
  return jobs.length;
}

/** @param paid Whether it was in a transaction that was carried out, and so was paid for in vain. */
function settleOne(
  store: JobStore,
  job: Job,
  verdict: Verdict,
  paid: boolean,
  now: { readonly block: number; readonly blockHash: string | null },
): void {
  const strikes = job.strikes + (paid && verdict.status !== "done" ? 1 : 0);
  const sent = { nonce: null, transaction: null, strikes };
  switch (verdict.status) {
    case "done":
      // By somebody else, or by a transaction that the node doesn't show.
      store.move([job], "confirmed", { ...now, transaction: null, problem: null });
      return;
    case "refused":
      store.move([job], "refused", { ...sent, problem: verdict.problem });
      return;
    case "later":
      postpone(store, job, laterThan(verdict.from), verdict.problem, sent);
      return;
    case "valid":
      if (strikes >= MOST_STRIKES) {
        store.move([job], "refused", { ...sent, problem: attemptsFailed(strikes) });
      } else {
        const pause = paid ? PAUSE_MS * 4 ** (strikes - 1) : 0;
        postpone(store, job, Date.now() + pause, null, sent);
      }
  }
}

/** When something is tried whose moment comes, in milliseconds: a chain whose time is behind isn't asked all the time. */
export function laterThan(from: number): number {
  return Math.max(from * 1000, Date.now() + AGAIN_MS);
}

/**
 * Looks whether what was done stays done: makes jobs final, and has those wait again that a reorganisation undid.
 *
 * @returns How many are undone.
 */
export async function settleConfirmed(settling: Settling): Promise<number> {
  let undone = 0;
  let jobs = settling.store.inStates(["confirmed"], MANY);
  if (jobs.length === 0) return 0;
  const stays = await settling.chain.finalBlock();
  for (; jobs.length > 0; jobs = settling.store.inStates(["confirmed"], MANY, jobs.at(-1)?.number)) {
    undone += await settleSome(settling, jobs, stays);
  }
  return undone;
}

type Stays = Awaited<ReturnType<ChainView["finalBlock"]>>;

async function settleSome(settling: Settling, jobs: readonly Job[], stays: Stays): Promise<number> {
  const { chain, log } = settling;
  const hashes = await chain.hashesOf(jobs.map(({ block }) => block ?? 0));
  const isMoved = ({ block, blockHash }: Job) => hashes.get(block ?? 0) !== blockHash;
  const undone = await lookAgain(
    settling,
    jobs.filter((job) => isMoved(job)),
  );
  if (stays === undefined) return undone;
  const old = jobs.filter((job) => !isMoved(job) && (job.block ?? Infinity) <= stays.number);
  const denied = await makeFinal(settling, old, stays);
  if (denied.length > 0) log("error", "final-denied", { jobs: denied.length });
  return undone + (await lookAgain(settling, denied, stays.number));
}

/**
 * What a reorganisation moved is done in another block, or isn't done any more.
 *
 * @param after A block up to which it isn't done, whatever a receipt says: it counts as done in the newest one then.
 */
async function lookAgain(settling: Settling, jobs: readonly Job[], after = -1): Promise<number> {
  if (jobs.length === 0) return 0;
  const { store, chain, sender } = settling;
  const live = await chain.fresh();
  const blockHash = (await chain.hashOf(live.block)) ?? null;
  let undone = 0;
  for (const [desk, mine] of byDesk(settling, jobs)) {
    const verdicts = await desk.check(live, bodiesOf(mine), sender);
    for (const [i, job] of mine.entries()) {
      if (verdicts[i]?.status === "done") {
        const receipt =
          job.transaction === null ? null : await chain.provider.getTransactionReceipt(job.transaction);
        const inIt = receipt !== null && receipt.blockNumber > after;
        store.note([job], {
          transaction: receipt?.hash ?? null,
          block: inIt ? receipt.blockNumber : live.block,
          blockHash: inIt ? receipt.blockHash : blockHash,
        });
      } else {
        undone++;
        const nothing = { nonce: null, transaction: null, block: null, blockHash: null };
        store.move([job], "waiting", { ...nothing, notBefore: 0 });
      }
    }
  }
  return undone;
}

/**
 * Final is what is done in a block that stays, as each of the nodes says.
 *
 * @returns What the first node doesn't show as done there: it never will be, unless it is done anew.
 */
async function makeFinal(
  settling: Settling,
  jobs: readonly Job[],
  stays: { readonly number: number; readonly timestamp: number },
): Promise<readonly Job[]> {
  const denied: Job[] = [];
  const { store, chain, second } = settling;
  for (const [desk, mine] of byDesk(settling, jobs)) {
    const done = await desk.isDone(chain.at(stays), mine);
    const agreed = second === undefined ? done : await second.agrees(desk, mine);
    store.move(
      mine.filter((_, i) => done[i] === true && agreed[i] === true),
      "final",
      { problem: null },
    );
    denied.push(...mine.filter((_, i) => done[i] !== true));
  }
  return denied;
}

/** Receipts of transactions, by nonce: one at most of those with the same nonce has one. */
async function receiptsOf(
  { provider }: ChainView,
  posted: readonly Posted[],
  seen: readonly TransactionReceipt[],
): Promise<Map<number, TransactionReceipt>> {
  const found = new Map<number, TransactionReceipt>();
  for (const { nonce, attempts } of posted) {
    for (const { hash } of attempts) {
      if (hash === undefined || found.has(nonce)) continue;
      const shown = await provider.getTransactionReceipt(hash);
      const receipt = shown ?? seen.find((each) => each.hash === hash) ?? null;
      if (receipt !== null) found.set(nonce, receipt);
    }
  }
  return found;
}

/** What a transaction came to in wei, with what some chains take for another chain besides. */
async function feeOf({ provider }: ChainView, { hash, fee }: TransactionReceipt): Promise<bigint> {
  const raw: unknown = await provider.send("eth_getTransactionReceipt", [hash]);
  const more = typeof raw === "object" && raw !== null && "l1Fee" in raw ? raw.l1Fee : "0x0";
  return fee + (typeof more === "string" && /^0x[0-9a-f]+$/iu.test(more) ? BigInt(more) : 0n);
}

function byNonce(jobs: readonly Job[]): Map<number, Job[]> {
  return grouped(jobs, ({ nonce }) => nonce ?? -1);
}

function byDesk({ desks }: Settling, jobs: readonly Job[]): [Desk, Job[]][] {
  return [...grouped(jobs, ({ kind }) => kind)].map(([kind, mine]) => {
    const desk = desks.get(kind);
    if (desk === undefined) throw new TypeError(`Nobody knows what to do with a ${kind}`);
    return [desk, mine];
  });
}

function grouped<Key>(jobs: readonly Job[], keyOf: (job: Job) => Key): Map<Key, Job[]> {
  const groups = new Map<Key, Job[]>();
  for (const job of jobs) groups.set(keyOf(job), [...(groups.get(keyOf(job)) ?? []), job]);
  return groups;
}

/** What was handed in, of jobs of which it is still needed. */
export function bodiesOf(jobs: readonly Job[]): string[] {
  return jobs.map(({ number, body }) => {
    if (body === null) throw new TypeError(`What job ${number} is of isn't kept any more`);
    return body;
  });
}
