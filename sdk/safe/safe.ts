import type { Provider } from "ethers";
import { Contract } from "ethers";
import { KyosoError } from "../errors.js";

/** What a Safe says of itself. */
export interface SafeInfo {
  readonly address: string;
  readonly version: string;
  readonly owners: readonly string[];
  readonly threshold: number;
}

/** Who owns a Safe that is still to be created, and how many of them have to sign. */
export interface NewSafe {
  readonly owners: readonly string[];
  readonly threshold: number;
}

const SAFE_ABI = [
  "function VERSION() view returns (string)",
  "function getOwners() view returns (address[])",
  "function getThreshold() view returns (uint256)",
];

// Older ones have no EIP-1271 handler and no safe way of handling signatures of contracts that this project relies on.
const OLDEST_VERSION = [1, 3, 0] as const;

/**
 * Reads a Safe.
 *
 * @throws KyosoError if there is nothing at the address, something else than a Safe, or a Safe that is too old.
 */
export async function readSafe(provider: Provider, address: string): Promise<SafeInfo> {
  const place = "safe.address";
  if ((await provider.getCode(address)) === "0x") {
    const { chainId } = await provider.getNetwork();
    throw KyosoError.of("safe.no-code", {
      data: { address, chainId },
      message: `${address} has no code on chain ${chainId}`,
      place,
      remedy: "Create the Safe on this chain first, or choose the network that it is on.",
    });
  }
  let info: SafeInfo;
  try {
    const safe = new Contract(address, SAFE_ABI, provider);
    const [version, owners, threshold] = await Promise.all([
      safe.getFunction("VERSION").staticCall() as Promise<string>,
      safe.getFunction("getOwners").staticCall() as Promise<string[]>,
      safe.getFunction("getThreshold").staticCall() as Promise<bigint>,
    ]);
    info = { address, version, owners: [...owners], threshold: Number(threshold) };
  } catch (cause) {
    throw KyosoError.of("safe.not-safe", {
      data: { address },
      message: `${address} is a contract, but not a Safe: it doesn't answer VERSION, getOwners and getThreshold`,
      place,
      remedy: "Copy the address from the Safe's own settings.",
      cause,
    });
  }
  if (isOlder(info.version)) {
    throw KyosoError.of("safe.too-old", {
      data: { address, version: info.version, oldest: OLDEST_VERSION.join(".") },
      message: `The Safe ${address} has version ${info.version}`,
      place,
      remedy: `Upgrade it to ${OLDEST_VERSION.join(".")} or newer in its settings.`,
    });
  }
  return info;
}

function isOlder(version: string): boolean {
  const parts = version.split(/[.+-]/).map(Number);
  for (const [i, oldest] of OLDEST_VERSION.entries()) {
    const part = parts[i] ?? 0;
    if (part !== oldest) return !(part > oldest);
  }
  return false;
}
