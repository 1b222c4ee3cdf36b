import type { Interface, Provider, TransactionReceipt } from "ethers";
import { reasonOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import type { Intent, SendingSigner } from "../execute/account.js";
import { accountOf } from "../execute/account.js";
import { requireClear } from "../execute/signer.js";

const OUT_OF_GAS = "its gas was used up";

/** What became of a file's part in a batch where its receipt doesn't tell. */
export const UNTOLD = { refused: "the receipt doesn't say why" } as const;

/**
 * Sends a transaction that hands in what many signed.
 *
 * @param failed Makes the error for where nothing of it was taken.
 * @throws KyosoError where it can't be sent or fails as a whole.
 */
export async function sendTogether(
  signer: SendingSigner,
  intent: Intent,
  failed: (reason: string, cause: unknown) => KyosoError,
): Promise<TransactionReceipt> {
  const account = await accountOf(signer);
  const fate = requireClear(await account.post(intent), intent.purpose, account.address);
  if (fate.state === "confirmed") return fate.receipt;
  const { reason, cause } = fate.state === "refused" ? fate : { reason: fate.reason, cause: undefined };
  throw cause instanceof KyosoError ? cause : failed(reason, cause);
}

/** Why a contract doesn't take what somebody signed: it is asked directly, with as much gas as it may use. */
export async function whyRefused(
  provider: Provider,
  transaction: {
    readonly from?: string;
    readonly to: string;
    readonly data: string;
    readonly gasLimit: bigint;
  },
): Promise<string> {
  try {
    await provider.call(transaction);
    return OUT_OF_GAS;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What the first four bytes of a contract's error say. */
export function errorName(contract: Interface, selector: string): string {
  if (BigInt(selector) === 0n) return OUT_OF_GAS;
  return contract.getError(selector)?.name ?? `an unknown error: ${selector}`;
}
