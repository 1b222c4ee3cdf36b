import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { concat, dataLength, dataSlice, isHexString } from "ethers";

const SIGNATURE_BYTES = 65;

/** What a Safe has before an address, where it gives one instead of a signature. */
const NO_NUMBER = `0x${"00".repeat(12)}`;

/**
 * A signature of an account as contracts take it: some wallets end it with 0 or 1, where contracts want 27 or 28. Anything
 * else as it is; a Safe's mark for what an owner approved, too, which ends with 1 and begins with the owner's address, as no
 * account's signature does.
 */
export function ecdsaForm(signature: string): string {
  if (!isHexString(signature, true) || dataLength(signature) !== SIGNATURE_BYTES) return signature;
  const last = dataSlice(signature, SIGNATURE_BYTES - 1);
  if ((last !== "0x00" && last !== "0x01") || dataSlice(signature, 0, 12) === NO_NUMBER) return signature;
  return concat([dataSlice(signature, 0, SIGNATURE_BYTES - 1), last === "0x00" ? "0x1b" : "0x1c"]);
}

/** Has an account sign typed data (EIP-712), whatever its wallet ends signatures with. */
export async function signTyped(
  signer: Signer,
  domain: TypedDataDomain,
  types: Record<string, TypedDataField[]>,
  message: Record<string, unknown>,
): Promise<string> {
  return ecdsaForm(await signer.signTypedData(domain, types, message));
}
