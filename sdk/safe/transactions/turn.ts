import { dataSlice } from "ethers";
import { readLogs } from "../../chain/logs.js";
import { incompleteLogs } from "../../chain/whole.js";
import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import { SAFE_CORE } from "./transaction.js";

/** Whether a transaction's number has come, and what became of it where it is over. */
export type Turn =
  | { readonly state: "next" }
  /** Those from `after` on come first. */
  | { readonly state: "later"; readonly after: number }
  | { readonly state: "executed"; readonly transaction: string }
  /** Another one had the same number; undefined where that isn't in the logs any more. */
  | { readonly state: "replaced"; readonly by?: { readonly hash: string; readonly transaction: string } };

/** Looks up how a transaction's number stands. */
export async function turnOf(
  live: LiveDao,
  account: SafeAccount,
  { nonce, hash }: { readonly nonce: number; readonly hash: string },
): Promise<Turn> {
  if (nonce === account.nonce) return { state: "next" };
  if (nonce > account.nonce) return { state: "later", after: account.nonce };
  const executed = await executedTransactions(live, account);
  const own = executed.find((each) => each.hash === hash);
  if (own !== undefined) return { state: "executed", transaction: own.transaction };
  // Each transaction that was carried out took one number, so they can be counted back from the next one.
  const by = executed.at(nonce - account.nonce);
  return by === undefined ? { state: "replaced" } : { state: "replaced", by };
}

/** Why a transaction can't be sent now, as far as its number goes; undefined where it can. */
export function turnProblem(
  turn: Turn,
  { nonce, place, earlier }: { readonly nonce: number; readonly place: string; readonly earlier?: string },
): Problem | undefined {
  switch (turn.state) {
    case "next":
      return undefined;
    case "executed":
      return problem("safe.carried-out-already", {
        data: { transaction: turn.transaction },
        place,
        message: `It was carried out already, by the transaction ${turn.transaction}`,
        remedy: "There is nothing left to do. To do the same once more, run the command that made it again.",
      });
    case "replaced":
      return problem("safe.number-taken", {
        data: { nonce, hash: turn.by?.hash, transaction: turn.by?.transaction },
        place,
        message: `Its number, ${nonce}, was taken by another transaction${
          turn.by === undefined ? "" : `: ${turn.by.hash}, sent by ${turn.by.transaction}`
        }`,
        remedy:
          "If it is still wanted, run the command that made it again: owners then sign it with a new number.",
      });
    case "later":
      return problem("safe.not-next", {
        data: { nonce, next: turn.after, earlier },
        place,
        message: `It has the number ${nonce}, and the Safe is at ${turn.after}: ${
          earlier ?? `a transaction with the number ${turn.after}`
        } comes first`,
        remedy:
          earlier === undefined
            ? "Execute that one first. If there is none, run the command that made this one again, with this file removed: it then gets the free number."
            : "Execute that one first. If it isn't wanted any more, remove its file and this one, and run the command that made this one again.",
      });
  }
}

/** The transactions that the Safe carried out since the launch, in order. */
async function executedTransactions(live: LiveDao, { address, nonce }: SafeAccount) {
  const topics = (["ExecutionSuccess", "ExecutionFailure"] as const).map(
    (name) => SAFE_CORE.getEvent(name)?.topicHash ?? "",
  );
  const logs = await readLogs(live.provider, { address, topics: [topics] }, live.record.startBlock);
  // Each took one number. A Safe that is older than the DAO has carried out others before.
  const { safe, transactions } = live.record;
  const all = address === safe && transactions.safe !== undefined;
  if (all && logs.length < nonce) {
    throw incompleteLogs(
      "safe",
      `It carried out ${nonce} transactions, and there are logs of ${logs.length} only`,
    );
  }
  return logs.map((log) => ({
    // Not indexed before version 1.4.
    hash: log.topics[1] ?? dataSlice(log.data, 0, 32),
    transaction: log.transactionHash,
  }));
}
