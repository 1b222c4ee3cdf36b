import { createContext } from "react";
import type { Account } from "./account.js";
import type { KeptAccount } from "./kept.js";
import type { Signer } from "./signer/client.js";

/** The account of who reads the page, and what can be done with it. */
export interface Accounts {
  readonly account: Account | undefined;
  /** Opens the dialog to choose an account, or to make one. */
  readonly open: () => void;
  /** Forgets the account on this device. A password's key is gone with it, unless there is a backup. */
  readonly leave: () => void;
  /** What this device remembers of it. */
  readonly kept: KeptAccount | undefined;
  /** Takes an account that was just chosen or made, and remembers it. */
  readonly take: (account: KeptAccount) => Account;
  /** Has the account's key made anew, or decrypted, for what needs it; asks the person. Nothing for a wallet. */
  readonly unlock: () => Promise<void>;
  /** Forgets the key until it is needed again. */
  readonly lock: () => void;
  readonly signer: Signer;
}

/** Told of an account that was chosen or made, and whether it outlives this device. */
export type Chosen = (account: Account, isSafe: boolean) => void;

export const AccountsContext = createContext<Accounts | undefined>(undefined);
