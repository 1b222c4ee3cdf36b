import type { PageDocument } from "@kyoso/sdk/page";
import type { Account } from "./account.js";

/** The account of a wallet; what speaks with wallets is read when it is first asked for something. */
export function lateWallet(id: string, address: string, document: PageDocument): Account {
  const whole = async () => {
    const { walletAccount } = await import("./walletAccount.js");
    return walletAccount(id, address, document);
  };
  return {
    kind: "wallet",
    address,
    sign: async (data) => (await whole()).sign(data),
    send: async (call) => (await whole()).send(call),
  };
}
