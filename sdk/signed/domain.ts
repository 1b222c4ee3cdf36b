import type { TypedDataDomain } from "ethers";
import { recoverAddress, Signature } from "ethers";
import type { LiveDao } from "../live.js";

/** The EIP-712 domain of a contract, as the contract itself says (ERC-5267). */
export async function domainOf(
  live: LiveDao,
  contract: "token" | "governor" | "drop",
): Promise<TypedDataDomain> {
  const { name, version } = await live.contracts[contract].eip712Domain();
  return { name, version, chainId: live.chainId, verifyingContract: live.record.contracts[contract] };
}

/**
 * Whose signature of a hash it is; undefined where it is nobody's, or in another form than contracts take: 65 bytes, of
 * which the last one is 27 or 28.
 */
export function signerOf(hash: string, signature: string): string | undefined {
  try {
    if (Signature.from(signature).serialized !== signature.toLowerCase()) return undefined;
    return recoverAddress(hash, signature);
  } catch {
    return undefined;
  }
}
