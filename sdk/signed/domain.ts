import type { TypedDataDomain } from "ethers";
import { recoverAddress, Signature } from "ethers";
import type { LiveDao } from "../live.js";

/** Contracts that say themselves in which domain is signed for them. */
export type DomainContract = "token" | "governor" | "drop";

const known = new WeakMap<LiveDao, Map<DomainContract, Promise<TypedDataDomain>>>();

/**
 * The EIP-712 domain of a contract, as the contract itself says (ERC-5267). It is read once: what is shown of it is what is
 * signed, also where a node says something else the next time.
 */
export function domainOf(live: LiveDao, contract: DomainContract): Promise<TypedDataDomain> {
  const domains = known.get(live) ?? new Map<DomainContract, Promise<TypedDataDomain>>();
  known.set(live, domains);
  const domain = domains.get(contract) ?? readDomain(live, contract);
  domains.set(contract, domain);
  return domain;
}

async function readDomain(live: LiveDao, contract: DomainContract): Promise<TypedDataDomain> {
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
