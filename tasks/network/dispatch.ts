import { AsyncLocalStorage } from "node:async_hooks";
import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";
import type { Account } from "../../sdk/execute/account.js";

const accounts = new AsyncLocalStorage<Account>();

/**
 * Has what another program sends by Hardhat's connection while `use` runs go the way of all transactions: signed first,
 * written down, and handed in until a node has it. That program follows it by its hash.
 */
export async function dispatching<Result>(account: Account, use: () => Promise<Result>): Promise<Result> {
  if (!account.signs) return use();
  return account.hold(async () => {
    try {
      return await accounts.run(account, use);
    } finally {
      await account.absorb();
    }
  });
}

/** Takes a transaction that somebody sends; undefined for all else. */
export async function dispatch({ id, method, params }: JsonRpcRequest): Promise<JsonRpcResponse | undefined> {
  const account = accounts.getStore();
  if (account === undefined || method !== "eth_sendTransaction" || !Array.isArray(params)) return undefined;
  const [sent] = params as readonly Partial<Record<string, string>>[];
  const { from, to, data = "0x", value = "0x0", gas, nonce } = sent ?? {};
  const fee = sent?.maxFeePerGas ?? sent?.gasPrice;
  const whole = to !== undefined && gas !== undefined && nonce !== undefined && fee !== undefined;
  if (!whole || from?.toLowerCase() !== account.address.toLowerCase()) return undefined;
  const hash = await account.dispatch({
    nonce: Number(nonce),
    to,
    data,
    value: BigInt(value),
    gasLimit: BigInt(gas),
    fee: BigInt(fee),
    tip: BigInt(sent?.maxPriorityFeePerGas ?? fee),
    purpose: "Deploy a shared implementation",
  });
  return { jsonrpc: "2.0", id, result: hash };
}
