import type { Condition, LiveDao } from "@kyoso/sdk";
import { groupsOf, missingFor, readKindNames, readPerks, readStandings, readTitles } from "@kyoso/sdk";
import type { ConditionView, PerksView } from "../answers.js";
import { answerOf } from "./common.js";

/** All perks; with an account, what of them it gets. Null where the DAO has no passes, and so no perks. */
export async function readPerksPage(live: LiveDao, account: string | undefined): Promise<PerksView | null> {
  if (live.record.modules?.pass === undefined) return null;
  const perks = await readPerks(live);
  const conditions = perks.flatMap((perk) => perk.conditions);
  const open = perks.filter(({ closed }) => !closed);
  const [kinds, titles, standings] = await Promise.all([
    readKindNames(live, new Set(conditions.flatMap(({ kind }) => kind ?? []))),
    readTitles(live),
    account === undefined ? [] : readStandings(live, open, account),
  ]);
  const viewOf = ({ subject, amount, kind }: Condition): ConditionView => ({
    ...{ subject, amount },
    name:
      kind !== null
        ? (kinds.get(kind) ?? "")
        : subject === "rank"
          ? (titles[amount - 1]?.name ?? null)
          : null,
  });
  return {
    ...answerOf(live),
    perks: perks.map((perk) => {
      const standing = standings.find(({ perk: { number } }) => number === perk.number);
      const { number, name, uri, once, byPass, closed } = perk;
      return {
        ...{ number, name, uri, once, byPass, closed },
        rule: groupsOf(perk.conditions).map((group) => group.map(({ condition }) => viewOf(condition))),
        eligible: standing?.eligible ?? null,
        missing: standing === undefined || standing.eligible ? [] : missingFor(standing).map(viewOf),
      };
    }),
  };
}
