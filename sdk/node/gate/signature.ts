import { toQuantity } from "ethers";
import { createClient, custom } from "viem";
import { verifySiweMessage } from "viem/siwe";
import type { Eip1193Provider } from "../../chain/eip1193.js";

/**
 * Most gas that the node may take to look at a signature: a wallet that verifies passkeys by itself takes some 300,000, and one that is
 * made in the same call (ERC-6492) a few million.
 */
const MOST_GAS = 5_000_000n;

/**
 * What a signature ends with that comes with an account's leave to act as another contract (ERC-8010). Such a leave can be an old one,
 * which everybody has seen: whether it still holds is looked at by nodes in different ways.
 */
const WITH_DELEGATION = "8010".repeat(16);

/** A message of Sign-In with Ethereum, with its signature. */
export interface Signed {
  readonly message: string;
  readonly signature: string;
}

/**
 * Whether the account that a message names signed it: the account itself, or its wallet says so (ERC-1271, ERC-6492), within a limit of
 * gas. Whatever goes wrong in a wallet is a no.
 *
 * @param time Milliseconds.
 */
export async function isSigned(
  node: Eip1193Provider,
  { message, signature }: Signed,
  time: number,
): Promise<boolean> {
  if (signature.endsWith(WITH_DELEGATION)) return false;
  const bounded: Eip1193Provider = {
    request: ({ method, params = [] }) =>
      node.request({ method, params: method === "eth_call" ? limited(params) : params }),
  };
  const client = createClient({ transport: custom(bounded, { retryCount: 0 }) });
  const signed = { message, signature: signature as `0x${string}`, time: new Date(time) };
  return verifySiweMessage(client, signed).catch(() => false);
}

function limited([call, ...rest]: readonly unknown[]): readonly unknown[] {
  return [{ ...(call as object), gas: toQuantity(MOST_GAS) }, ...rest];
}
