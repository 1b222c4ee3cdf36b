/** What requests go to a chain by (EIP-1193): a wallet in a page has one, a Hardhat connection, and protocol-kit takes it. */
export interface Eip1193Provider {
  request(args: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}
