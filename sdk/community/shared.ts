import { IMPLEMENTATIONS } from "../../typechain-types/abi/implementations.js";
import { INTERFACES } from "../calls/known.js";
import type { SharedContract } from "../namedContracts.js";
import { SHARED_CONTRACTS } from "../namedContracts.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";

/** Contracts that all DAOs of a chain share, and members use. */
export type CommunityContract = Exclude<SharedContract, "modules">;

const WORDS: Readonly<Record<CommunityContract, string>> = {
  nicknames: "contract for nicknames",
  decisions: "recorder of decisions",
};

/** Such a contract as plans name it: it is where its code says. */
export function shared(name: CommunityContract) {
  return { name, address: IMPLEMENTATIONS[SHARED_CONTRACTS[name]], interface: INTERFACES[name] };
}

/** Whether the chain has it. */
export async function isThere(
  { provider }: Pick<LiveDao, "provider">,
  name: CommunityContract,
): Promise<boolean> {
  return (await provider.getCode(shared(name).address)) !== "0x";
}

/** @throws KyosoError where the chain doesn't have it. */
export async function requireShared(live: LiveDao, name: CommunityContract): Promise<void> {
  const { address } = shared(name);
  if (await isThere(live, name)) return;
  throw KyosoError.of("community.contract-missing", {
    data: { contract: name, address, chainId: live.chainId },
    place: `${name} ${address}`,
    message: `The ${WORDS[name]} isn't on chain ${live.chainId}`,
    remedy: "The launch of any DAO on this chain puts it there.",
  });
}
