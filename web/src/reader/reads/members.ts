import type { LiveDao } from "@kyoso/sdk";
import { readBoard, seasonAt } from "@kyoso/sdk";
import type { MembersView } from "../answers.js";
import { answerOf } from "./common.js";

/** @param number Of a season; null for all time; undefined for the one that runs. */
export async function readMembers(
  live: LiveDao,
  number: number | null | undefined,
): Promise<MembersView | null> {
  const current = seasonAt(live);
  if (typeof number === "number" && (number < 1 || number > current.number)) return null;
  const chosen = number === null ? null : number === undefined ? current : seasonAt(live, number);
  const { season, points, entries } = await readBoard(live, chosen);
  return {
    ...answerOf(live),
    season,
    current: current.number,
    points,
    entries: entries.map(({ rank, account, points: own, badges, title }) => ({
      ...{ rank, account, badges },
      points: own,
      title: title?.name ?? null,
    })),
  };
}
