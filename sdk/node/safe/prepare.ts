import type { RawCall } from "../../calls/decode.js";
import type { Plan } from "../../calls/plan.js";
import type { ReviewedCall } from "../../calls/review.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { KitAccount } from "./account.js";
import { checkSafeFile, textsOf } from "../../safe/transactions/check.js";
import type { SharedTransaction } from "../../safe/sharing/shared.js";
import type { FollowUp, SafeFile } from "../../safe/sharing/file.js";
import { FILE_KIND } from "../../safe/sharing/file.js";
import { dueOf, operationId, planSchedule, schedulingOf } from "../../safe/schedule.js";
import { doesTheSame, transactionHash } from "../../safe/transactions/transaction.js";
import { buildTransaction } from "./build.js";
import { reviewAsSafe } from "../../safe/transactions/trial.js";
import { callsOf } from "../../safe/transactions/unpack.js";

/** A plan as a transaction of the Safe: not shared yet, unless it was before. */
export interface PreparedTransaction {
  readonly file: SafeFile;
  readonly reviewed: readonly ReviewedCall[];
  /** The transaction that waits for signatures already and does the same. */
  readonly existing?: SharedTransaction;
  /** Seconds between announcing and doing, where the transaction only announces the calls. */
  readonly delay?: number;
  /** When the calls can be made, where they were announced before. */
  readonly due?: number;
}

/**
 * Makes Safe transactions of plans. What the Safe may do only after a delay becomes a transaction that announces it,
 * with the calls themselves to follow; once they are announced, the same plan becomes the transaction that makes them.
 *
 * @param pending The transactions that wait for signatures: one that does the same is taken instead of another one, and
 * the numbers of the others aren't used again.
 */
export async function prepare(
  live: LiveDao,
  account: KitAccount,
  plans: readonly Plan[],
  pending: readonly SharedTransaction[],
): Promise<PreparedTransaction[]> {
  let open = pending.filter(({ file }) => isOurs(account, file) && file.transaction.nonce >= account.nonce);
  const taken = await takenNumbers(live, account, open);
  const prepared: PreparedTransaction[] = [];
  for (const plan of plans) {
    const { delay, due, followUp, ...now } = await stage(live, plan);
    const transaction = await buildTransaction(account, now.calls, nextNumber(account.nonce, taken));
    const existing = await firstRight(
      live,
      account,
      open.filter(
        ({ file }) =>
          doesTheSame(file.transaction, transaction) && followsTheSame(live, file.followUp, followUp),
      ),
    );
    const reviewed = await reviewAsSafe(live, account, now.calls);
    const extra = { ...(delay === undefined ? {} : { delay }), ...(due === undefined ? {} : { due }) };
    if (existing !== undefined) {
      // Of two plans that are the same, each has a transaction of its own.
      open = open.filter(({ file }) => file.hash !== existing.file.hash);
      prepared.push({ file: existing.file, reviewed, existing, ...extra });
      continue;
    }
    taken.add(transaction.nonce);
    const file: SafeFile = {
      kind: FILE_KIND,
      version: 1,
      dao: live.record.slug,
      chainId: live.chainId.toString(),
      safe: account.address,
      title: now.title,
      calls: textsOf(live, now.calls),
      transaction,
      hash: transactionHash(account, transaction),
      signatures: [],
      ...(followUp === undefined ? {} : { followUp }),
    };
    prepared.push({ file, reviewed, ...extra });
  }
  return prepared;
}

/** Whether a file holds together: others lie about, but nobody will be able to sign or send them. */
function isOurs(account: KitAccount, file: SafeFile): boolean {
  return (
    file.safe === account.address &&
    BigInt(file.chainId) === account.chainId &&
    file.hash === transactionHash(account, file.transaction)
  );
}

/** Of several, the first in which nothing is wrong: there may be copies that somebody has changed. */
async function firstRight(
  live: LiveDao,
  account: KitAccount,
  candidates: readonly SharedTransaction[],
): Promise<SharedTransaction | undefined> {
  if (candidates.length < 2) return candidates[0];
  for (const candidate of candidates) {
    try {
      await checkSafeFile(live, account, candidate.file, candidate.place);
      return candidate;
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
    }
  }
  return candidates[0];
}

/** What of a plan can be done now. */
async function stage(
  live: LiveDao,
  plan: Plan,
): Promise<Plan & { readonly delay?: number; readonly due?: number; readonly followUp?: FollowUp }> {
  const schedulings = await Promise.all(plan.calls.map((each) => schedulingOf(live, each)));
  const delays = schedulings.map((each) => (each.kind === "needed" ? each.delay : 0));
  if (schedulings.some((each) => each.kind === "needed")) {
    const needed = plan.calls.filter((_, i) => schedulings[i]?.kind === "needed");
    return {
      ...(await planSchedule(live, { ...plan, calls: needed })),
      delay: Math.max(...delays),
      followUp: {
        title: plan.title,
        calls: plan.calls.map(({ to, data, value }) => ({ to, data, value })),
      },
    };
  }
  const due = Math.max(0, ...schedulings.map((each) => (each.kind === "scheduled" ? each.due : 0)));
  return due === 0 ? plan : { ...plan, due };
}

/**
 * The numbers that transactions have which could be sent now. One that waits to be due doesn't keep its number: what
 * comes up in the meantime would have to wait as long.
 */
async function takenNumbers(
  live: LiveDao,
  account: KitAccount,
  pending: readonly SharedTransaction[],
): Promise<Set<number>> {
  const taken = new Set<number>();
  for (const { file, place } of pending) {
    const calls = readCalls(account, file, place);
    // Nobody should sign what can't be read: its number is free.
    if (calls !== undefined && (await dueOf(live, calls)) <= live.now) taken.add(file.transaction.nonce);
  }
  return taken;
}

function readCalls(account: KitAccount, file: SafeFile, place: string): RawCall[] | undefined {
  try {
    return callsOf(account, file.transaction, place);
  } catch {
    return undefined;
  }
}

function nextNumber(from: number, taken: ReadonlySet<number>): number {
  let number = from;
  while (taken.has(number)) number += 1;
  return number;
}

function followsTheSame({ safe }: LiveDao, one: FollowUp | undefined, other: FollowUp | undefined): boolean {
  const ids = (followUp: FollowUp | undefined) =>
    followUp?.calls.map((each) => `${operationId(safe, each)} ${each.value}`).join();
  return ids(one) === ids(other);
}
