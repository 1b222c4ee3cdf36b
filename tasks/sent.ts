import { AsyncLocalStorage } from "node:async_hooks";
import type { KyosoError } from "../sdk/errors.js";
import type { Account, Known } from "../sdk/execute/account.js";
import type { NotConfirmed, SentCall } from "../sdk/execute/signer.js";
import { heading, print, printJson, styled, table } from "./output.js";

/** What a run of a command has sent. */
interface Sent {
  readonly accounts: Set<Account>;
  readonly known: Map<string, Known>;
}

const runs = new AsyncLocalStorage<Sent>();

/** Runs a command; what it sends is its own. */
export function withSent<Result>(run: () => Promise<Result>): Promise<Result> {
  return runs.run({ accounts: new Set(), known: new Map() }, run);
}

export function sentInThisRun(): Sent {
  return runs.getStore() ?? { accounts: new Set(), known: new Map() };
}

/** To be called when people were told what became of what was sent; see {@link Account.release}. */
export async function releaseSent(): Promise<void> {
  for (const account of sentInThisRun().accounts) await account.release();
}

/**
 * Shows what became of each transaction, where not all of them are confirmed.
 *
 * @returns Whether the error is of such.
 */
export function printSent(error: KyosoError, json: boolean): boolean {
  if (!isNotConfirmed(error)) return false;
  const { sent } = error;
  if (json) printJson({ sent: sent.map(sentAsJson) });
  else if (sent.length > 1) {
    heading("What became of each");
    table(
      sent.map(({ call, state, transaction }) => [
        call.purpose,
        styled(STYLES[state], state),
        transaction ?? "",
      ]),
      ["what", "outcome", "transaction"],
    );
    print();
  }
  return true;
}

const STYLES = {
  confirmed: "green",
  reverted: "red",
  replaced: "red",
  refused: "red",
  "not known": "yellow",
  "not sent": "dim",
} as const;

function sentAsJson({ call, state, transaction, problem }: SentCall) {
  return { purpose: call.purpose, to: call.to, state, transaction, problem };
}

export function isNotConfirmed(error: KyosoError): error is NotConfirmed {
  return "sent" in error;
}
