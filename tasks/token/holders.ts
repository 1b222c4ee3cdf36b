import { withNicknames } from "../../sdk/community/nicknames.js";
import type { Holder } from "../../sdk/token/holders.js";
import { readHolders } from "../../sdk/token/holders.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { alignRight, heading, number, print, printJson, styled, table } from "../output.js";
import { showAccount, showShare } from "./show.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const { holders: found, supply, circulating, earned } = await readHolders(live);
  const holders = await withNicknames(live, found);
  const { symbol } = live;
  if (json) {
    printJson({
      dao: live.record.slug,
      symbol,
      block: live.block,
      supply,
      circulating,
      earned,
      holders: holders.map((holder) => ({
        ...holder,
        role: holder.role ?? null,
        share: holder.share ?? null,
      })),
    });
    return;
  }
  const people = holders.filter(
    ({ share, tokens, earned: votes }) => share !== undefined && tokens + votes > 0n,
  ).length;
  heading(`${number(people)} ${people === 1 ? "holder" : "holders"} of ${symbol}`);
  const [head, ...rows] = alignRight(
    [["account", "tokens", "earned votes", "votes", "share"], ...holders.map(row)],
    1,
    2,
    3,
    4,
  );
  table(rows, head);
  print(
    `\n  ${formatAmount(circulating, symbol)} of ${formatAmount(supply, symbol)} circulate: not what the treasury holds, which doesn't vote either. ${formatAmount(earned)} votes were earned beside them.`,
  );
});

function row(holder: Holder & { readonly nickname: string | null }): string[] {
  const { account, role, nickname, tokens, earned, delegate, votes, share } = holder;
  const away = delegate === account ? "" : styled("dim", ` (delegates)`);
  return [
    `${showAccount(account, role, nickname)}${away}`,
    formatAmount(tokens),
    earned === 0n ? "" : formatAmount(earned),
    role === "treasury" ? styled("dim", "–") : formatAmount(votes),
    share === undefined ? styled("dim", "–") : showShare(share),
  ];
}
