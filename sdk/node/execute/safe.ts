import type { Provider, TransactionReceipt } from "ethers";
import { toQuantity } from "ethers";
import type { Plan } from "../../calls/plan.js";
import { revertDataOf } from "../../calls/revert.js";
import { KyosoError } from "../../errors.js";
import type { AccountOptions, SendingSigner } from "../../execute/account.js";
import { Account, accountOf } from "../../execute/account.js";
import type { Filled } from "../../execute/sender.js";
import { requireClear } from "../../execute/signer.js";
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
  options: AccountOptions = {},
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
  const [address = ""] = signers;
  const sender = {
    address,
    provider,
    sign: undefined,
    async send(request: Filled) {
      const params = [{ from: address, ...toRpc(request) }];
      return (await eip1193.request({ method: "eth_sendTransaction", params })) as string;
    },
  };
  const signed = { title: plan.title, transaction, signatures };
  return sendTransaction(account, signed, new Account(sender, options));
}

/** A transaction as nodes take it. */
function toRpc({ to, data, nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, gasPrice }: Filled) {
  const quantities = { nonce, gas: gasLimit, maxFeePerGas, maxPriorityFeePerGas, gasPrice };
  const known = Object.entries(quantities).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, toQuantity(value)] as const],
  );
  return { to, data, ...Object.fromEntries(known) };
}

/** The data of the Safe's own call that carries out a signed transaction. */
export function executionData(
  transaction: SafeTransactionData,
  signatures: readonly CheckedSignature[],
  threshold: number,
): string {
  const { to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = transaction;
  return SAFE_CORE.encodeFunctionData("execTransaction", [
    to,
    value,
    data,
    operation,
    safeTxGas,
    baseGas,
    gasPrice,
    gasToken,
    refundReceiver,
    encodeSignatures(signatures, threshold),
  ]);
}

/**
 * Sends a signed transaction, and waits until it is confirmed.
 *
 * @throws KyosoError if it reverts, which does nothing and leaves its number free.
 */
export async function sendTransaction(
  safe: SafeAccount,
  { title, transaction, signatures }: SignedTransaction,
  signer: SendingSigner,
): Promise<TransactionReceipt> {
  const place = `Safe ${safe.address}`;
  const account = await accountOf(signer);
  const found = await account.post({
    to: safe.address,
    value: 0n,
    purpose: title,
    data: executionData(transaction, signatures, safe.threshold),
  });
  const fate = requireClear(found, title, account.address);
  if (fate.state !== "confirmed") {
    const { reason } = fate;
    const cause = fate.state === "refused" ? fate.cause : undefined;
    if (cause instanceof KyosoError) throw cause;
    const refused = fate.state === "reverted" || revertDataOf(cause) !== undefined;
    throw KyosoError.of("safe.could-not-carry-out", {
      data: { title, reason, refused },
      message: `The Safe could not carry out "${title}": ${reason}`,
      place,
      remedy: refused
        ? "Nothing of it was done. Check that the Safe has the power for each call."
        : "Mend the cause and run the same command again: it sees whether the transaction was sent.",
      cause,
    });
  }
  const { receipt } = fate;
  // Only where somebody gave the transaction gas of its own.
  const failure = SAFE_CORE.getEvent("ExecutionFailure")?.topicHash;
  if (receipt.logs.some((log) => log.address === safe.address && log.topics[0] === failure)) {
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
