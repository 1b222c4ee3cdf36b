import { useContext } from "react";
import type { Accounts } from "./AccountsContext.js";
import { AccountsContext } from "./AccountsContext.js";

/** The account of who reads the page; undefined where none was chosen on this device. */
export function useAccount(): Pick<Accounts, "account" | "open" | "leave"> {
  const { account, open, leave } = useAccounts();
  return { account, open, leave };
}

/** The same, with what only the account's own views need. */
export function useAccounts(): Accounts {
  const accounts = useContext(AccountsContext);
  if (accounts === undefined) throw new TypeError("There are no accounts around this");
  return accounts;
}
