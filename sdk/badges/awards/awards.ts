import type { Call, Plan } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import { INTERFACES } from "../../calls/known.js";
import { TRANSACTION_GAS_CAP } from "../../chain/limits.js";
import type { Award } from "./contribution.js";
import type { BadgeKind } from "../kinds/kinds.js";

/** What a batch needs to know of a kind. */
export type AwardKind = Pick<BadgeKind, "number" | "name" | "votes">;

/** Badges of one kind that are awarded by one call. */
export interface Batch {
  readonly kind: AwardKind;
  readonly awards: readonly Award[];
}

// Upper estimates, in gas a badge, of what `npm run gas` measures.
const BADGE_GAS = 55_000n;
const VOTING_BADGE_GAS = 300_000n;
// Room in a transaction for the Safe's own work.
const BATCH_GAS = TRANSACTION_GAS_CAP - 1_500_000n;

/**
 * Sorts awards by kind, and cuts what doesn't fit one transaction.
 *
 * @returns For each transaction its batches, which have to fit it together: a Safe makes one of them.
 */
export function cutBatches(awards: readonly Award[], kinds: readonly AwardKind[]): Batch[][] {
  const byKind = new Map<number, Award[]>();
  for (const award of awards) {
    const same = byKind.get(award.kind);
    if (same === undefined) byKind.set(award.kind, [award]);
    else same.push(award);
  }
  const transactions: Batch[][] = [];
  let gas = BATCH_GAS;
  for (const kind of kinds) {
    const all = byKind.get(kind.number) ?? [];
    const each = kind.votes > 0n ? VOTING_BADGE_GAS : BADGE_GAS;
    for (let next = 0; next < all.length;) {
      let room = Number((BATCH_GAS - gas) / each);
      if (room === 0) {
        transactions.push([]);
        gas = 0n;
        room = Number(BATCH_GAS / each);
      }
      const part = all.slice(next, next + room);
      transactions.at(-1)?.push({ kind, awards: part });
      gas += each * BigInt(part.length);
      next += part.length;
    }
  }
  return transactions;
}

/**
 * The call that awards a batch.
 *
 * @param badge Address of the ContributionBadge.
 * @param evidenceURI Where the evidence can be asked for; may be empty.
 */
export function awardCall(badge: string, { kind, awards }: Batch, evidenceURI = ""): Call {
  const contract = { name: "badge", address: badge, interface: INTERFACES.badge };
  const accounts = awards.map(({ account }) => account);
  const hashes = awards.map(({ evidence }) => evidence.hash);
  const people = new Set(accounts).size;
  const purpose = `Award "${kind.name}" to ${people} ${people === 1 ? "person" : "people"}`;
  return awards.length === 1 && evidenceURI === ""
    ? call(contract, "award", [kind.number, accounts[0], hashes[0]], purpose)
    : call(contract, "awardBatch", [kind.number, accounts, hashes, evidenceURI], purpose);
}

/** Plans to award badges: a plan for each transaction of a Safe, each within the gas of one. */
export function planAwards(
  badge: string,
  awards: readonly Award[],
  kinds: readonly AwardKind[],
  evidenceURI = "",
): Plan[] {
  const transactions = cutBatches(awards, kinds);
  return transactions.map((batches, i) => ({
    title: `Awarding badges${transactions.length === 1 ? "" : `, ${i + 1} of ${transactions.length}`}`,
    calls: batches.map((batch) => awardCall(badge, batch, evidenceURI)),
  }));
}
