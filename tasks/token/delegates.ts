import { findNicknames } from "../../sdk/community/nicknames.js";
import type { LiveDao } from "../../sdk/live.js";
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
    const { delegates, themselves } = await readDelegates(live);
    const people = await nicknamesOf(live, delegates);
    if (json) printJson({ dao: slug, delegates: delegates.map((each) => asJson(each, people)), themselves });
    else printAll({ delegates, themselves }, people);
    return;
  }
  const one = await readDelegate(live, parseAccount(live, text, "--account"));
  const people = await nicknamesOf(live, [one]);
  if (json) printJson({ dao: slug, delegates: [asJson(one, people)], themselves: null });
  else printOne(one, people);
});

type Nicknames = ReadonlyMap<string, string>;

/** What all of them call themselves, and whose votes they have. */
function nicknamesOf(live: LiveDao, delegates: readonly Delegate[]): Promise<Nicknames> {
  return findNicknames(
    live,
    delegates.flatMap(({ account, delegate, delegators }) => [
      ...[account, delegate],
      ...delegators.map((delegator) => delegator.account),
    ]),
  );
}

function asJson(delegate: Delegate, people: Nicknames) {
  const named = <Named extends { readonly account: string }>(each: Named) => ({
    ...each,
    nickname: people.get(each.account) ?? null,
  });
  return {
    ...named(delegate),
    role: delegate.role ?? null,
    delegators: delegate.delegators.map((each) => named(each)),
  };
}

function printAll({ delegates, themselves }: Delegates, people: Nicknames): void {
  heading("Who votes with votes of others");
  if (delegates.length === 0) print("  Nobody.");
  for (const { account, role, votes, own, delegators } of delegates) {
    print(
      `  ${showAccount(account, role, people.get(account))} votes with ${styled("bold", showVotes(votes))}`,
    );
    printDelegators(own, delegators, people);
  }
  const many = themselves === 1 ? "1 account votes" : `${number(themselves)} accounts vote`;
  print(`\n  ${many} with votes of their own.`);
}

function printOne({ account, role, delegate, votes, own, delegators }: Delegate, people: Nicknames): void {
  heading(showAccount(account, role, people.get(account)));
  print(
    delegate === account
      ? "  votes with its own votes"
      : `  has delegated its own votes to ${showAccount(delegate, undefined, people.get(delegate))}`,
  );
  print(`  votes with ${styled("bold", showVotes(votes))}`);
  printDelegators(own, delegators, people);
}

function printDelegators(own: bigint, delegators: Delegate["delegators"], people: Nicknames): void {
  const rows = delegators.map(({ account, votes }) => [
    formatAmount(votes),
    `of ${showAccount(account, undefined, people.get(account))}`,
  ]);
  if (own > 0n && rows.length > 0) rows.unshift([formatAmount(own), "of its own"]);
  if (rows.length > 0) table(alignRight(rows, 0).map(([votes = "", of = ""]) => [`  ${votes}`, of]));
}
