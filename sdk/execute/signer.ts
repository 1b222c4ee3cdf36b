import type { TransactionReceipt } from "ethers";
import type { Problem } from "../errors.js";
import { KyosoError } from "../errors.js";
import type { Call, Plan } from "../calls/plan.js";
import { TRANSACTION_GAS_CAP } from "../chain/limits.js";
import type { Account, SendingSigner } from "./account.js";
import { accountOf, notKnown } from "./account.js";
import type { TransactionFate } from "./fate.js";
import { hashOf } from "./fate.js";

/**
 * Called with a transaction's hash as soon as that is known; where the account signs itself, before anything leaves. Called
 * again where another transaction took its place, with a higher fee for instance.
 */
export type OnSent = (call: Call, hash: string) => void | Promise<void>;

/** A call of a plan, and what became of it. */
export interface SentCall {
  readonly call: Call;
  /** "not sent" where something before it failed, or isn't known. */
  readonly state: TransactionFate["state"] | "not sent";
  /** The transaction that carried it out, or would have; null where there is none. */
  readonly transaction: string | null;
  readonly receipt: TransactionReceipt | null;
  /** Why it isn't confirmed; null where it is, or wasn't tried. */
  readonly problem: Problem | null;
}

/** Not all calls are confirmed; says what became of each. */
export class NotConfirmed extends KyosoError {
  readonly sent: readonly SentCall[];

  constructor(error: KyosoError, sent: readonly SentCall[]) {
    super(error.problems, { cause: error.cause });
    this.sent = sent;
  }
}

/**
 * Sends a plan as ordinary transactions, one after the other, each confirmed before the next.
 *
 * @throws NotConfirmed where a transaction is refused, reverts, is replaced by another one, or it isn't known what became of
 * it; those before it stay done, and those after it aren't sent.
 */
export async function executeAsSigner(
  plan: Plan,
  signer: SendingSigner,
  onSent: OnSent = () => undefined,
): Promise<TransactionReceipt[]> {
  const sent = await sendPlans([plan], signer, { onSent });
  return sent.flatMap(({ receipt }) => receipt ?? []);
}

export interface SendOptions {
  readonly onSent?: OnSent;
  /** Called with each call when it is known what became of it. */
  readonly onSettled?: (sent: SentCall) => void;
}

/**
 * Sends plans that don't depend on each other: one that fails keeps no other from being sent. Within a plan, each call
 * supposes those before it.
 *
 * @throws NotConfirmed after the last one, where not all are confirmed.
 */
export async function sendPlans(
  plans: readonly Plan[],
  signer: SendingSigner,
  { onSent = () => undefined, onSettled = () => undefined }: SendOptions = {},
): Promise<SentCall[]> {
  if (plans.every(({ calls }) => calls.length === 0)) return [];
  const account = await accountOf(signer);
  const sent: SentCall[] = [];
  const settle = (settled: SentCall) => {
    sent.push(settled);
    onSettled(settled);
  };
  const errors: KyosoError[] = [];
  await account.hold(async () => {
    let unclear = false;
    for (const plan of plans) {
      let failed = false;
      const { done, left } = outstanding(plan, account, true);
      done.forEach(settle);
      for (const call of left.calls) {
        if (unclear || failed) {
          sent.push({ call, state: "not sent", transaction: null, receipt: null, problem: null });
          continue;
        }
        const fate = await send(call, account, onSent);
        const error = errorOf(fate, plan, call, account.address);
        if (error !== undefined) errors.push(error);
        failed = error !== undefined;
        unclear = fate.state === "not known";
        const receipt = fate.state === "confirmed" ? fate.receipt : null;
        const [problem = null] = error?.problems ?? [];
        settle({ call, state: fate.state, transaction: hashOf(fate) ?? null, receipt, problem });
      }
    }
  });
  const [first, ...others] = errors;
  if (first === undefined) return sent;
  if (others.length === 0) throw new NotConfirmed(first, sent);
  throw new NotConfirmed(new KyosoError(errors.flatMap(({ problems }) => problems)), sent);
}

/**
 * What of a plan is still to be sent. Where an earlier run was stopped after it had sent a call of it, that isn't sent twice;
 * nor what comes before it, which it supposed.
 *
 * @param adopt Whether what was found is taken for done; without it, only looked for.
 */
export function outstanding(
  plan: Plan,
  account: Account,
  adopt: boolean,
): { readonly done: SentCall[]; readonly left: Plan } {
  const done: SentCall[] = [];
  let next = 0;
  for (const [i, call] of plan.calls.entries()) {
    const fate = account.earlierOf(call, adopt);
    if (fate === undefined) continue;
    const { receipt } = fate;
    done.push({ call, state: "confirmed", transaction: receipt.hash, receipt, problem: null });
    next = i + 1;
  }
  return { done, left: { ...plan, calls: plan.calls.slice(next) } };
}

/** Sends one call. */
async function send(call: Call, account: Account, onSent: OnSent): Promise<TransactionFate> {
  let told: string | undefined;
  const tell = async (hash: string | undefined) => {
    if (hash === undefined || hash === told) return;
    told = hash;
    await onSent(call, hash);
  };
  const fate = await account.post(call, ({ attempts }) => tell(attempts.at(-1)?.hash));
  await tell(hashOf(fate));
  return fate;
}

/** A fate that leaves no question open. */
export type ClearFate = Exclude<TransactionFate, { readonly state: "replaced" | "not known" }>;

/** @throws KyosoError where a transaction was replaced by another one, or it isn't known what became of it. */
export function requireClear(fate: TransactionFate, purpose: string, account: string): ClearFate {
  if (fate.state === "not known") throw notKnown({ purpose, from: account }, fate, false);
  if (fate.state !== "replaced") return fate;
  throw KyosoError.of("transaction.replaced", {
    data: { purpose, account, transaction: fate.hash },
    place: `account ${account}`,
    message: `"${purpose}" won't be carried out: another transaction with its number was, ${fate.hash}`,
    remedy:
      "A wallet that cancels does so, and another program that uses the same account. Run the same command again if it is still wanted.",
  });
}

/** The error of a call that isn't confirmed. */
function errorOf(found: TransactionFate, plan: Plan, call: Call, account: string): KyosoError | undefined {
  const { purpose, contract, signature } = call;
  let fate: ClearFate;
  try {
    fate = requireClear(found, purpose, account);
  } catch (error) {
    if (error instanceof KyosoError) return error;
    throw error;
  }
  if (fate.state === "confirmed") return undefined;
  // What is wrong with fees, for instance, says more itself.
  if (fate.state === "refused" && fate.cause instanceof KyosoError) return fate.cause;
  const { reason } = fate;
  const number = plan.calls.indexOf(call) + 1;
  const count = plan.calls.length;
  return KyosoError.of("call.failed", {
    data: { purpose, contract, signature, number, count, reason },
    message: `"${purpose}" failed: ${reason}`,
    place: `${plan.title}, call ${number} of ${count} (${contract}.${signature})`,
    remedy: remedyFor(fate),
    cause: fate.state === "refused" ? fate.cause : undefined,
  });
}

function remedyFor(fate: TransactionFate & { state: "refused" | "reverted" }): string {
  if (fate.state === "reverted" && fate.outOfGas && fate.receipt.gasUsed < TRANSACTION_GAS_CAP) {
    return "What was sent before it stands. Something that came before it made it need more. Run the same command again: what it needs is looked at anew.";
  }
  return "What was sent before it stands. Mend the cause and run the same command again.";
}
