import { CsvError, parse } from "csv-parse/sync";
import { readTextFile } from "../config/load.js";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { parseAddress } from "../../units.js";
import type { KindName } from "../../badges/kinds/kinds.js";
import { requireKind } from "../../badges/kinds/kinds.js";
import type { Contribution } from "../../badges/awards/contribution.js";
import { identityOf } from "../../badges/awards/contribution.js";

const COLUMNS = ["kind", "account", "evidence"] as const;
const CSV_REMEDY = "Save the table as CSV with commas, in UTF-8 (in Excel: “CSV UTF-8”).";

/**
 * Reads a file of contributions; see {@link parseContributions}.
 *
 * @throws KyosoError where it can't be read, isn't in UTF-8, or has lines that are wrong.
 */
export async function readContributions(file: string, kinds: readonly KindName[]): Promise<Contribution[]> {
  const text = await readTextFile(file, "start from a copy of brands/sakura-coffee.csv");
  return parseContributions(text, file, kinds);
}

/**
 * Reads contributions: CSV with the columns `kind` (name or number), `account` and `evidence` (what for).
 *
 * @param file Where the text is from, as messages name it.
 * @param kinds The DAO's kinds.
 * @throws KyosoError with every line that is wrong.
 */
export function parseContributions(text: string, file: string, kinds: readonly KindName[]): Contribution[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const contributions: Contribution[] = [];
  for (const { line, kind, account, evidence } of readRows(text, file)) {
    const place = `${file}, line ${line}`;
    try {
      const { number } = requireKind(kind, kinds);
      const contribution = { kind: number, account, text: evidence, source: { file, line } };
      const identity = identityOf(contribution);
      const before = seen.get(identity);
      seen.set(identity, line);
      if (before !== undefined) {
        throw KyosoError.of("contribution.twice", {
          data: { line: before },
          message: `This is line ${before} again`,
          remedy: "Remove one of the two; or say in the evidence what is different, such as the date.",
        });
      }
      if (evidence === "") {
        throw KyosoError.of("evidence.missing", {
          data: {},
          message: "There is no evidence",
          remedy: "Write what the badge is awarded for.",
        });
      }
      contributions.push({ ...contribution, account: parseAddress(account) });
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, place })));
    }
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return contributions;
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
    throw KyosoError.of("csv.unreadable", {
      data: { file, reason: cause.message },
      place: file,
      message: cause.message,
      remedy: CSV_REMEDY,
      cause,
    });
  }
  const [first] = rows;
  const missing = COLUMNS.find((column) => first !== undefined && first.record[column] === undefined);
  if (first === undefined || missing !== undefined) {
    throw KyosoError.of("csv.column-missing", {
      data: { file, column: missing, columns: COLUMNS },
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
