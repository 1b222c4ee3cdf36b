import { findNicknames } from "../../sdk/community/nicknames.js";
import { parseAccount } from "../../sdk/token/account.js";
import { readBalance } from "../../sdk/token/votes.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, printJson, table } from "../output.js";
import { showAccount, showShare, showVotes } from "./show.js";

interface Arguments {
  account: string;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const balance = await readBalance(live, parseAccount(live, text));
  const { account, role, tokens, earned, delegate, circulating, share } = balance;
  const { symbol } = live;
  const nicknames = await findNicknames(live, [account, delegate]);
  const nickname = nicknames.get(account) ?? null;
  if (json) {
    const nulls = { role: role ?? null, nickname, share: share ?? null };
    printJson({ dao: live.record.slug, symbol, ...balance, ...nulls });
    return;
  }
  heading(showAccount(account, role, nickname));
  table([
    ["Tokens", formatAmount(tokens, symbol)],
    ["Earned by contributing", showVotes(earned)],
    [
      "Share of what circulates",
      share === undefined
        ? "none: these tokens don't circulate"
        : `${showShare(share)} of ${formatAmount(circulating, symbol)}`,
    ],
    [
      "Who votes with both",
      role === "treasury"
        ? "nobody: the treasury doesn't vote"
        : delegate === account
          ? "itself"
          : showAccount(delegate, undefined, nicknames.get(delegate)),
    ],
  ]);
});
