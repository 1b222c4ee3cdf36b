import type { BaseContract, TypedDataDomain } from "ethers";
import { recoverAddress, Signature } from "ethers";
import type { LiveDao } from "../live.js";

/** Contracts that say themselves in which domain is signed for them. */
export type DomainContract = "token" | "governor" | "drop";

/** The same, of those that the DAO has besides. */
export interface DomainModule extends Pick<BaseContract, "target"> {
  readonly eip712Domain: () => Promise<{ readonly name: string; readonly version: string }>;
}

const known = new WeakMap<LiveDao, Map<string, Promise<TypedDataDomain>>>();

/**
 * The EIP-712 domain of a contract, as the contract itself says (ERC-5267). It is read once: what is shown of it is what is
 * signed, also where a node says something else the next time.
 */
export function domainOf(live: LiveDao, contract: DomainContract | DomainModule): Promise<TypedDataDomain> {
  const signed: DomainModule = typeof contract === "string" ? live.contracts[contract] : contract;
  const address = typeof contract === "string" ? live.record.contracts[contract] : addressOf(contract);
  const domains = known.get(live) ?? new Map<string, Promise<TypedDataDomain>>();
  known.set(live, domains);
  const domain = domains.get(address) ?? readDomain(live, signed, address);
  domains.set(address, domain);
  return domain;
}

function addressOf({ target }: DomainModule): string {
  if (typeof target === "string") return target;
  throw new TypeError("It is connected otherwise than by its address");
}

async function readDomain(
  live: LiveDao,
  contract: DomainModule,
  verifyingContract: string,
): Promise<TypedDataDomain> {
  const { name, version } = await contract.eip712Domain();
  return { name, version, chainId: live.chainId, verifyingContract };
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
