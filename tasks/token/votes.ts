import { findNicknames } from "../../sdk/community/nicknames.js";
import { parseAccount } from "../../sdk/token/account.js";
import type { Votes } from "../../sdk/token/votes.js";
import { parseAt, readPastVotes, readVotes } from "../../sdk/token/votes.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { alignRight, formatMoment, heading, print, printJson, styled, table } from "../output.js";
import { showAccount } from "./show.js";

interface Arguments {
  account: string;
  at: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, at, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const account = parseAccount(live, text);
  const votes =
    at === undefined
      ? await readVotes(live, account)
      : await readPastVotes(live, account, await parseAt(live, at));
  const { symbol } = live;
  const { delegate, role = null } = votes;
  const nicknames = await findNicknames(live, [account, delegate]);
  const nickname = nicknames.get(account) ?? null;
  if (json) printJson({ dao: live.record.slug, symbol, ...votes, role, nickname });
  else printVotes(votes, symbol, live.now, nicknames);
});

function printVotes(votes: Votes, symbol: string, now: number, nicknames: ReadonlyMap<string, string>): void {
  const { account, at, delegate, delegatedAway, earned, received, tokens } = votes;
  heading(showAccount(account, votes.role, nicknames.get(account)));
  if (at !== now) print(`  as of ${formatMoment(at, now)}`);
  const away = delegate !== account;
  const rows = [
    ["Tokens", formatAmount(tokens), symbol],
    ["Earned by contributing", formatAmount(earned), ""],
    [
      "Delegated to others",
      away ? `− ${formatAmount(delegatedAway)}` : "0",
      away ? `to ${showAccount(delegate, undefined, nicknames.get(delegate))}` : "",
    ],
    ["Delegated by others", formatAmount(received), ""],
    ["Votes", styled("bold", formatAmount(votes.votes)), ""],
  ];
  table(alignRight(rows, 1));
  if (!votes.counts) print("\n  The treasury doesn't vote: the governor counts these votes nowhere.");
}
