import { ZeroHash } from "ethers";
import { INTERFACES } from "../../calls/known.js";
import { twice } from "../../chain/whole.js";
import type { LiveDao } from "../../live.js";
import type { EvidenceBook } from "../awards/contribution.js";
import { disagree, readLedger } from "../ledger.js";
import { readKinds } from "../kinds/kinds.js";
import type { Recovery } from "../recovery/recoveries.js";
import { isOpen, readRecoveries } from "../recovery/recoveries.js";
import type { Referrals } from "./referrals.js";
import { readReferrals } from "./referrals.js";
import type { OwnTitle } from "../titles/titles.js";
import { readTitles, titleAt } from "../titles/titles.js";
import type { RawBadge, RawMember, Season } from "../reads.js";
import { badgeRead, seasonAt } from "../reads.js";
import { withheldOf } from "../withheld.js";

/** A badge as its member's page shows it. */
export interface MemberBadge {
  readonly id: number;
  /** Number of its kind. */
  readonly kind: number;
  readonly name: string;
  readonly points: number;
  /** In the token's smallest unit: those of its kind, or 0 where the token's bounds withheld them. */
  readonly votes: bigint;
  /** Those of its kind that it hasn't given, as the token's bounds withheld them. */
  readonly withheld: bigint;
  readonly awardedAt: number;
  readonly season: number;
  readonly evidence: {
    /** On the chain; null where the badge has none. */
    readonly hash: string | null;
    /** What the badge is for, if the journal has it. */
    readonly text: string | null;
    /** Where it can be asked for; null where nothing was said. */
    readonly uri: string | null;
  };
}

/** What an account has to show. */
export interface Member {
  readonly account: string;
  readonly points: number;
  /** Null where there are no titles. */
  readonly title: OwnTitle | null;
  /** The current season, and the points of the badges that are held from it. */
  readonly season: Season & { readonly points: number };
  /** Votes earned by contributing, in the token's smallest unit. */
  readonly votes: bigint;
  /** Votes of its badges that the token's bounds withheld, and that anybody can have granted later. */
  readonly withheld: bigint;
  /** The newest first. Those taken back or given up are gone. */
  readonly badges: readonly MemberBadge[];
  readonly referrals: Referrals;
  /** Recoveries from or into this account, but for those that were ended before they moved anything; in the order of their requests. */
  readonly recoveries: readonly Recovery[];
}

/** Reads a member's page. */
export async function readMember(live: LiveDao, account: string, journal: EvidenceBook): Promise<Member> {
  return twice(
    () => readOnce(live, account, journal),
    () => live.forgetLogs("badge"),
  );
}

async function readOnce(live: LiveDao, account: string, journal: EvidenceBook): Promise<Member> {
  const [ledger, kinds, titles, recoveries] = await Promise.all([
    readLedger(live),
    readKinds(live),
    readTitles(live),
    readRecoveries(live),
  ]);
  const season = seasonAt(live);
  const referrals = await readReferrals(live, account, ledger, recoveries);
  const ids = ledger.badgesOf(account).reverse();
  const [member] = await live.readMany<RawMember>([badgeRead(live, "memberOf", [account])]);
  if (member?.badges !== ids.length) throw disagree(account);
  const [points = 0n, votes = 0n] = await live.readMany<bigint>([
    badgeRead(live, "seasonPointsOf", [account, season.number]),
    {
      address: live.record.contracts.token,
      interface: INTERFACES.token,
      name: "contributionVotes",
      args: [account],
    },
  ]);
  const raw = await live.readMany<RawBadge>(ids.map((id) => badgeRead(live, "badgeOf", [id])));
  const kindOf = (badge: RawBadge) => kinds.find(({ number }) => number === badge.kind);
  return {
    account,
    points: Number(member.points),
    title: titleAt(titles, Number(member.points)),
    season: { ...season, points: Number(points) },
    votes,
    withheld: raw.reduce((sum, badge) => sum + withheldOf(badge, kindOf(badge)), 0n),
    badges: raw.map((badge, i) => {
      const id = ids[i] ?? 0;
      const { award, hash = ZeroHash } = ledger.awardOf(id) ?? {};
      return {
        id,
        kind: badge.kind,
        name: kindOf(badge)?.name ?? "",
        points: badge.points,
        votes: badge.votes,
        withheld: withheldOf(badge, kindOf(badge)),
        awardedAt: badge.awardedAt,
        season: badge.season,
        evidence: {
          hash: hash === ZeroHash ? null : hash,
          text: journal.entryOf(hash)?.evidence.text ?? null,
          uri: award === undefined || award.evidenceURI === "" ? null : award.evidenceURI,
        },
      };
    }),
    referrals,
    recoveries: recoveries.filter(
      (recovery) =>
        (isOpen(recovery) || recovery.state === "done" || recovery.moved.length > 0) &&
        (recovery.oldAccount === account || recovery.newAccount === account),
    ),
  };
}
