import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { findNicknames } from "../../sdk/community/nicknames.js";
import { missingFor, readPerks, readStandings, requirePerk } from "../../sdk/pass/perks.js";
import { oneLine } from "../../sdk/text.js";
import { parseAccount, roleOf } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { openLive, requireSigner } from "../context.js";
import { heading, print, printJson, styled, table } from "../output.js";
import { showAccount } from "../token/show.js";
import { showCondition } from "./print.js";

interface Arguments {
  account: string | undefined;
  perk: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, perk: only, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const account =
    text === undefined ? (await requireSigner(opened, undefined)).address : parseAccount(live, text);
  const all = await readPerks(live);
  const perks = only === undefined ? all.filter(({ closed }) => !closed) : [requirePerk(only, all)];
  const [standings, nicknames] = await Promise.all([
    readStandings(live, perks, account),
    findNicknames(live, [account]),
  ]);
  const nickname = nicknames.get(account) ?? null;
  if (json) {
    printJson({
      dao: live.record.slug,
      account,
      nickname,
      perks: standings.map(({ perk, eligible, met }) => ({
        ...perk,
        eligible,
        conditions: perk.conditions.map((condition, i) => ({ ...condition, met: met[i] ?? false })),
      })),
    });
    return;
  }
  heading(`${live.record.name}: perks of ${showAccount(account, roleOf(live, account), nickname)}`);
  if (standings.length === 0) {
    print("  There is none.");
    return;
  }
  const kinds = await readKinds(live);
  table(
    standings.map((standing) => {
      const { perk, eligible } = standing;
      const missing = missingFor(standing).map((condition) => showCondition(condition, kinds));
      return [
        perk.number.toString(),
        oneLine(perk.name),
        eligible ? styled("green", "has it") : perk.closed ? styled("dim", "closed") : "",
        eligible || missing.length === 0 ? "" : `missing: ${missing.join(" and ")}`,
        perk.once ? styled("dim", "once") : "",
      ];
    }),
  );
});
