import type { PageDocument } from "@kyoso/sdk/page";
import type { ReactNode } from "react";
import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { Accounts } from "./AccountsContext.js";
import { AccountsContext } from "./AccountsContext.js";
import type { KeptAccount } from "./kept.js";
import { keep, readKept } from "./kept.js";
import type { AskPassword } from "./keyedAccount.js";
import { Signer } from "./signer/client.js";
import { AccountTrouble } from "./trouble.js";
import { lateAccount } from "./lateAccount.js";
import { lateOf } from "../start/late.js";

// Read when somebody opens them: whoever only reads needs none of it.
const AccountDialog = lateOf(() => import("./AccountDialog.js"), "AccountDialog");
const PasswordDialog = lateOf(() => import("./PasswordDialog.js"), "PasswordDialog");

interface Asking {
  /** Tries a password. @throws AccountTrouble where it is another one. */
  readonly open: (password: string) => Promise<void>;
  readonly end: (error?: AccountTrouble) => void;
}

interface Props {
  readonly document: PageDocument;
  readonly children: ReactNode;
}

/** Knows the account of who reads, for all that is inside. */
export function WithAccounts({ document, children }: Props) {
  const [kept, setKept] = useState<KeptAccount | undefined>(() => readKept(document));
  const [isOpen, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const signer = useMemo(() => new Signer(document), [document]);
  useEffect(() => {
    // The back-forward cache keeps a page's memory, and its Workers'.
    const leave = () => {
      signer.stop();
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
    };
  }, [signer]);
  const askPassword = useCallback<AskPassword>(
    (open) =>
      new Promise((resolve, reject) => {
        const end = (error?: AccountTrouble) => {
          setAsking(undefined);
          if (error === undefined) resolve();
          else reject(error);
        };
        setAsking({ open, end });
      }),
    [],
  );
  const accountOf = useCallback(
    (of: KeptAccount) => lateAccount(of, { document, signer, askPassword }),
    [document, signer, askPassword],
  );
  const accounts = useMemo<Accounts>(
    () => ({
      ...{ kept, signer },
      account: kept === undefined ? undefined : accountOf(kept),
      open: () => {
        setOpen(true);
      },
      take: (taken) => {
        keep(document, taken);
        setKept(taken);
        return accountOf(taken);
      },
      leave: () => {
        keep(document, undefined);
        setKept(undefined);
        void signer.ask({ do: "lock" });
      },
      unlock: async () => {
        if (kept === undefined || kept.kind === "wallet") return;
        const { unlock } = await import("./keyedAccount.js");
        await unlock(kept, signer, askPassword);
      },
      lock: () => {
        void signer.ask({ do: "lock" });
      },
    }),
    [document, kept, signer, accountOf, askPassword],
  );
  return (
    <AccountsContext value={accounts}>
      {children}
      <Suspense>
        {isOpen && (
          <AccountDialog
            close={() => {
              setOpen(false);
            }}
          />
        )}
        {asking !== undefined && (
          <PasswordDialog
            open={asking.open}
            done={() => {
              asking.end();
            }}
            cancel={() => {
              asking.end(new AccountTrouble("cancelled"));
            }}
          />
        )}
      </Suspense>
    </AccountsContext>
  );
}
