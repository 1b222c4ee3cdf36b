import type { LiveDao, ProposalState, RawBadge } from "@kyoso/sdk";
import { badgeRead, readKindNames, readLedger, readRewardSeason } from "@kyoso/sdk";
import type { HomeView, NewBadge } from "../answers.js";
import { answerOf, electorateReads, handoverOf, handoverReads, readBesideLogs, seasonOf } from "./common.js";
import { readIdeaCallList } from "./ideas.js";
import { openProposals, summaryOf } from "./proposals.js";

/** How many of the newest badges are shown. */
const NEWEST = 5;

export async function readHome(live: LiveDao): Promise<HomeView> {
  const [{ open, count }, { open: calls }, season, { newest, members }, values] = await Promise.all([
    openProposals(live),
    readIdeaCallList(live),
    readRewardSeason(live, undefined, "shown"),
    readNewest(live),
    readBesideLogs<unknown>(live, [...electorateReads(live), ...handoverReads(live)]),
  ]);
  const [circulating, earned, ...others] = values;
  const shown = open.map(({ found, quorum }) => summaryOf(found, quorum));
  const of = (...states: readonly ProposalState[]) => shown.filter(({ state }) => states.includes(state));
  return {
    ...answerOf(live),
    electorate: (circulating as bigint) + (earned as bigint),
    open: of("Active").sort((a, b) => a.deadline - b.deadline),
    pending: of("Pending"),
    passed: of("Succeeded", "Queued"),
    proposals: count,
    season: seasonOf(season),
    newest,
    members,
    handover: handoverOf(others),
    calls,
  };
}

/** The badges that were awarded last and are held. */
async function readNewest(live: LiveDao): Promise<{ newest: NewBadge[]; members: number }> {
  const ledger = await readLedger(live);
  const ids = ledger.ids.slice(-NEWEST).reverse();
  const [badges, kinds] = await Promise.all([
    live.readMany<RawBadge>(ids.map((id) => badgeRead(live, "badgeOf", [id]))),
    readKindNames(live, new Set(ids.map((id) => ledger.awardOf(id)?.award.kind ?? 0))),
  ]);
  const newest = badges.map(({ account, kind, points, awardedAt }, i) => ({
    id: ids[i] ?? 0,
    ...{ account, points, awardedAt },
    kind: kinds.get(kind) ?? "",
  }));
  return { newest, members: ledger.members };
}
