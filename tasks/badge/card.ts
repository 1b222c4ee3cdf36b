import path from "node:path";
import { chooseBadge, parseBadgeId } from "../../sdk/badges/held.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { readLedger } from "../../sdk/badges/ledger.js";
import { replaceFile } from "../../sdk/node/files.js";
import { withheldOf } from "../../sdk/badges/withheld.js";
import { oneLine } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { shownPath } from "../commandLine.js";
import { done, print, printJson } from "../output.js";

interface Arguments {
  account: string;
  out: string | undefined;
  badge: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, out = "card.svg", badge, dao, json }, hre) => {
  const wanted = badge === undefined ? undefined : parseBadgeId(badge, "--badge");
  const { live } = await openLive(hre, dao);
  const account = parseAccount(live, text);
  const [ledger, kinds] = await Promise.all([readLedger(live), readKinds(live)]);
  const { id, kind } = chooseBadge(ledger, account, wanted, kinds);
  const svg = await live.contracts.badge.card(id, { blockTag: live.block });
  const file = path.resolve(out);
  const { rank, name } = await live.contracts.badge.titleOf(account, { blockTag: live.block });
  const { votes } = await live.contracts.badge.badgeOf(id, { blockTag: live.block });
  const withheld = withheldOf({ votes }, kind);
  const title = rank === 0n ? null : { rank: Number(rank), name };
  await replaceFile(file, svg);
  if (json)
    printJson({
      dao: live.record.slug,
      badge: id,
      account,
      kind: { number: kind.number, name: kind.name },
      title,
      votes,
      withheld,
      file,
    });
  else {
    const whose = title === null ? "" : `, of a member with the title "${oneLine(title.name)}"`;
    done(`Badge ${id}, "${oneLine(kind.name)}"${whose}: ${shownPath(file)}`);
    if (withheld !== 0n) {
      const amount = formatAmount(withheld, live.symbol);
      print(
        `  Its votes were withheld, ${amount}: npx hardhat badge grant-votes ${id} gives them, once there is room.`,
      );
    }
  }
});
