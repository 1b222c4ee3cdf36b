import type { Provider, Signer, TransactionLike } from "ethers";
import { resolveProperties } from "ethers";

/** A transaction with all that has to be decided before it is signed. */
export type Filled = TransactionLike & { readonly nonce: number };

/** Who signs and pays. */
export interface Sender {
  readonly address: string;
  readonly provider: Provider;
  /**
   * Signs and sends nothing, so that the hash is known before anything leaves; undefined where a node or a wallet signs
   * and sends in one.
   */
  readonly sign: ((transaction: Filled) => Promise<string>) | undefined;
  /** Has a node or a wallet sign and send; returns the hash. */
  readonly send: (transaction: Filled) => Promise<string>;
}

/**
 * A signer of ethers as a sender: one that has its key, as wallets of ethers have, signs itself. They aren't told by their
 * class, as a process may have loaded ethers twice.
 */
export async function senderOf(signer: Signer): Promise<Sender> {
  const { provider } = signer;
  if (provider === null) throw new TypeError("The signer has no provider");
  return {
    address: await signer.getAddress(),
    provider,
    sign: "signingKey" in signer ? (transaction) => signer.signTransaction(transaction) : undefined,
    async send(transaction) {
      const { hash } = await signer.sendTransaction(await resolveProperties(transaction));
      return hash;
    },
  };
}
