import type { Eip1193Provider } from "../safe/safe.js";
import { connectSafe } from "../safe/safe.js";
import type { Provider, TransactionReceipt } from "ethers";
import { KyosoError } from "../errors.js";
import type { Plan } from "../calls/plan.js";
import { reasonOf } from "../calls/revert.js";

/** A Safe, and owners of it whom the provider signs for. */
export interface SafeSigners {
  readonly address: string;
  /** Addresses of the owners who sign; the first one also sends the transaction. */
  readonly owners: readonly string[];
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
): Promise<TransactionReceipt> {
  const { chainId } = await provider.getNetwork();
  const kit = await connectSafe(eip1193, chainId, safe.address, safe.owners[0]);
  const [owners, threshold] = await Promise.all([kit.getOwners(), kit.getThreshold()]);
  const stranger = safe.owners.find((signer) => !owners.includes(signer));
  if (stranger !== undefined) {
    throw new KyosoError({
      message: `${stranger} is not an owner of the Safe`,
      place: `Safe ${safe.address}`,
      remedy: `Sign with ${threshold} of its owners: ${owners.join(", ")}.`,
    });
  }
  const signers = [...new Set(safe.owners)];
  if (signers.length < threshold) {
    throw new KyosoError({
      message: `${signers.length} of the ${threshold} signatures that are needed`,
      place: `Safe ${safe.address}`,
      remedy: "Have more owners sign.",
    });
  }

  let transaction = await kit.createTransaction({
    transactions: plan.calls.map(({ to, data, value }) => ({ to, data, value: value.toString() })),
    onlyCalls: true,
  });
  for (const owner of signers.slice(0, threshold)) {
    const ownersKit = await connectSafe(eip1193, chainId, safe.address, owner);
    transaction = await ownersKit.signTransaction(transaction);
  }
  try {
    const { hash } = await kit.executeTransaction(transaction);
    const receipt = await provider.waitForTransaction(hash);
    if (receipt?.status !== 1) throw new Error("the transaction reverted");
    return receipt;
  } catch (cause) {
    throw new KyosoError(
      {
        message: `The Safe could not carry out "${plan.title}": ${reasonOf(cause)}`,
        place: `Safe ${safe.address}`,
        remedy: "Nothing of it was done. Check that the Safe has the power for each call.",
      },
      { cause },
    );
  }
}
