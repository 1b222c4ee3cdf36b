import type { Plan } from "../../calls/plan.js";
import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { requireIdle } from "../../execute/idle.js";
import type { Via } from "../../execute/via.js";
import type { LiveDao } from "../../live.js";
import type { Packing } from "../../badges/awards/awards.js";
import { cutBatches, gasOfAwards, planAwards } from "../../badges/awards/awards.js";
import type { Contribution } from "../../badges/awards/contribution.js";
import { EvidenceJournal } from "./journal.js";
import type { Award } from "../../badges/awards/contribution.js";
import type { BadgeKind } from "../../badges/kinds/kinds.js";
import type { BadgeLedger } from "../../badges/ledger.js";
import { readNewestLedger } from "../../badges/ledger.js";
import { findPending } from "./pending.js";
import { checkAwards } from "../../badges/awards/readiness.js";
import type { Standing } from "../../badges/awards/standing.js";
import { standingOf, unknownAwards, writtenHashes } from "../../badges/awards/standing.js";
import { tryBatches } from "../../badges/awards/trial.js";

/** Where awards are made from. */
export interface AwardOptions {
  readonly via: Via;
  /** Who makes them: the account, the Safe or the timelock. */
  readonly actor: string;
  /** Folder of the evidence journal. */
  readonly folder: string;
  /** Folder of the files that wait for somebody. */
  readonly outbox: string;
  /** Where the evidence can be asked for; goes with every badge. */
  readonly evidenceURI?: string;
  /** Called as the awards are tried, with how many batches are done. */
  readonly onProgress?: (part: number, whole: number) => void;
}

/** Awards that can be made: nothing is written or sent yet. */
export interface PreparedAwards {
  readonly journal: EvidenceJournal;
  /** Of every contribution, in their order. */
  readonly standings: readonly Standing[];
  /** What the journal has to have before the plans are carried out. */
  readonly unwritten: readonly Award[];
  readonly plans: readonly Plan[];
  /** The gas that each plan's awards take, as far as it can be said beforehand. */
  readonly gas: readonly bigint[];
  readonly warnings: readonly Problem[];
}

/**
 * Finds out which contributions are still to be awarded, makes sure that they can be, and plans it. Contributions that
 * were awarded, or wait for the Safe's owners, are left out: running the same again does what is missing.
 *
 * @throws KyosoError for whatever stands in the way; nothing was sent.
 */
export async function prepareAwards(
  live: LiveDao,
  contributions: readonly Contribution[],
  kinds: readonly BadgeKind[],
  { via, actor, folder, outbox, evidenceURI = "", onProgress }: AwardOptions,
): Promise<PreparedAwards> {
  const journal = await EvidenceJournal.open(folder);
  journal.requireWhole();
  // First this: what is confirmed before can be seen on the chain after.
  if (via === "signer") await requireIdle(actor, live.provider);
  const { standings, ledger } = await readStandings(live, contributions, journal, outbox);
  const open = standings.flatMap((standing) => (standing.state === "open" ? [standing] : []));
  const awards = open.map(({ award }) => award);
  const underWay = standings.filter(({ state }) => state === "under way").map(({ award }) => award);
  const warnings = [
    ...unknownWarning(awards, journal, ledger),
    ...(await checkAwards(live, kinds, { awards, underWay, actor })),
  ];
  const block = await live.provider.getBlock("latest");
  const members = new Set(ledger.holders);
  const packing: Packing = {
    via,
    hasBadges: (account) => members.has(account),
    ...(block === null ? {} : { gasLimit: block.gasLimit }),
  };
  const transactions = cutBatches(awards, kinds, packing);
  await tryBatches(live, actor, transactions.flat(), evidenceURI, onProgress);
  return {
    journal,
    standings,
    unwritten: open.filter(({ written }) => !written).map(({ award }) => award),
    plans: planAwards(live.record.contracts.badge, awards, kinds, evidenceURI, packing),
    gas: transactions.map((batches) => gasOfAwards(batches, packing)),
    warnings,
  };
}

/** How far contributions have come, as of now. */
export async function readStandings(
  live: LiveDao,
  contributions: readonly Contribution[],
  journal: EvidenceJournal,
  outbox: string,
): Promise<{ standings: Standing[]; ledger: BadgeLedger }> {
  const pending = await findPending(outbox, writtenHashes(contributions, journal), live.provider);
  // After the files: one that is carried out in between is seen here.
  const ledger = await readNewestLedger(live);
  return { standings: standingOf(contributions, journal, ledger, pending), ledger };
}

function unknownWarning(awards: readonly Award[], journal: EvidenceJournal, ledger: BadgeLedger): Problem[] {
  const unknown = unknownAwards(awards, journal, ledger);
  const [first] = unknown;
  if (first === undefined) return [];
  const more = unknown.length === 1 ? "" : ` and ${unknown.length - 1} more`;
  return [
    problem("journal.unknown-badges", {
      data: { file: journal.file, account: first.account, count: unknown.length },
      place: journal.file,
      message: `It knows nothing of badges of the same kind that ${first.account}${more} have already`,
      remedy:
        "If they were awarded for the same, from another computer, stop here and copy its file to this place: otherwise they are awarded twice.",
    }),
  ];
}
