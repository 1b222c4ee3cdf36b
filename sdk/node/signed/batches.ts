import type { Problem } from "../../errors.js";
import { isOf } from "../../errors.js";
import type { Account, SendingSigner } from "../../execute/account.js";
import { accountOf } from "../../execute/account.js";
import type { SignedFile } from "../../signed/form.js";
import { problemOfFailure } from "./relay.js";

/** How many files are checked at once: some take requests of their own. */
const CHECKS_AT_ONCE = 20;

export interface BatchOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
  /** Called when a transaction was confirmed, with its hash and how many were in it. */
  readonly onBatch?: (hash: string, count: number) => void;
}

/** What became of a file. */
interface Outcome {
  readonly file: string;
  readonly status: string;
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

/** That a contract didn't take something, and why. */
interface Refusal {
  readonly refused: string;
}

/** Writes down what became of a file, beside what it is refused with where nothing else is said. */
export type Settle<Told> = (file: string, told: Partial<Told>) => void;

/** How one kind of what people sign is handed in, many in one transaction. */
export interface Batching<
  Value,
  Item extends { readonly file: string },
  Batch extends { readonly items: readonly Item[] },
  Fate extends object,
  Told extends Outcome,
> {
  readonly files: readonly SignedFile<Value>[];
  /** What is told of a file where nothing else is: that it was refused. */
  readonly refused: (file: string, value: Value | undefined) => Told;
  /** Undefined where it can't be handed in: why was settled. */
  readonly check: (file: string, value: Value, settle: Settle<Told>) => Promise<Item | undefined>;
  /** Of several that say the same only the first is handed in; returns which file holds what each further one does. */
  readonly withoutDoubles: (
    valid: readonly Item[],
    settle: Settle<Told>,
  ) => Promise<[candidates: Item[], copies: Map<string, string>]> | [Item[], Map<string, string>];
  readonly cut: (candidates: readonly Item[]) => readonly Batch[];
  /** Which of a batch wouldn't be taken now, and why. */
  readonly trial: (batch: Batch) => Promise<readonly (string | undefined)[]>;
  readonly send: (
    batch: Batch,
    account: Account,
  ) => Promise<{ readonly hash: string; readonly outcomes: readonly (Fate | Refusal)[] }>;
  /** That it wasn't taken: in a trial, or when it was handed in. */
  readonly refusal: (file: string, reason: string, inTrial: boolean) => Problem;
  readonly valid: (item: Item) => Partial<Told>;
  readonly taken: (fate: Fate) => Partial<Told>;
}

/**
 * Hands in what people signed, many in one transaction. What is refused keeps no other from being taken, and what was taken before
 * costs nothing: the same files can be handed in again. A batch that fails keeps no other from being sent; what comes after one
 * that isn't known isn't sent.
 *
 * @param prepare Reads what the checks need to know, with nobody else sending as the account meanwhile.
 * @returns What became of each, in the order of the files.
 */
export async function relayInBatches<
  Value,
  Item extends { readonly file: string },
  Batch extends { readonly items: readonly Item[] },
  Fate extends object,
  Told extends Outcome,
>(
  { signer, onBatch = () => undefined }: BatchOptions,
  prepare: () => Promise<Batching<Value, Item, Batch, Fate, Told>>,
): Promise<Told[]> {
  if (signer === undefined) return relayAll(await prepare(), undefined, onBatch);
  const account = await accountOf(signer);
  return account.hold(async () => relayAll(await prepare(), account, onBatch));
}

async function relayAll<
  Value,
  Item extends { readonly file: string },
  Batch extends { readonly items: readonly Item[] },
  Fate extends object,
  Told extends Outcome,
>(
  batching: Batching<Value, Item, Batch, Fate, Told>,
  account: Account | undefined,
  onBatch: (hash: string, count: number) => void,
): Promise<Told[]> {
  const { files } = batching;
  const outcomes = new Map<string, Told>();
  const values = new Map(files.map(({ file, value }) => [file, value]));
  const settle = (file: string, told: Partial<Told> | Partial<Outcome>) =>
    outcomes.set(file, { ...batching.refused(file, values.get(file)), ...told });
  for (const read of files) {
    if ("problem" in read) settle(read.file, { problem: read.problem });
  }
  const [candidates, copies] = await batching.withoutDoubles(await checkAll(batching, settle), settle);
  let stopped = false;
  for (const batch of batching.cut(candidates)) {
    let { items } = batch;
    if (stopped) {
      for (const { file } of items) settle(file, { status: "not sent" });
      continue;
    }
    const refuse = ({ file }: Item, reason: string, inTrial: boolean) =>
      settle(file, { problem: batching.refusal(file, reason, inTrial) });
    try {
      const trial = await batching.trial(batch);
      items = items.filter((item, i) => {
        const reason = trial[i];
        if (reason !== undefined) refuse(item, reason, true);
        return reason === undefined;
      });
      if (items.length === 0) continue;
      if (account === undefined) {
        for (const item of items) settle(item.file, { status: "valid", ...batching.valid(item) });
        continue;
      }
      const { hash, outcomes: fates } = await batching.send({ ...batch, items }, account);
      for (const [i, item] of items.entries()) {
        const fate = fates[i];
        if (fate === undefined || "refused" in fate) refuse(item, fate?.refused ?? "", false);
        else settle(item.file, { transaction: hash, ...batching.taken(fate) });
      }
      onBatch(hash, items.length);
    } catch (error) {
      // In a dry run nothing depends on it: what went wrong is the answer.
      if (account === undefined) throw error;
      for (const { file } of items) {
        const why = problemOfFailure(error, file);
        stopped = isOf(why, "transaction.not-known");
        const transaction = isOf(why, "transaction.not-known") ? why.data.hash : undefined;
        settle(file, { status: stopped ? "not known" : "not sent", problem: why, transaction });
      }
    }
  }
  for (const [file, original] of copies) {
    const outcome = outcomes.get(original);
    if (outcome !== undefined) outcomes.set(file, { ...outcome, file });
  }
  return files.flatMap(({ file }) => outcomes.get(file) ?? []);
}

/** Checks what was read, a few at once, and returns what can be handed in. */
async function checkAll<
  Value,
  Item extends { readonly file: string },
  Batch extends { readonly items: readonly Item[] },
  Fate extends object,
  Told extends Outcome,
>({ files, check }: Batching<Value, Item, Batch, Fate, Told>, settle: Settle<Told>): Promise<Item[]> {
  const valid: Item[] = [];
  for (let at = 0; at < files.length; at += CHECKS_AT_ONCE) {
    const checked = await Promise.all(
      files
        .slice(at, at + CHECKS_AT_ONCE)
        .map(async ({ file, value }) => (value === undefined ? undefined : check(file, value, settle))),
    );
    for (const item of checked) if (item !== undefined) valid.push(item);
  }
  return valid;
}
