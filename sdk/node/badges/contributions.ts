import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { parseAddress, quote } from "../../units.js";
import type { KindName } from "../../badges/kinds/kinds.js";
import { requireKind } from "../../badges/kinds/kinds.js";
import type { Contribution } from "../../badges/awards/contribution.js";
import { identityOf } from "../../badges/awards/contribution.js";
import { isMailbox, isSpreadsheetError, writtenMailbox } from "../../drop/mailbox.js";
import { brokenCell } from "../drop/lineProblems.js";
import type { TableHead, TableShape } from "../tables/head.js";
import { firstLineIs, meantFor } from "../tables/head.js";
import type { TableRow } from "../tables/table.js";
import { readTable } from "../tables/table.js";

const COLUMNS = ["kind", "account", "evidence"] as const;

/** What a file of contributions looks like. A column of e-mail addresses is known, so that it can be said where they go. */
const CONTRIBUTIONS: TableShape = {
  firstLine: COLUMNS.join(","),
  columns: [...COLUMNS, "email"],
  foreignColumns: true,
};
const BY_EMAIL =
  "Customers who are known by e-mail get a link: `npx hardhat drop create` makes them from a table with the columns email,kind,evidence.";

/**
 * Reads contributions: a table with the columns `kind` (name or number), `account` and `evidence` (what for).
 *
 * @param file Its path, as messages name it.
 * @param kinds The DAO's kinds.
 * @param text What is in it, in pieces.
 * @throws KyosoError where it can't be read, and with every line that is wrong.
 */
export async function readContributions(
  file: string,
  kinds: readonly KindName[],
  text?: AsyncIterable<string>,
): Promise<Contribution[]> {
  const rows: TableRow[] = [];
  await readTable(
    file,
    CONTRIBUTIONS,
    (head) => {
      requireColumns(file, head);
    },
    (row) => rows.push(row),
    text,
  );
  return readRows(file, rows, kinds);
}

function requireColumns(file: string, { known, foreign }: TableHead): void {
  const missing = COLUMNS.find((column) => !known.includes(column));
  if (missing === undefined) return;
  const meant = foreign.find((name) => meantFor(name, COLUMNS) === missing);
  const rename = meant === undefined ? "" : `Did you mean ${quote(meant)}? Call it "${missing}". `;
  throw KyosoError.of("csv.column-missing", {
    data: { file, column: missing, columns: COLUMNS },
    place: file,
    message: `There is no column "${missing}"`,
    remedy: known.includes("email") ? BY_EMAIL : `${rename}${firstLineIs(CONTRIBUTIONS)}`,
  });
}

function readRows(file: string, rows: readonly TableRow[], kinds: readonly KindName[]): Contribution[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const contributions: Contribution[] = [];
  for (const { line, cells } of rows) {
    const { kind = "", account = "", evidence = "" } = cells;
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
      if (isSpreadsheetError(evidence)) throw new KyosoError(brokenCell(evidence));
      if (isMailbox(writtenMailbox(account))) {
        throw KyosoError.of("contribution.by-email", {
          data: { text: account },
          message: `${quote(account)} is an e-mail address, and a badge is awarded to an account`,
          remedy: BY_EMAIL,
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
