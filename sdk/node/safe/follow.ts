import type { Problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { KitAccount } from "./account.js";
import type { CheckedTransaction } from "../../safe/transactions/check.js";
import type { Exchange } from "../../safe/sharing/shared.js";
import { prepare } from "./prepare.js";
import { dueOf } from "../../safe/schedule.js";

/** The transaction that does what an earlier one announced. Times as timestamps. */
export interface Followed {
  /** Path of its file. */
  readonly place: string;
  /** Whether it was written now, and not before. */
  readonly written: boolean;
  /** When all that was announced is due. */
  readonly due: number;
  /** From then on it would have to be announced anew. */
  readonly expires: number;
  /** What looks like it, and why it wasn't taken. */
  readonly refused: readonly Problem[];
}

/**
 * Shares the transaction that does what another one announced, unless it is shared already.
 *
 * @returns Undefined where there is nothing left to do: it was done, cancelled, or has expired.
 */
export async function follow(
  live: LiveDao,
  account: KitAccount,
  { followUp }: CheckedTransaction,
  exchange: Exchange,
): Promise<Followed | undefined> {
  if (followUp === undefined) return undefined;
  const due = await dueOf(live, followUp.calls);
  if (due === 0) return undefined;
  const plan = {
    title: followUp.title,
    calls: followUp.calls.map((call) => ({
      ...call,
      contract: live.book.nameOf(call.to) ?? call.to,
      signature: "",
      args: [],
      purpose: followUp.title,
    })),
  };
  const { transactions } = await exchange.pending(account.nonce);
  const [prepared] = await prepare(live, account, [plan], transactions);
  // Of several calls one may have been done already: announcing it again is for the command that made the first one.
  if (prepared === undefined || prepared.delay !== undefined) return undefined;
  const place = prepared.existing?.place ?? (await exchange.propose(prepared.file, account.owners));
  const expires = due + Number(await live.contracts.manager.expiration());
  return { place, written: prepared.existing === undefined, due, expires, refused: prepared.refused };
}
