import type { SafeTransactionData } from "@safe-global/types-kit";
import { OperationType } from "@safe-global/types-kit";
import { dataLength, dataSlice, getAddress, toNumber, ZeroAddress } from "ethers";
import type { RawCall } from "../../calls/decode.js";
import { SAFE_INTERFACE } from "../../calls/known.js";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { SafeAccount } from "../../node/safe/account.js";

/** What MultiSend's bundle calls a call, as against a delegatecall. */
const CALL = 0;

/** Bytes before the data of each call that MultiSend makes: operation, address, value, length. */
const HEAD = 1 + 20 + 32 + 32;

/**
 * The calls that a transaction makes, read from its own data.
 *
 * @param place What the messages name: the file that the transaction is from.
 * @throws KyosoError for a transaction that could do anything else: foreign code in the Safe's name, a refund of gas.
 */
export function callsOf(
  { multiSends }: Pick<SafeAccount, "multiSends">,
  transaction: SafeTransactionData,
  place: string,
): RawCall[] {
  const refuse = (problem: Problem) => new KyosoError({ place, ...problem });
  const { gasPrice, gasToken, refundReceiver } = transaction;
  for (const [name, value] of Object.entries({ gasPrice, gasToken, refundReceiver })) {
    if (BigInt(value) === 0n) continue;
    throw refuse({
      message: `${name} is ${value}: the Safe would pay whoever sends the transaction`,
      remedy: "Don't sign it: transactions of this DAO pay nothing for their gas. Make it anew.",
    });
  }
  const to = getAddress(transaction.to);
  if (transaction.operation === OperationType.Call) {
    return [{ to, data: transaction.data, value: BigInt(transaction.value) }];
  }
  if (!multiSends.includes(to)) {
    throw refuse({
      message: `It runs the code of ${to} in the Safe's own name (delegatecall), which can take everything the Safe has, and the Safe itself`,
      remedy: `Don't sign it. Only MultiSend, which bundles calls, may be run like that: ${multiSends.join(", ")}.`,
    });
  }
  const calls = parseMultiSend(transaction.data);
  if (calls === undefined) {
    throw refuse({
      message: "Its bundle of calls can't be read to the end",
      remedy: "Don't sign it: nobody can say what it does. Make it anew.",
    });
  }
  for (const [i, call] of calls.entries()) {
    if (call.operation !== CALL) {
      throw refuse({
        message: `Call ${i + 1} runs the code of ${call.to} in the Safe's own name (delegatecall), which can take everything the Safe has`,
        remedy: "Don't sign it. Make it anew, of calls alone.",
      });
    }
    if (call.to === ZeroAddress) {
      throw refuse({
        message: `Call ${i + 1} goes to the zero address, which MultiSend takes for the Safe itself`,
        remedy: "Don't sign it. Make it anew, and name the Safe if it is meant.",
      });
    }
  }
  return calls.map(({ to: target, data, value }) => ({ to: target, data, value }));
}

/** Takes a bundle apart; undefined where it isn't exactly what MultiSend reads. */
function parseMultiSend(data: string): (RawCall & { readonly operation: number })[] | undefined {
  try {
    const packed = String(SAFE_INTERFACE.decodeFunctionData("multiSend", data).getValue("transactions"));
    // What decodes but has more to it is something else than it looks like.
    if (SAFE_INTERFACE.encodeFunctionData("multiSend", [packed]) !== data.toLowerCase()) return undefined;
    const calls = [];
    for (let at = 0; at < dataLength(packed);) {
      const length = toNumber(dataSlice(packed, at + 53, at + HEAD));
      calls.push({
        operation: toNumber(dataSlice(packed, at, at + 1)),
        to: getAddress(dataSlice(packed, at + 1, at + 21)),
        value: BigInt(dataSlice(packed, at + 21, at + 53)),
        data: dataSlice(packed, at + HEAD, at + HEAD + length),
      });
      at += HEAD + length;
    }
    return calls;
  } catch {
    return undefined;
  }
}
