import { parseAccount } from "../../sdk/token/account.js";
import type { Delegate, Delegates } from "../../sdk/token/delegates.js";
import { readDelegate, readDelegates } from "../../sdk/token/delegates.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { alignRight, heading, number, print, printJson, styled, table } from "../output.js";
import { showAccount, showVotes } from "./show.js";

interface Arguments {
  account: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const { slug } = live.record;
  if (text === undefined) {
    const all = await readDelegates(live);
    if (json) printJson({ dao: slug, delegates: all.delegates.map(asJson), themselves: all.themselves });
    else printAll(all);
    return;
  }
  const one = await readDelegate(live, parseAccount(live, text, "--account"));
  if (json) printJson({ dao: slug, delegates: [asJson(one)], themselves: null });
  else printOne(one);
});

function asJson(delegate: Delegate) {
  return { ...delegate, role: delegate.role ?? null };
}

function printAll({ delegates, themselves }: Delegates): void {
  heading("Who votes with votes of others");
  if (delegates.length === 0) print("  Nobody.");
  for (const { account, role, votes, own, delegators } of delegates) {
    print(`  ${showAccount(account, role)} votes with ${styled("bold", showVotes(votes))}`);
    printDelegators(own, delegators);
  }
  const many = themselves === 1 ? "1 account votes" : `${number(themselves)} accounts vote`;
  print(`\n  ${many} with votes of their own.`);
}

function printOne({ account, role, delegate, votes, own, delegators }: Delegate): void {
  heading(showAccount(account, role));
  print(delegate === account ? "  votes with its own votes" : `  has delegated its own votes to ${delegate}`);
  print(`  votes with ${styled("bold", showVotes(votes))}`);
  printDelegators(own, delegators);
}

function printDelegators(own: bigint, delegators: Delegate["delegators"]): void {
  const rows = delegators.map(({ account, votes }) => [formatAmount(votes), `of ${account}`]);
  if (own > 0n && rows.length > 0) rows.unshift([formatAmount(own), "of its own"]);
  if (rows.length > 0) table(alignRight(rows, 0).map(([votes = "", of = ""]) => [`  ${votes}`, of]));
}
