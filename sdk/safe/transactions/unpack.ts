import { getAddress, ZeroAddress } from "ethers";
import type { RawCall } from "../../calls/decode.js";
import { MOST_BUNDLED, parseMultiSend } from "../../calls/multiSend.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { SafeAccount } from "../account.js";
import type { SafeTransactionData } from "./transaction.js";

/** What MultiSend's bundle calls a call, as against a delegatecall. */
const CALL = 0;

/**
 * The calls that a transaction makes, read from its own data.
 *
 * @param place What the messages name: the file that the transaction is from.
 * @throws KyosoError for a transaction that could do anything else: foreign code in the Safe's name, a refund of gas;
 * or that counts as carried out though its calls failed.
 */
export function callsOf(
  { multiSends }: Pick<SafeAccount, "multiSends">,
  transaction: SafeTransactionData,
  place: string,
): RawCall[] {
  const refuse = (problem: Problem) => new KyosoError({ place, ...problem });
  const { safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = transaction;
  for (const [name, value] of Object.entries({ gasPrice, gasToken, refundReceiver })) {
    if (BigInt(value) === 0n) continue;
    throw refuse(
      problem("safe.refunds-gas", {
        data: { name, value },
        message: `${name} is ${value}: the Safe would pay whoever sends the transaction`,
        remedy: "Don't sign it: transactions of this DAO pay nothing for their gas. Make it anew.",
      }),
    );
  }
  for (const [name, value] of Object.entries({ safeTxGas, baseGas })) {
    if (BigInt(value) === 0n) continue;
    throw refuse(
      problem("safe.fixes-gas", {
        data: { name, value },
        message: `${name} is ${value}: anybody could send it with so little gas that its calls fail, and its number would be used up`,
        remedy: `Don't sign it. Make it anew with ${name} 0: then it is carried out as a whole or not at all.`,
      }),
    );
  }
  const to = getAddress(transaction.to);
  if (transaction.operation === CALL) {
    return [{ to, data: transaction.data, value: BigInt(transaction.value) }];
  }
  if (!multiSends.includes(to)) {
    throw refuse(
      problem("safe.delegatecall", {
        data: { to, multiSends },
        message: `It runs the code of ${to} in the Safe's own name (delegatecall), which can take everything the Safe has, and the Safe itself`,
        remedy: `Don't sign it. Only MultiSend, which bundles calls, may be run like that: ${multiSends.join(", ")}.`,
      }),
    );
  }
  const calls = parseMultiSend(transaction.data);
  if (calls === undefined) {
    throw refuse(
      problem("safe.bundle-unreadable", {
        data: {},
        message: `Its bundle of calls can't be read to the end, or has more than ${MOST_BUNDLED.toLocaleString("en")} calls`,
        remedy: "Don't sign it: nobody can say what it does. Make it anew.",
      }),
    );
  }
  for (const [i, call] of calls.entries()) {
    if (call.operation !== CALL) {
      throw refuse(
        problem("safe.call-delegatecall", {
          data: { number: i + 1, to: call.to },
          message: `Call ${i + 1} runs the code of ${call.to} in the Safe's own name (delegatecall), which can take everything the Safe has`,
          remedy: "Don't sign it. Make it anew, of calls alone.",
        }),
      );
    }
    if (call.to === ZeroAddress) {
      throw refuse(
        problem("safe.call-to-zero", {
          data: { number: i + 1 },
          message: `Call ${i + 1} goes to the zero address, which MultiSend takes for the Safe itself`,
          remedy: "Don't sign it. Make it anew, and name the Safe if it is meant.",
        }),
      );
    }
  }
  return calls.map(({ to: target, data, value }) => ({ to: target, data, value }));
}
