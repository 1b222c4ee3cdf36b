import { getAddress } from "ethers";
import type { RawCall } from "../../calls/decode.js";
import type { SafeTransactionData } from "../../safe/transactions/transaction.js";
import type { KitAccount } from "./account.js";

/** One transaction of a Safe that makes calls: several become one MultiSend, so it is all or nothing. */
export async function buildTransaction(
  { kit }: Pick<KitAccount, "kit">,
  calls: readonly RawCall[],
  nonce: number,
): Promise<SafeTransactionData> {
  const { data } = await kit.createTransaction({
    transactions: calls.map((call) => ({
      to: getAddress(call.to),
      data: call.data,
      value: call.value.toString(),
    })),
    onlyCalls: true,
    // No gas of its own: the transaction reverts where a call fails, and its nonce stays free.
    options: { nonce, safeTxGas: "0" },
  });
  return { ...data, to: getAddress(data.to), data: data.data.toLowerCase() };
}
