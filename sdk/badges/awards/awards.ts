import type { Call, Plan } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import { INTERFACES } from "../../calls/known.js";
import { TRANSACTION_GAS_CAP } from "../../chain/limits.js";
import type { Via } from "../../execute/via.js";
import type { Award } from "./contribution.js";
import type { BadgeKind } from "../kinds/kinds.js";

/** What a batch needs to know of a kind. */
export type AwardKind = Pick<BadgeKind, "number" | "name" | "votes">;

/** Badges of one kind that are awarded by one call. */
export interface Batch {
  readonly kind: AwardKind;
  readonly awards: readonly Award[];
}

// In gas a badge, as `npm run gas` measures it and docs/gas.md bounds it: for an account without a badge, for one that has
// some, and with votes.
const BADGE_GAS = 52_000n;
const FURTHER_BADGE_GAS = 33_000n;
const VOTING_BADGE_GAS = 250_000n;

/**
 * What is left of a transaction's gas beside the awards: for the Safe's own work, and for what each contract on the way has to
 * keep for itself (a 64th); a proposal has more of them on its way.
 */
const ROOM = 500_000n;
const PROPOSAL_ROOM = 1_500_000n;

/** What is known of the accounts, and of the transactions, that badges are awarded with. */
export interface Packing {
  /** Most gas of a transaction, where a block has less than any chain lets one have. */
  readonly gasLimit?: bigint;
  /** Whether an account has a badge already, so that another one is cheaper. */
  readonly hasBadges?: (account: string) => boolean;
  readonly via?: Via;
}

/** The gas that awards take, as far as it can be said beforehand. */
export function gasOfAwards(batches: readonly Batch[], { hasBadges = () => false }: Packing = {}): bigint {
  const known = new Set<string>();
  return batches
    .flatMap(({ kind, awards }) => awards.map(({ account }) => gasOf(kind, account, known, hasBadges)))
    .reduce((sum, gas) => sum + gas, 0n);
}

/** @param known The accounts that get a badge before; this one is added. */
function gasOf(
  { votes }: AwardKind,
  account: string,
  known: Set<string>,
  hasBadges: (account: string) => boolean,
): bigint {
  const further = known.has(account) || hasBadges(account);
  known.add(account);
  if (votes > 0n) return VOTING_BADGE_GAS;
  return further ? FURTHER_BADGE_GAS : BADGE_GAS;
}

/**
 * Sorts awards by kind, and cuts what doesn't fit one transaction.
 *
 * @returns For each transaction its batches, which have to fit it together: a Safe makes one of them.
 */
export function cutBatches(
  awards: readonly Award[],
  kinds: readonly AwardKind[],
  { gasLimit = TRANSACTION_GAS_CAP, hasBadges = () => false, via }: Packing = {},
): Batch[][] {
  const limit = gasLimit < TRANSACTION_GAS_CAP ? gasLimit : TRANSACTION_GAS_CAP;
  const room = limit - (via === "proposal" ? PROPOSAL_ROOM : ROOM);
  const byKind = new Map<number, Award[]>();
  for (const award of awards) {
    const same = byKind.get(award.kind);
    if (same === undefined) byKind.set(award.kind, [award]);
    else same.push(award);
  }
  const transactions: { kind: AwardKind; awards: Award[] }[][] = [];
  // Whoever gets the first badge in an earlier transaction may get the second one before, if that one is sent first.
  let known = new Set<string>();
  let gas = room;
  for (const kind of kinds) {
    for (const award of byKind.get(kind.number) ?? []) {
      let each = gasOf(kind, award.account, known, hasBadges);
      if (gas + each > room) {
        transactions.push([]);
        known = new Set();
        each = gasOf(kind, award.account, known, hasBadges);
        gas = 0n;
      }
      gas += each;
      const batches = transactions.at(-1) ?? [];
      const last = batches.at(-1);
      if (last?.kind === kind) last.awards.push(award);
      else batches.push({ kind, awards: [award] });
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
  packing: Packing = {},
): Plan[] {
  const transactions = cutBatches(awards, kinds, packing);
  return transactions.map((batches, i) => ({
    title: `Awarding badges${transactions.length === 1 ? "" : `, ${i + 1} of ${transactions.length}`}`,
    calls: batches.map((batch) => awardCall(badge, batch, evidenceURI)),
  }));
}
