import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import type { CheckedTransaction } from "../transactions/check.js";
import { checkSafeFile, mergeCopies } from "../transactions/check.js";
import { callsOf } from "../transactions/unpack.js";
import type { SafeFile } from "./file.js";
import type { Shared } from "./shared.js";
import { fileHash } from "./shared.js";
import { dueOf, operationId, scheduledBy } from "../schedule.js";

/** A transaction that can still be sent. */
export interface WaitingTransaction {
  readonly checked: CheckedTransaction;
  /** Timestamp before which it can't be sent, where it does what was announced; 0 for none. */
  readonly due: number;
  /** Ids of what it does that may have been announced. */
  readonly performs: readonly string[];
  /** Where others are that have the same number: only one of them can be sent. */
  readonly rivals: readonly string[];
}

/** What is shared: transactions that wait, how many are over, and what isn't as it should be. */
export interface Overview {
  readonly waiting: readonly WaitingTransaction[];
  readonly over: number;
  /** Which file announced what is to be done later: by the id of the operation. */
  readonly announcedBy: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Checks all that is shared. Nothing that is wrong with one transaction keeps the others from being shown. */
export async function readWaiting(
  live: LiveDao,
  account: SafeAccount,
  { transactions, problems: unreadable }: Shared,
): Promise<Overview> {
  const problems: Problem[] = [...unreadable];
  const copies = new Map<string, [CheckedTransaction, ...CheckedTransaction[]]>();
  const announcedBy = new Map<string, string>();
  const over = new Set<string>();
  for (const { file, place } of transactions) {
    if (file.safe === account.address && file.transaction.nonce < account.nonce) {
      over.add(fileHash(file));
      for (const id of announcedIn(live, account, file, place)) announcedBy.set(id, place);
      continue;
    }
    try {
      const checked = await checkSafeFile(live, account, file, place);
      const known = copies.get(checked.hash);
      if (known === undefined) copies.set(checked.hash, [checked]);
      else known.push(checked);
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems);
    }
  }
  const waiting: Omit<WaitingTransaction, "rivals">[] = [];
  for (const same of copies.values()) {
    const checked = mergeCopies(account, same);
    const performs = checked.calls.map((call) => operationId(live.safe, call));
    waiting.push({ checked, due: await dueOf(live, checked.calls), performs });
  }
  return {
    waiting: waiting.map((each) => ({
      ...each,
      rivals: waiting
        .filter(
          (other) => other !== each && other.checked.transaction.nonce === each.checked.transaction.nonce,
        )
        .map(({ checked }) => checked.place),
    })),
    over: over.size,
    announcedBy,
    problems,
  };
}

/** The ids of what a transaction announced, by its own data and not by what its file says. */
function announcedIn(live: LiveDao, account: SafeAccount, file: SafeFile, place: string): string[] {
  try {
    return scheduledBy(live, callsOf(account, file.transaction, place)).map((call) =>
      operationId(live.safe, call),
    );
  } catch (error) {
    if (error instanceof KyosoError) return [];
    throw error;
  }
}
