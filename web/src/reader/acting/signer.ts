import type { TypedDataDomain, TypedDataField } from "ethers";
import { AbstractSigner, TypedDataEncoder } from "ethers";
import type { Sign, ToSign } from "../acts.js";

/** The person's account, as the SDK takes signers: it signs typed data, and nothing else. */
export class AskingSigner extends AbstractSigner {
  readonly #account: string;
  readonly #sign: Sign;

  constructor(account: string, sign: Sign) {
    super();
    this.#account = account;
    this.#sign = sign;
  }

  getAddress(): Promise<string> {
    return Promise.resolve(this.#account);
  }

  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    message: Record<string, unknown>,
  ): Promise<string> {
    const { primaryType } = TypedDataEncoder.from(types);
    // The SDK's domains have all of it.
    return this.#sign({ domain: domain as ToSign["domain"], types, primaryType, message });
  }

  connect(): never {
    throw new TypeError("It only signs typed data");
  }

  signMessage(): never {
    throw new TypeError("It only signs typed data");
  }

  signTransaction(): never {
    throw new TypeError("It only signs typed data");
  }
}
