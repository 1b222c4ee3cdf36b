import type { Provider } from "ethers";

/** What requests go to a chain by (EIP-1193): a wallet in a page has one, a Hardhat connection, and protocol-kit takes it. */
export interface Eip1193Provider {
  request(args: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

/** What calls views and reads code by way of ethers' provider, and nothing else. */
export function viewsOf(provider: Provider): Eip1193Provider {
  return {
    async request({ method, params = [] }) {
      const [what, block] = params;
      const blockTag = String(block);
      if (method === "eth_getCode") return provider.getCode(String(what), blockTag);
      if (method === "eth_call")
        return provider.call({ ...(what as { to?: string; data: string }), blockTag });
      throw new TypeError(`${method} isn't a view`);
    },
  };
}
