import Safe from "@safe-global/protocol-kit";
import type { PredictedSafeProps, SafeConfig } from "@safe-global/protocol-kit";
import { id } from "ethers";
import { SAFE_VERSION, safeContractNetworks } from "./canonical.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";
import type { NewSafe } from "../../safe/safe.js";

/** protocol-kit for a Safe that exists. `signer` is the address of an account that the provider signs for. */
export async function connectSafe(
  provider: Eip1193Provider,
  chainId: bigint,
  safeAddress: string,
  signer?: string,
): Promise<Safe> {
  return initSafe(provider, chainId, { safeAddress }, signer);
}

/** The number that tells apart Safes with the same owners. */
export function safeSaltNonce(slug: string): bigint {
  return BigInt(id(`kyoso:${slug}`));
}

/** protocol-kit for a Safe that is still to be created; the same owners and slug always give the same address. */
export async function predictSafe(
  provider: Eip1193Provider,
  chainId: bigint,
  safe: NewSafe,
  slug: string,
): Promise<Safe> {
  const predictedSafe: PredictedSafeProps = {
    safeAccountConfig: { owners: [...safe.owners], threshold: safe.threshold },
    safeDeploymentConfig: { safeVersion: SAFE_VERSION, saltNonce: safeSaltNonce(slug).toString() },
  };
  return initSafe(provider, chainId, { predictedSafe });
}

async function initSafe(
  provider: Eip1193Provider,
  chainId: bigint,
  which: { safeAddress: string } | { predictedSafe: PredictedSafeProps },
  signer?: string,
): Promise<Safe> {
  const contractNetworks = safeContractNetworks(chainId);
  const config = {
    provider: { request: async (args: { method: string; params?: unknown }) => request(provider, args) },
    ...which,
    ...(signer === undefined ? {} : { signer }),
    ...(contractNetworks === undefined ? {} : { contractNetworks }),
  } as SafeConfig;
  return Safe.init(config);
}

async function request(
  provider: Eip1193Provider,
  args: { method: string; params?: unknown },
): Promise<unknown> {
  const params = Array.isArray(args.params) ? (args.params as readonly unknown[]) : [];
  return provider.request({ method: args.method, params });
}
