import type { Plan } from "../../calls/plan.js";
import type { ReviewedCall } from "../../calls/review.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { KitAccount } from "./account.js";
import type { CheckedTransaction } from "../../safe/transactions/check.js";
import { checkSafeFile, textsOf } from "../../safe/transactions/check.js";
import type { SharedTransaction } from "../../safe/sharing/shared.js";
import type { FollowUp, SafeFile } from "../../safe/sharing/file.js";
import { FILE_KIND } from "../../safe/sharing/file.js";
import { dueOf, operationId, planSchedule, schedulingOf } from "../../safe/schedule.js";
import { doesTheSame, isSameButNumber, transactionHash } from "../../safe/transactions/transaction.js";
import { buildTransaction } from "./build.js";
import { reviewAsSafe } from "../../safe/transactions/trial.js";

/** A plan as a transaction of the Safe: not shared yet, unless it was before. */
export interface PreparedTransaction {
  readonly file: SafeFile;
  readonly reviewed: readonly ReviewedCall[];
  /** The transaction that waits for signatures already and does the same. */
  readonly existing?: SharedTransaction;
  /** What looks like it, and why it wasn't taken: people have to know of it. */
  readonly refused: readonly Problem[];
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
 * the numbers of the others aren't used again. They come from others, a service among them: only those in which nothing is
 * wrong count.
 */
export async function prepare(
  live: LiveDao,
  account: KitAccount,
  plans: readonly Plan[],
  pending: readonly SharedTransaction[],
): Promise<PreparedTransaction[]> {
  const ours = pending.filter(({ file }) => isOurs(account, file) && file.transaction.nonce >= account.nonce);
  const { right, wrong } = await checkAll(live, account, ours);
  let open = right;
  const taken = await takenNumbers(live, open);
  const inUse = new Set(open.map(({ checked }) => checked.transaction.nonce));
  const prepared: PreparedTransaction[] = [];
  for (const plan of plans) {
    const { delay, due, followUp, ...now } = await stage(live, plan);
    const transaction = await buildTransaction(account, now.calls, nextNumber(account.nonce, taken));
    const alike = open.filter(
      ({ shared: { file } }) =>
        isSameButNumber(file.transaction, transaction) && followsTheSame(live, file.followUp, followUp),
    );
    // One that nobody has signed, with a number that isn't in sight, might never be carried out: anybody may have put it there.
    const isInSight = ({ checked: { transaction: one, signatures } }: OpenFile) =>
      signatures.length > 0 || nextNumber(account.nonce, inUse) >= one.nonce;
    const taking = alike.find(isInSight);
    const existing = taking?.shared;
    const refused = [
      ...wrong
        .filter(({ shared }) => doesTheSame(shared.file.transaction, transaction))
        .map(({ shared, problems }) => refusal(shared, problems)),
      ...(taking === undefined ? alike.map(({ shared }) => farOff(account, shared)) : []),
    ];
    const reviewed = await reviewAsSafe(live, account, now.calls);
    const extra = { ...(delay === undefined ? {} : { delay }), ...(due === undefined ? {} : { due }) };
    if (existing !== undefined) {
      // Of two plans that are the same, each has a transaction of its own.
      open = open.filter(({ shared }) => shared.file.hash !== existing.file.hash);
      prepared.push({ file: existing.file, reviewed, existing, refused, ...extra });
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
    prepared.push({ file, reviewed, refused, ...extra });
  }
  return prepared;
}

/** A transaction that waits for signatures, and in which nothing is wrong. */
interface OpenFile {
  readonly shared: SharedTransaction;
  readonly checked: CheckedTransaction;
}

/** Whether a file is of this Safe at all: others lie about. */
function isOurs(account: KitAccount, file: SafeFile): boolean {
  return (
    file.safe === account.address &&
    BigInt(file.chainId) === account.chainId &&
    file.hash === transactionHash(account, file.transaction)
  );
}

/** Tells those in which nothing is wrong from those that nobody should sign or send. */
async function checkAll(
  live: LiveDao,
  account: KitAccount,
  pending: readonly SharedTransaction[],
): Promise<{
  readonly right: readonly OpenFile[];
  readonly wrong: readonly { readonly shared: SharedTransaction; readonly problems: readonly Problem[] }[];
}> {
  const right: OpenFile[] = [];
  const wrong: { shared: SharedTransaction; problems: readonly Problem[] }[] = [];
  for (const shared of pending) {
    try {
      right.push({ shared, checked: await checkSafeFile(live, account, shared.file, shared.place) });
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      wrong.push({ shared, problems: error.problems });
    }
  }
  return { right, wrong };
}

function refusal({ place }: SharedTransaction, problems: readonly Problem[]): Problem {
  const reasons = problems.map(({ message }) => message);
  return problem("safe.not-taken", {
    data: { file: place, codes: problems.map(({ code }) => code) },
    place,
    message: `It makes the same calls, but isn't taken, because something is wrong with it: ${reasons.join("; ")}`,
    remedy: "Don't sign it. Find out who put it there, and move it away.",
  });
}

function farOff({ nonce: next }: KitAccount, { place, file }: SharedTransaction): Problem {
  const { nonce } = file.transaction;
  return problem("safe.far-off", {
    data: { file: place, nonce, next },
    place,
    message: `It does the same, but isn't taken: no owner has signed it, and its number is ${nonce}, where the Safe's next one is ${next} and nothing is known that comes in between`,
    remedy: "Don't sign it: both could be carried out. Find out who put it there, and move it away.",
  });
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
async function takenNumbers(live: LiveDao, open: readonly OpenFile[]): Promise<Set<number>> {
  const taken = new Set<number>();
  for (const { checked } of open) {
    if ((await dueOf(live, checked.calls)) <= live.now) taken.add(checked.transaction.nonce);
  }
  return taken;
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
