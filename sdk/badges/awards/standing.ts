import type { Award, Contribution, EvidenceBook } from "./contribution.js";
import { makeEvidence } from "./evidence.js";
import type { BadgeLedger } from "../ledger.js";

/** A contribution, and how far its award has come. */
export type Standing =
  | { readonly state: "awarded"; readonly award: Award; readonly badge: number }
  | { readonly state: "under way"; readonly award: Award; readonly file: string }
  | { readonly state: "open"; readonly award: Award; readonly written: boolean };

/**
 * How far contributions have come. The journal knows the same contribution by what it is, and not by its file; the ledger
 * knows which hash was awarded; `pending` has the files that wait for somebody, by hash.
 *
 * @returns In their order. What is open has its evidence: the one that was written down before (`written`), or a new one.
 */
export function standingOf(
  contributions: readonly Contribution[],
  journal: EvidenceBook,
  ledger: BadgeLedger,
  pending: ReadonlyMap<string, string>,
): Standing[] {
  return contributions.map((contribution): Standing => {
    const entries = journal.entriesFor(contribution);
    const asAward = ({ evidence }: Award): Award => ({ ...contribution, evidence });
    // What was awarded to an account that was lost is its member's still.
    const former = ledger
      .predecessorsOf(contribution.account)
      .flatMap((account) => journal.entriesFor({ ...contribution, account }));
    for (const entry of [...entries, ...former]) {
      const badge = ledger.badgeFor(entry.evidence.hash);
      if (badge !== undefined) return { state: "awarded", award: asAward(entry), badge };
    }
    for (const entry of entries) {
      const file = pending.get(entry.evidence.hash);
      if (file !== undefined) return { state: "under way", award: asAward(entry), file };
    }
    const [written] = entries;
    const award =
      written === undefined
        ? { ...contribution, evidence: makeEvidence(contribution.text) }
        : asAward(written);
    return { state: "open", award, written: written !== undefined };
  });
}

/** Hashes that were written down for contributions, and of which it isn't known yet whether they were awarded. */
export function writtenHashes(contributions: readonly Contribution[], journal: EvidenceBook): Set<string> {
  return new Set(
    contributions.flatMap((contribution) =>
      journal.entriesFor(contribution).map(({ evidence }) => evidence.hash),
    ),
  );
}

/**
 * Contributions for which their account holds a badge of the same kind that the journal knows nothing of: it may have been
 * awarded for the same, from another computer.
 */
export function unknownAwards(awards: readonly Award[], journal: EvidenceBook, ledger: BadgeLedger): Award[] {
  const unknown = new Set<string>();
  for (const { kind, firstId, evidence } of ledger.awards) {
    for (const [i, hash] of evidence.entries()) {
      const holder = ledger.holderOf(firstId + i);
      if (holder !== undefined && journal.entryOf(hash) === undefined) unknown.add(`${kind} ${holder}`);
    }
  }
  return awards.filter(({ kind, account }) => unknown.has(`${kind} ${account}`));
}
