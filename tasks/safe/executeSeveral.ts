import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import { refreshed } from "../../sdk/live.js";
import type { Account } from "../../sdk/execute/account.js";
import { sendTransaction } from "../../sdk/node/execute/safe.js";
import { openSafe } from "../../sdk/node/safe/account.js";
import type { Followed } from "../../sdk/node/safe/follow.js";
import type { OpenTransaction } from "../../sdk/node/safe/several.js";
import { inTurn } from "../../sdk/node/safe/several.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { requireReady } from "../../sdk/safe/transactions/ready.js";
import { reviewAsSafe } from "../../sdk/safe/transactions/trial.js";
import { requireSuccess } from "../calls.js";
import { shortPath, shownPath } from "../commandLine.js";
import { confirmed } from "../confirm.js";
import type { Opened } from "../context.js";
import { done, formatMoment, heading, print, printJson, styled, table } from "../output.js";
import type { Desk } from "./desk.js";
import { followedAsJson, followNow, printFollowed } from "./followed.js";
import { printMany, requireAllReadable, reviewMany } from "./several.js";

interface Options {
  /** Undefined for a dry run. */
  readonly sender: Account | undefined;
  readonly json: boolean;
  readonly allowUnknownCalls: boolean;
}

/** What became of a transaction. */
interface Outcome {
  readonly checked: CheckedTransaction;
  readonly state: "carried out" | "failed" | "not sent" | "too early";
  readonly transaction: string | null;
  readonly followed: Followed | undefined;
}

/** Shows all transactions, asks once, and sends them one after the other: each supposes those before it. */
export async function executeSeveral(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  desk: Desk,
  transactions: readonly OpenTransaction[],
  { sender, json, allowUnknownCalls }: Options,
): Promise<void> {
  const { live, account } = desk;
  const { ready, early } = inTurn(live, account, transactions);
  const reviewed = await reviewMany(desk, ready);
  if (!json) {
    await printMany(hre, desk, reviewed);
    for (const { checked, due } of early) {
      print(styled("dim", `  Not yet: ${shownPath(checked.place)} is due ${formatMoment(due, live.now)}`));
    }
  }
  requireAllReadable(reviewed, { allowUnknownCalls, json });
  for (const each of reviewed) {
    requireSuccess(each.reviewed, `Nothing was sent. It is in ${shownPath(each.checked.place)}.`);
  }
  const outcomes: Outcome[] = early.map(({ checked }) => outcomeOf(checked, "too early"));
  let failure: KyosoError | undefined;
  const dryRun = sender === undefined;
  if (!dryRun && ready.length > 0) {
    if (!(await confirmed(`Send these ${ready.length} as ${sender.address}?`, json))) {
      print("Nothing was sent.");
      return;
    }
    let block = 0;
    for (const { checked } of ready) {
      if (failure !== undefined) {
        outcomes.push(outcomeOf(checked, "not sent"));
        continue;
      }
      try {
        const outcome = await carryOut(hre, desk, checked, sender, block);
        block = outcome.block;
        outcomes.push(outcome);
        if (!json) done(`Transaction ${checked.transaction.nonce}: ${outcome.transaction ?? ""}`);
      } catch (error) {
        if (!(error instanceof KyosoError)) throw error;
        failure = error;
        outcomes.push(outcomeOf(checked, "failed"));
      }
    }
  }
  if (json) {
    printJson({
      dryRun,
      transactions: [
        ...outcomes,
        ...(dryRun ? ready.map(({ checked }) => outcomeOf(checked, "not sent")) : []),
      ].map(asJson),
    });
  } else if (dryRun) {
    print("\nThis was a dry run: nothing was sent.");
  } else {
    if (failure !== undefined) printOutcomes(outcomes);
    for (const { followed } of outcomes) {
      if (followed !== undefined) await printFollowed(hre, opened, followed, live.now);
    }
  }
  if (failure !== undefined) throw failure;
}

/**
 * Sends one, after it was tried once more: those before it have changed the chain.
 *
 * @param after The block that the one before it is in.
 */
async function carryOut(
  hre: HardhatRuntimeEnvironment,
  desk: Desk,
  checked: CheckedTransaction,
  sender: Account,
  after: number,
): Promise<Outcome & { readonly block: number }> {
  const live = await refreshed(desk.live, after);
  const account = await openSafe(live.provider, live.eip1193, live.safe);
  await requireReady(live, account, checked, []);
  requireSuccess(await reviewAsSafe(live, account, checked.calls), "It wasn't sent.");
  const { hash, blockNumber: block } = await sendTransaction(account, checked, sender);
  const followed = await followNow(hre, desk, checked, block);
  return { ...outcomeOf(checked, "carried out"), transaction: hash, followed, block };
}

function outcomeOf(checked: CheckedTransaction, state: Outcome["state"]): Outcome {
  return { checked, state, transaction: null, followed: undefined };
}

function printOutcomes(outcomes: readonly Outcome[]): void {
  const style = { "carried out": "green", failed: "red", "not sent": "dim", "too early": "dim" } as const;
  heading("What became of each");
  table(
    outcomes.map(({ checked, state, transaction }) => [
      checked.transaction.nonce.toString(),
      shownPath(checked.place),
      styled(style[state], state),
      transaction ?? "",
    ]),
    ["no.", "file", "outcome", "transaction"],
  );
  print();
}

function asJson({ checked, state, transaction, followed }: Outcome): object {
  const { hash, place, signatures } = checked;
  return {
    file: shortPath(place),
    hash,
    nonce: checked.transaction.nonce,
    signed: signatures.map(({ signer }) => signer),
    state,
    transaction,
    followUp: followedAsJson(followed),
  };
}
