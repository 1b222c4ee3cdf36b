import type { Signer, TransactionReceipt } from "ethers";
import { KyosoError } from "../errors.js";
import type { Call, Plan } from "../calls/plan.js";
import { reasonOf } from "../calls/revert.js";

/** Called when a transaction is sent, before it is confirmed: what is written down here can be found again. */
export type OnSent = (call: Call, hash: string) => void | Promise<void>;

/**
 * Sends a plan as ordinary transactions, one after the other, each confirmed before the next.
 *
 * @throws KyosoError where a transaction is refused or reverts; those before it stay done.
 */
export async function executeAsSigner(
  plan: Plan,
  signer: Signer,
  onSent: OnSent = () => undefined,
): Promise<TransactionReceipt[]> {
  const receipts: TransactionReceipt[] = [];
  for (const [i, call] of plan.calls.entries()) {
    try {
      const response = await signer.sendTransaction({ to: call.to, data: call.data, value: call.value });
      await onSent(call, response.hash);
      const receipt = await response.wait();
      if (receipt === null) throw new Error("the transaction was replaced");
      receipts.push(receipt);
    } catch (cause) {
      throw KyosoError.of("call.failed", {
        data: {
          purpose: call.purpose,
          contract: call.contract,
          signature: call.signature,
          number: i + 1,
          count: plan.calls.length,
          reason: reasonOf(cause),
        },
        message: `"${call.purpose}" failed: ${reasonOf(cause)}`,
        place: `${plan.title}, call ${i + 1} of ${plan.calls.length} (${call.contract}.${call.signature})`,
        remedy: "What was sent before it stands. Mend the cause and run the same command again.",
        cause,
      });
    }
  }
  return receipts;
}
