import type { Provider, TransactionReceipt } from "ethers";
import type { Plan } from "../../calls/plan.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import { KyosoError } from "../../errors.js";
import type { SafeAccount } from "../../safe/account.js";
import { openSafe } from "../safe/account.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";
import type { CheckedSignature } from "../../safe/transactions/signatures.js";
import { encodeSignatures, requireOwner, signTransaction } from "../../safe/transactions/signatures.js";
import type { SafeTransactionData } from "../../safe/transactions/transaction.js";
import { SAFE_CORE } from "../../safe/transactions/transaction.js";
import { buildTransaction } from "../safe/build.js";

/** A Safe, and owners of it whom the provider signs for. */
export interface SafeSigners {
  readonly address: string;
  /** Addresses of the owners who sign; the first one also sends the transaction. */
  readonly owners: readonly string[];
}

/** A transaction of a Safe with what its owners signed, all of it checked. */
export interface SignedTransaction {
  readonly title: string;
  readonly transaction: SafeTransactionData;
  readonly signatures: readonly CheckedSignature[];
}

/** Sends a transaction to the Safe, from whatever account: that one only pays. */
export type Send = (request: {
  readonly to: string;
  readonly data: string;
}) => Promise<{ readonly hash: string }>;

/**
 * Carries out a plan as one transaction of a Safe: several calls become one MultiSend, so it is all or nothing.
 *
 * @throws KyosoError if too few owners sign, one isn't an owner, or the transaction reverts.
 */
export async function executeAsSafe(
  plan: Plan,
  provider: Provider,
  eip1193: Eip1193Provider,
  safe: SafeSigners,
): Promise<TransactionReceipt> {
  const account = await openSafe(provider, eip1193, safe.address);
  const signers = [...new Set(safe.owners)];
  for (const signer of signers) requireOwner(account, signer);
  requireEnough(account, signers.length, `Safe ${account.address}`);

  const transaction = await buildTransaction(account, plan.calls, account.nonce);
  const signatures: CheckedSignature[] = [];
  for (const signer of signers.slice(0, account.threshold)) {
    signatures.push({ ...(await signTransaction(account, transaction, signer)), kind: "account" });
  }
  return sendTransaction(account, { title: plan.title, transaction, signatures }, async (request) => {
    const params = [{ from: signers[0], ...request }];
    return { hash: (await eip1193.request({ method: "eth_sendTransaction", params })) as string };
  });
}

/**
 * Sends a signed transaction, and waits until it is confirmed.
 *
 * @throws KyosoError if it reverts, which does nothing and leaves its number free.
 */
export async function sendTransaction(
  account: SafeAccount,
  { title, transaction, signatures }: SignedTransaction,
  send: Send,
): Promise<TransactionReceipt> {
  const { to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = transaction;
  const place = `Safe ${account.address}`;
  let receipt: TransactionReceipt | null = null;
  try {
    const { hash } = await send({
      to: account.address,
      data: SAFE_CORE.encodeFunctionData("execTransaction", [
        to,
        value,
        data,
        operation,
        safeTxGas,
        baseGas,
        gasPrice,
        gasToken,
        refundReceiver,
        encodeSignatures(signatures, account.threshold),
      ]),
    });
    receipt = await account.provider.waitForTransaction(hash);
    if (receipt?.status !== 1) throw new Error("the transaction reverted");
  } catch (cause) {
    const refused = receipt?.status === 0 || revertDataOf(cause) !== undefined;
    throw KyosoError.of("safe.could-not-carry-out", {
      data: { title, reason: reasonOf(cause), refused },
      message: `The Safe could not carry out "${title}": ${reasonOf(cause)}`,
      place,
      remedy: refused
        ? "Nothing of it was done. Check that the Safe has the power for each call."
        : "Mend the cause and run the same command again: it sees whether the transaction was sent.",
      cause,
    });
  }
  // Only where somebody gave the transaction gas of its own.
  const failure = SAFE_CORE.getEvent("ExecutionFailure")?.topicHash;
  if (receipt.logs.some((log) => log.address === account.address && log.topics[0] === failure)) {
    throw KyosoError.of("safe.transaction-failed", {
      data: { title, transaction: receipt.hash },
      message: `The Safe's transaction "${title}" was sent and failed: ${receipt.hash}`,
      place,
      remedy: "Nothing of it was done, and its number is used. Make it anew, with the command that made it.",
    });
  }
  return receipt;
}

/** @throws KyosoError if fewer owners signed than the Safe asks for. */
export function requireEnough(
  account: SafeAccount,
  count: number,
  place: string,
  missing: readonly string[] = [],
): void {
  if (count >= account.threshold) return;
  const more = account.threshold - count;
  throw KyosoError.of("safe.signatures-missing", {
    data: { count, threshold: account.threshold, missing },
    message: `${count} of the ${account.threshold} signatures that are needed`,
    place,
    remedy:
      missing.length === 0
        ? "Have more owners sign."
        : `Have ${more} more of these owners sign it: ${missing.join(", ")}.`,
  });
}
