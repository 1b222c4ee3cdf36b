import type { PageDocument } from "@kyoso/sdk/page";
import type { Account } from "./account.js";
import type { KeptAccount } from "./kept.js";
import type { AskPassword } from "./keyedAccount.js";
import type { Signer } from "./signer/client.js";

interface Around {
  readonly document: PageDocument;
  readonly signer: Signer;
  readonly askPassword: AskPassword;
}

/**
 * The account that this device remembers. What speaks with wallets and passkeys is read when it is first asked for something: most
 * who come only read.
 */
export function lateAccount(kept: KeptAccount, { document, signer, askPassword }: Around): Account {
  if (kept.kind !== "wallet") {
    return {
      kind: kept.kind,
      address: kept.address,
      sign: async (data) => {
        const { keyedAccount } = await import("./keyedAccount.js");
        return keyedAccount(kept, signer, askPassword).sign(data);
      },
    };
  }
  const whole = async () => {
    const { walletAccount } = await import("./walletAccount.js");
    return walletAccount(kept.wallet, kept.address, document);
  };
  return {
    kind: "wallet",
    address: kept.address,
    sign: async (data) => (await whole()).sign(data),
    send: async (call) => (await whole()).send(call),
  };
}
