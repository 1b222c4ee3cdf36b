import type { Account } from "./account.js";
import type { KeyedAccount } from "./kept.js";
import { touchPasskey } from "./passkey.js";
import type { Signer } from "./signer/client.js";
import { AccountTrouble } from "./trouble.js";

/** Asks somebody for the password of their account; again, where it was wrong. */
export type AskPassword = (open: (password: string) => Promise<void>) => Promise<void>;

/** Has the key of an account made anew, or decrypted, where the Worker doesn't have it. */
export async function unlock(kept: KeyedAccount, signer: Signer, askPassword: AskPassword): Promise<void> {
  if ((await signer.ask({ do: "who" })) === kept.address) return;
  if (kept.kind === "passkey") {
    const { secret } = await touchPasskey(kept.credential);
    await derive(signer, secret, kept.address);
    return;
  }
  await askPassword(async (password) => {
    await signer.ask({ do: "open", keystore: kept.keystore, password, expected: kept.address });
  });
}

/** Hands on what a passkey gave, so that the page doesn't have it any more. */
export async function derive(signer: Signer, secret: ArrayBuffer, expected?: string) {
  const asked = signer.ask({ do: "derive", secret, ...(expected === undefined ? {} : { expected }) }, [
    secret,
  ]);
  const found = await asked;
  if (secret.byteLength !== 0) throw AccountTrouble.of("no-signer", { message: "A secret wasn't handed on" });
  return found;
}

/** The account of a passkey or of a password: its key is in the Worker, and only while it is open. */
export function keyedAccount(kept: KeyedAccount, signer: Signer, askPassword: AskPassword): Account {
  return {
    kind: kept.kind,
    address: kept.address,
    sign: async (data) => {
      await unlock(kept, signer, askPassword);
      return signer.ask({ do: "sign", data });
    },
  };
}
