import { isAddress } from "ethers";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { parseAccount } from "../token/account.js";
import { formatAmount, formatDuration } from "../units.js";
import { parseBadgeId, requireHeld } from "./held.js";
import type { BadgeKind } from "./kinds/kinds.js";
import { readKinds } from "./kinds/kinds.js";
import type { BadgeLedger } from "./ledger.js";
import { readLedger } from "./ledger.js";
import type { RawBadge } from "./reads.js";
import { badgeRead } from "./reads.js";

/** A badge whose votes the token's bounds withheld. */
export interface WithheldBadge {
  readonly id: number;
  readonly account: string;
  readonly votes: bigint;
}

/** What is to be granted now, and what the bounds don't let through yet. */
export interface VotesGrant {
  readonly plan: Plan;
  readonly granted: readonly WithheldBadge[];
  readonly left: readonly WithheldBadge[];
}

/** Votes of a badge's kind that it hasn't given. */
export function withheldOf(
  badge: Pick<RawBadge, "votes">,
  kind: Pick<BadgeKind, "votes"> | undefined,
): bigint {
  return (kind?.votes ?? 0n) - (kind === undefined ? 0n : badge.votes);
}

/**
 * The badges that are meant: numbers separated by commas, or an account, for all that it has.
 *
 * @throws KyosoError for a text that is neither, and for badges that nobody has.
 */
export function parseBadges(
  live: LiveDao,
  ledger: BadgeLedger,
  kinds: readonly BadgeKind[],
  text: string,
): number[] {
  if (isAddress(text.trim())) return ledger.badgesOf(parseAccount(live, text));
  const ids = [...new Set(text.split(",").map((part) => parseBadgeId(part, "badges")))];
  for (const id of ids) requireHeld(ledger, id, kinds);
  return ids;
}

/**
 * Plans to give badges the votes that were withheld, as far as the token's bounds let them through at this moment. Anybody
 * may.
 *
 * @param text As {@link parseBadges} takes it.
 * @throws KyosoError where there is nothing to give, or nothing fits.
 */
export async function planGrantVotes(live: LiveDao, text: string): Promise<VotesGrant> {
  const [ledger, kinds, halted, limits] = await Promise.all([
    readLedger(live),
    readKinds(live),
    live.contracts.badge.halted(),
    live.contracts.token.contributionLimit(),
  ]);
  const ids = parseBadges(live, ledger, kinds, text);
  const badges = await live.readMany<RawBadge>(ids.map((id) => badgeRead(live, "badgeOf", [id])));
  const withheld = badges.flatMap((badge, i): WithheldBadge[] => {
    const kind = kinds.find(({ number }) => number === badge.kind);
    const votes = withheldOf(badge, kind);
    return votes === 0n ? [] : [{ id: ids[i] ?? 0, account: badge.account, votes }];
  });
  if (halted) {
    throw KyosoError.of("awards.halted", {
      data: {},
      place: "votes",
      message: "They are halted, with all awards: one of the Safe's owners has stopped them",
      remedy: "Try again once a steward has resumed them.",
    });
  }
  if (withheld.length === 0) {
    throw KyosoError.of("votes.nothing-withheld", {
      data: { badges: ids },
      place: "badges",
      message: "No votes of them are withheld",
      remedy: "Look at what is with `npx hardhat badge show <account>`.",
    });
  }
  let { available } = limits;
  const granted: WithheldBadge[] = [];
  const left: WithheldBadge[] = [];
  for (const badge of withheld) {
    const fits = badge.votes <= available;
    if (fits) available -= badge.votes;
    (fits ? granted : left).push(badge);
  }
  if (granted.length === 0) {
    const [bucket, window] = [limits.limit.amount, Number(limits.limit.window)];
    const votes = withheld.reduce((sum, badge) => sum + badge.votes, 0n);
    throw new KyosoError(
      problem("votes.limit-short", {
        data: { votes, available, symbol: live.symbol },
        place: "votes",
        message: `${formatAmount(votes, live.symbol)} are withheld, and the limits of earned votes let only ${formatAmount(available, live.symbol)} through at present`,
        remedy: `Try again later: a bucket of ${formatAmount(bucket, live.symbol)} fills up within ${formatDuration(window)}. Where the share is reached, only a proposal can raise it.`,
      }),
    );
  }
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  const title = `Give the votes of ${granted.length} ${granted.length === 1 ? "badge" : "badges"} that were withheld`;
  const grant = call(badge, "grantVotes", [granted.map(({ id }) => id)], title);
  return { plan: { title, calls: [grant] }, granted, left };
}
