import { CsvError, parse } from "csv-parse/sync";
import type { BadgeKindConfig } from "../config/schema.js";
import type { Problem } from "../errors.js";
import { KyosoError } from "../errors.js";
import { TRANSACTION_GAS_CAP } from "../launch/preflight.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { parseAddress } from "../units.js";
import { ContributionBadge__factory } from "../../typechain-types/index.js";
import type { Evidence } from "./evidence.js";
import { makeEvidence } from "./evidence.js";

/** One line of a file of contributions: who did what. */
export interface Contribution {
  /** Number of the badge's kind, from 1. */
  readonly kind: number;
  readonly account: string;
  readonly evidence: Evidence;
}

const COLUMNS = ["kind", "account", "evidence"] as const;

// Upper estimates, in gas a badge, of what `npm run gas` measures.
const BADGE_GAS = 55_000n;
const VOTING_BADGE_GAS = 300_000n;
// Room in a transaction for the Safe's own work.
const BATCH_GAS = TRANSACTION_GAS_CAP - 1_500_000n;

/**
 * Reads a file of contributions: CSV with the columns `kind` (name or number), `account` and `evidence` (what for).
 *
 * @param kinds The DAO's kinds, in their order.
 * @throws KyosoError with every line that is wrong.
 */
export function parseContributions(
  text: string,
  file: string,
  kinds: readonly Pick<BadgeKindConfig, "name">[],
): Contribution[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const contributions: Contribution[] = [];
  for (const { line, kind, account, evidence } of readRows(text, file)) {
    const place = `${file}, line ${line}`;
    const number = findKind(kind, kinds);
    if (number === undefined) {
      const names = kinds.map(({ name }) => name).join(", ");
      problems.push({
        place,
        message: `There is no badge kind "${kind}"`,
        remedy: `The kinds are: ${names}.`,
      });
      continue;
    }
    const same = `${number} ${account.toLowerCase()} ${evidence}`;
    const before = seen.get(same);
    seen.set(same, line);
    if (before !== undefined) {
      problems.push({ place, message: `This is line ${before} again`, remedy: "Remove one of the two." });
      continue;
    }
    if (evidence === "") {
      problems.push({
        place,
        message: "There is no evidence",
        remedy: "Write what the badge is awarded for.",
      });
      continue;
    }
    try {
      contributions.push({ kind: number, account: parseAddress(account), evidence: makeEvidence(evidence) });
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, place })));
    }
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return contributions;
}

/**
 * Plans to award badges for contributions: one call a kind, and as many plans as it takes to keep each within the gas of
 * one transaction.
 *
 * @param badge Address of the ContributionBadge.
 */
export function planAwards(
  badge: string,
  contributions: readonly Contribution[],
  kinds: readonly Pick<BadgeKindConfig, "name" | "votes">[],
): Plan[] {
  const contract = { name: "badge", address: badge, interface: ContributionBadge__factory.createInterface() };
  const plans: Plan[] = [];
  let calls: Plan["calls"][number][] = [];
  let gas = 0n;
  const flush = () => {
    if (calls.length > 0) plans.push({ title: "Awarding badges", calls });
    calls = [];
    gas = 0n;
  };

  for (const [index, kind] of kinds.entries()) {
    const each = kind.votes > 0n ? VOTING_BADGE_GAS : BADGE_GAS;
    let left = contributions.filter((contribution) => contribution.kind === index + 1);
    while (left.length > 0) {
      const room = Number((BATCH_GAS - gas) / each);
      if (room === 0) {
        flush();
        continue;
      }
      const batch = left.slice(0, room);
      left = left.slice(room);
      gas += each * BigInt(batch.length);
      const accounts = batch.map(({ account }) => account);
      const hashes = batch.map(({ evidence }) => evidence.hash);
      const purpose = `Award "${kind.name}" to ${batch.length} ${batch.length === 1 ? "person" : "people"}`;
      calls.push(call(contract, "awardBatch", [index + 1, accounts, hashes, ""], purpose));
    }
  }
  flush();
  return plans;
}

interface Row {
  readonly line: number;
  readonly kind: string;
  readonly account: string;
  readonly evidence: string;
}

function readRows(text: string, file: string): Row[] {
  let rows: { info: { lines: number }; record: Record<string, string> }[];
  try {
    rows = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new KyosoError(
      { place: file, message: cause.message, remedy: "Save the table as CSV with commas." },
      { cause },
    );
  }
  const [first] = rows;
  const missing = COLUMNS.find((column) => first !== undefined && first.record[column] === undefined);
  if (first === undefined || missing !== undefined) {
    throw new KyosoError({
      place: file,
      message: first === undefined ? "There is no line in it" : `There is no column "${missing ?? ""}"`,
      remedy: `The first line has to be: ${COLUMNS.join(",")}`,
    });
  }
  return rows.map(({ info, record }) => ({
    line: info.lines,
    kind: record.kind ?? "",
    account: record.account ?? "",
    evidence: record.evidence ?? "",
  }));
}

function findKind(kind: string, kinds: readonly { readonly name: string }[]): number | undefined {
  const byName = kinds.findIndex(({ name }) => name.normalize("NFC") === kind.normalize("NFC"));
  if (byName >= 0) return byName + 1;
  const number = Number(kind);
  return Number.isInteger(number) && number >= 1 && number <= kinds.length ? number : undefined;
}
