import type Safe from "@safe-global/protocol-kit";
import type { Provider } from "ethers";
import { getAddress } from "ethers";
import { reasonOf } from "../../calls/revert.js";
import { KyosoError } from "../../errors.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";
import { readSafe } from "../../safe/safe.js";
import { connectSafe } from "./kit.js";
import type { SafeAccount } from "../../safe/account.js";

/** A Safe, and protocol-kit for it: what transactions of it are made with. */
export interface KitAccount extends SafeAccount {
  readonly kit: Safe;
}

/**
 * Reads a Safe, and connects protocol-kit with it.
 *
 * @throws KyosoError if it isn't a Safe that can be used, or protocol-kit doesn't know its contracts on this chain.
 */
export async function openSafe(
  provider: Provider,
  eip1193: Eip1193Provider,
  address: string,
): Promise<KitAccount> {
  const [info, { chainId }] = await Promise.all([readSafe(provider, address), provider.getNetwork()]);
  let kit: Safe;
  try {
    kit = await connectSafe(eip1193, chainId, info.address);
  } catch (cause) {
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    throw KyosoError.of("safe.version-unknown", {
      data: { safe: info.address, version: info.version, chainId, reason: reasonOf(cause) },
      place: `Safe ${info.address}`,
      message: `protocol-kit knows no contracts of Safe ${info.version} on chain ${chainId}: ${reasonOf(cause)}`,
      remedy: "Use a page for this Safe: the calls can be shown with --dry-run --json.",
      cause,
    });
  }
  return {
    ...info,
    owners: info.owners.map((owner) => getAddress(owner)),
    chainId,
    provider,
    eip1193,
    kit,
    nonce: await kit.getNonce(),
    multiSends: [getAddress(kit.getMultiSendCallOnlyAddress()), getAddress(kit.getMultiSendAddress())],
  };
}
