import type { LiveDao } from "@kyoso/sdk";
import {
  badgeRead,
  findMintable,
  passRead,
  readKindNames,
  readLedger,
  readPassesOf,
  readPassTerms,
  readTitles,
} from "@kyoso/sdk";
import type { PassesView } from "../answers.js";
import { answerOf } from "./common.js";

/** As many passes are shown of one holder: anybody can send somebody passes. */
const MOST = 6;

/** The passes that an account holds, and the one that it could have; null where the DAO has none. */
export async function readPasses(live: LiveDao, account: string): Promise<PassesView | null> {
  if (live.record.modules?.pass === undefined) return null;
  const [terms, numbers, titles, [rank = 0, points = 0]] = await Promise.all([
    readPassTerms(live),
    readPassesOf(live, account),
    readTitles(live),
    live.readMany<bigint | number>([
      badgeRead(live, "rankOf", [account]),
      badgeRead(live, "pointsOf", [account]),
    ]),
  ]);
  const { kind } = terms;
  const shown = numbers.slice(0, MOST);
  const [pictures, kinds, mintable] = await Promise.all([
    live.readMany<string>(shown.map((number) => passRead(live, "card", [number]))),
    kind === null ? new Map<number, string>() : readKindNames(live, new Set([kind])),
    kind === null ? undefined : findMintable(live, await readLedger(live), account, kind),
  ]);
  return {
    ...answerOf(live),
    account,
    count: numbers.length,
    passes: shown.map((number, i) => ({ number, picture: pictures[i] ?? "" })),
    title: titles[Number(rank) - 1]?.name ?? null,
    points: Number(points),
    kind: kind === null ? null : (kinds.get(kind) ?? ""),
    mintable: mintable ?? null,
  };
}
