import { stat } from "node:fs/promises";
import type { Problem } from "../../errors.js";
import { isOf, KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../../safe/account.js";
import { dueOf } from "../../safe/schedule.js";
import type { Exchange, SharedTransaction } from "../../safe/sharing/shared.js";
import type { CheckedTransaction } from "../../safe/transactions/check.js";
import { checkSafeFile, mergeCopies } from "../../safe/transactions/check.js";
import { lackOfSignatures } from "../../safe/transactions/ready.js";
import { turnOf, turnProblem } from "../../safe/transactions/turn.js";
import { FolderExchange } from "./exchange.js";

/** A transaction that is still to be carried out, checked. */
export interface OpenTransaction {
  /** The first of its copies: what somebody signs is added there. */
  readonly shared: SharedTransaction;
  /** With the signatures of all of its copies. */
  readonly checked: CheckedTransaction;
  /** When what it does is due, where that was announced; 0 for at any time. */
  readonly due: number;
}

/** Whether it is a folder: all transactions in it are meant. */
export async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Opens transactions by their files, or by folders with them; copies of one become one. What was carried out
 * before is left out, and of a folder also what is something else.
 *
 * @param onWarning Told of what lies in a folder, is wrong, and says that it is one of the transactions that are right: it
 * keeps none of them from being used.
 * @returns By their numbers.
 * @throws KyosoError with what is wrong with any of them, or where there is none.
 */
export async function openSeveral(
  live: LiveDao,
  account: SafeAccount,
  exchange: Exchange,
  names: readonly string[],
  onWarning: (problem: Problem) => void = () => undefined,
): Promise<OpenTransaction[]> {
  const problems: Problem[] = [];
  const attempt = async <Result>(
    run: () => Promise<Result>,
    found: Problem[],
  ): Promise<Result | undefined> => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      found.push(...error.problems);
      return undefined;
    }
  };

  const found: (SharedTransaction & { readonly named: boolean })[] = [];
  /** What is wrong with files that nobody named, with the hash that they claim. */
  const wrong: { readonly claims: string; readonly problems: readonly Problem[] }[] = [];
  for (const name of names) {
    if (await isFolder(name)) {
      const inside = await new FolderExchange(name).pending(account.nonce);
      found.push(...inside.transactions.map((shared) => ({ ...shared, named: false })));
      for (const each of inside.problems) {
        wrong.push({ claims: isOf(each, "safe.file-changed") ? each.data.said : "", problems: [each] });
      }
    } else {
      const shared = await attempt(() => exchange.open(name), problems);
      if (shared !== undefined) found.push({ ...shared, named: true });
    }
  }
  const done: Problem[] = [];
  const copies = new Map<string, [OpenTransaction, ...OpenTransaction[]]>();
  for (const { named, ...shared } of found) {
    const failed: Problem[] = [];
    const opened = await attempt(() => open(live, account, shared), failed);
    if (named) problems.push(...failed);
    else wrong.push({ claims: shared.file.hash, problems: failed });
    if (opened === undefined) continue;
    if (opened instanceof KyosoError) {
      done.push(...opened.problems);
      continue;
    }
    const known = copies.get(opened.checked.hash);
    if (known === undefined) copies.set(opened.checked.hash, [opened]);
    else known.push(opened);
  }
  for (const { claims, problems: all } of wrong) {
    if (copies.has(claims)) all.forEach(onWarning);
    else problems.push(...all);
  }
  if (copies.size === 0) problems.push(...done);
  if (problems.length > 0) throw new KyosoError(problems);
  if (copies.size === 0) {
    throw KyosoError.of("safe.none-waiting", {
      data: { files: names },
      place: names.join(", "),
      message: "There is no transaction of the Safe in it that is still to be carried out",
      remedy: "See what waits with `npx hardhat safe status`.",
    });
  }
  return [...copies.values()]
    .map(([first, ...others]) => ({
      ...first,
      checked: mergeCopies(account, [first.checked, ...others.map(({ checked }) => checked)]),
    }))
    .sort((one, other) => numberOf(one) - numberOf(other));
}

/** @returns A problem where it was carried out already. */
async function open(
  live: LiveDao,
  account: SafeAccount,
  shared: SharedTransaction,
): Promise<OpenTransaction | KyosoError> {
  const checked = await checkSafeFile(live, account, shared.file, shared.place);
  const { hash, place } = checked;
  const { nonce } = checked.transaction;
  const turn = await turnOf(live, account, { nonce, hash });
  const over = turn.state === "later" ? undefined : turnProblem(turn, { nonce, place });
  if (over !== undefined) {
    const error = new KyosoError(over);
    if (turn.state === "executed") return error;
    throw error;
  }
  return { shared, checked, due: await dueOf(live, checked.calls) };
}

/**
 * Which of several transactions can be carried out one after the other, from the Safe's next number on. What isn't due yet
 * is left for later.
 *
 * @throws KyosoError where owners still have to sign, a number is missing in between, or two have the same.
 */
export function inTurn(
  { now }: Pick<LiveDao, "now">,
  account: SafeAccount,
  transactions: readonly OpenTransaction[],
): { readonly ready: readonly OpenTransaction[]; readonly early: readonly OpenTransaction[] } {
  const early = transactions.filter(({ due }) => due > now);
  const ready = transactions.filter(({ due }) => due <= now);
  const problems: Problem[] = [];
  let next = account.nonce;
  for (const [i, each] of ready.entries()) {
    const { place } = each.checked;
    const nonce = numberOf(each);
    const before = ready[i - 1];
    if (before !== undefined && numberOf(before) === nonce) {
      const other = before.checked.place;
      problems.push(
        problem("safe.same-number", {
          data: { nonce, other },
          place,
          message: `It has the number ${nonce}, and so has ${other}: only one of them can be carried out`,
          remedy: "Name the files one by one, with the one of them that is wanted.",
        }),
      );
      continue;
    }
    const gap = nonce === next ? undefined : turnProblem({ state: "later", after: next }, { nonce, place });
    if (gap !== undefined) problems.push(gap);
    next = nonce + 1;
    problems.push(...lackOfSignatures(account, each.checked));
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return { ready, early };
}

/** The number that a transaction has among the Safe's. */
export function numberOf({ checked }: OpenTransaction): number {
  return checked.transaction.nonce;
}
