import { decodeCall } from "../../sdk/calls/decode.js";
import { describeCall } from "../../sdk/calls/nested.js";
import type { LiveDao } from "../../sdk/live.js";
import type { SafeAccount } from "../../sdk/safe/account.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { scheduledBy } from "../../sdk/safe/schedule.js";
import { shownPath } from "../commandLine.js";
import { print, styled, table } from "../output.js";

/** What a transaction is, apart from its calls: what it is called isn't vouched for. */
export function printTransaction(
  live: LiveDao,
  account: SafeAccount,
  { title, place, transaction, hash }: CheckedTransaction,
): void {
  print(`\n${styled("bold", `Transaction ${transaction.nonce} of the Safe ${account.address}`)}`);
  table([
    ["Called", `"${title}" by the file; what it does is below`],
    ["File", shownPath(place)],
    ["Hash", hash],
    ["DAO", `${live.record.name} (${live.record.slug}, chain ${live.chainId})`],
  ]);
}

/** What a second transaction is to do, where this one only announces it. */
export function printFollowUp(live: LiveDao, { followUp, calls }: CheckedTransaction): void {
  if (followUp === undefined) return;
  print(
    "\n  It only announces this. When it is due, a second transaction does it, which owners sign as well.",
  );
  if (followUp.calls.length === scheduledBy(live, calls).length) return;
  print("  That one is to do more, in this order:");
  for (const call of followUp.calls) print(`  - ${describeCall(decodeCall(call, live))}`);
}

/** Who has signed, and who hasn't. */
export function printSigners({ owners, threshold }: SafeAccount, { signatures }: CheckedTransaction): void {
  print(`\n${styled("bold", `Signed by ${signatures.length} of the ${threshold} owners that it takes`)}`);
  table(
    owners.map((owner) => {
      const signature = signatures.find(({ signer }) => signer === owner);
      const how = { account: "", contract: "a contract", "approved on chain": "approved on the chain" };
      return [
        signature === undefined ? styled("dim", "·") : styled("green", "✓"),
        owner,
        signature === undefined ? "" : how[signature.kind],
      ];
    }),
  );
}

/** `2 of 2 signatures` */
export function countSignatures({ threshold }: SafeAccount, count: number): string {
  return `${count} of ${threshold} signature${threshold === 1 ? "" : "s"}`;
}
