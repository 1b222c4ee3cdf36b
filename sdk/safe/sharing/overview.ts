import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import type { CheckedTransaction } from "../transactions/check.js";
import { checkSafeFile } from "../transactions/check.js";
import type { Shared } from "./shared.js";
import { dueOf, operationId } from "../schedule.js";

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
  const waiting: Omit<WaitingTransaction, "rivals">[] = [];
  const announcedBy = new Map<string, string>();
  let over = 0;
  for (const { file, place } of transactions) {
    if (file.safe === account.address && file.transaction.nonce < account.nonce) {
      over += 1;
      for (const call of file.followUp?.calls ?? []) announcedBy.set(operationId(live.safe, call), place);
      continue;
    }
    try {
      const checked = await checkSafeFile(live, account, file, place);
      const { calls } = checked;
      const performs = calls.map((call) => operationId(live.safe, call));
      waiting.push({ checked, due: await dueOf(live, calls), performs });
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems);
    }
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
    over,
    announcedBy,
    problems,
  };
}
