import type { EvidenceBook, LiveDao } from "@kyoso/sdk";
import {
  badgeRead,
  isOpen,
  readKinds,
  readMember,
  readMemberRewards,
  readTitles,
  readVotes,
} from "@kyoso/sdk";
import type { MemberView } from "../answers.js";
import { answerOf, seasonOf } from "./common.js";

/** What badges are for is with whom they were given to, and not on the page's host. */
const NOTHING_KNOWN: EvidenceBook = { entryOf: () => undefined, entriesFor: () => [] };

export async function readMemberPage(live: LiveDao, account: string): Promise<MemberView> {
  const [member, kinds, titles, rewards, votes] = await Promise.all([
    readMember(live, account, NOTHING_KNOWN),
    readKinds(live),
    readTitles(live),
    readMemberRewards(live, account, account, "shown"),
    readVotes(live, account),
  ]);
  const { brought, referrer } = member.referrals;
  const points = await live.readMany<bigint>(brought.map((each) => badgeRead(live, "pointsOf", [each])));
  const pending = member.recoveries.find((recovery) => isOpen(recovery));
  return {
    ...answerOf(live),
    account,
    points: member.points,
    title: member.title?.name ?? null,
    titles,
    badges: member.badges.map(
      ({ id, kind, name, points: each, season, votes: given, awardedAt, evidence }) => ({
        ...{ id, kind, name, season, awardedAt },
        points: each,
        votes: given,
        description: kinds.find(({ number }) => number === kind)?.description ?? "",
        hasEvidence: evidence.hash !== null,
      }),
    ),
    votes: { votes: votes.votes, earned: votes.earned, tokens: votes.tokens, delegate: votes.delegate },
    referrer,
    brought: brought.map((each, i) => ({ account: each, points: Number(points[i] ?? 0n) })),
    seasons: rewards.seasons.map(({ points: own, totalPoints, rewards: shares, ...season }) => ({
      ...seasonOf({ ...season, points: totalPoints, budgets: shares }),
      own,
      rewards: shares.map(({ token, share, claimed, claimable }) => ({
        ...{ share, claimed, claimable },
        token: token.address,
        symbol: token.symbol,
        decimals: token.decimals,
      })),
    })),
    recovery:
      pending === undefined ? null : { from: pending.oldAccount, to: pending.newAccount, eta: pending.eta },
  };
}
