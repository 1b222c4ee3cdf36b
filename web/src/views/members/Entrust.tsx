import { Suspense } from "react";
import { useAccount } from "../../account/useAccount.js";
import type { MemberView } from "../../reader/answers.js";
import { lateOf } from "../../start/late.js";

// Read when somebody has an account: whoever only reads needs none of it.
const Delegate = lateOf(() => import("./Delegate.js"), "Delegate");

export interface EntrustProps {
  readonly of: MemberView;
  readonly again: () => void;
}

/** Where somebody chooses who votes for them: on their own page, or on the page of whom they trust. */
export function Entrust({ of: view, again }: EntrustProps) {
  const { account } = useAccount();
  if (account === undefined) return null;
  return (
    <Suspense>
      <Delegate key={account.address} of={view} again={again} account={account} />
    </Suspense>
  );
}
