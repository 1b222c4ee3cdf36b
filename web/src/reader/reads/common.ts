import type { LiveDao, Read, RewardSeason } from "@kyoso/sdk";
import { badgeRead, INTERFACES, phaseOf, readTitles } from "@kyoso/sdk";
import type { Answer, HandoverView, SeasonView } from "../answers.js";

type Contract = Exclude<keyof typeof INTERFACES, "factory">;

/** A view function of a contract of the DAO. */
export function viewOf(
  { record }: LiveDao,
  contract: Contract & keyof LiveDao["record"]["contracts"],
  name: string,
  args: readonly unknown[] = [],
): Read {
  return { address: record.contracts[contract], interface: INTERFACES[contract], name, args };
}

export function answerOf({ now, symbol }: LiveDao): Answer {
  return { now, symbol };
}

/** Reads something in the same request as what is compared with the logs once these are there. */
export async function readBesideLogs<Result>(live: LiveDao, reads: readonly Read[]): Promise<Result[]> {
  await live.logsOf("governor");
  return live.readMany<Result>(reads);
}

/** Votes that can be cast today: what circulates, and what was earned by contributing. */
export function electorateReads(live: LiveDao): readonly Read[] {
  return [viewOf(live, "token", "circulatingSupply"), viewOf(live, "token", "totalContributionVotes")];
}

export function handoverReads(live: LiveDao): readonly Read[] {
  return [
    viewOf(live, "handover", "phase"),
    viewOf(live, "handover", "communityDate"),
    viewOf(live, "governor", "guardianExpiry"),
  ];
}

export function handoverOf([phase, communityDate, vetoUntil]: readonly unknown[]): HandoverView {
  return { phase: phaseOf(phase), communityDate: Number(communityDate), vetoUntil: Number(vetoUntil) };
}

export function seasonOf({
  number,
  start,
  end,
  state,
  opens,
  closes,
  points,
  budgets,
}: RewardSeason): SeasonView {
  return {
    ...{ number, start, end, state, opens, closes, points },
    budgets: budgets.map(({ token, budget, paid }) => ({
      symbol: token.symbol,
      decimals: token.decimals,
      budget,
      paid,
    })),
  };
}

/** The titles in the community of those accounts that have one. */
export async function readTitlesOf(
  live: LiveDao,
  of: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const accounts = [...new Set(of)];
  if (accounts.length === 0) return new Map();
  const [titles, ranks] = await Promise.all([
    readTitles(live),
    live.readMany<bigint | number>(accounts.map((account) => badgeRead(live, "rankOf", [account]))),
  ]);
  return new Map(
    accounts.flatMap((account, i) => {
      const title = titles[Number(ranks[i] ?? 0) - 1];
      return title === undefined ? [] : [[account, title.name] as const];
    }),
  );
}
