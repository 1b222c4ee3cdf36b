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

type Column = (typeof COLUMNS)[number];

/** @throws KyosoError for a cell with nothing in it. */
function requireCell(cells: TableRow["cells"], line: number, column: Column): void {
  if ((cells[column] ?? "") !== "") return;
  if (column === "evidence") {
    throw KyosoError.of("evidence.missing", {
      data: {},
      message: "There is no evidence",
      remedy: "Write what the badge is awarded for.",
    });
  }
  throw KyosoError.of("csv.cell-empty", {
    data: { line, column },
    message: "The cell is empty",
    remedy: column === "kind" ? "Write the badge's kind." : "Write the member's address.",
  });
}

/** @throws KyosoError for an e-mail address, and whatever else is none of an account. */
function parseMember(text: string): string {
  if (!isMailbox(writtenMailbox(text))) return parseAddress(text);
  throw KyosoError.of("contribution.by-email", {
    data: { text },
    message: `${quote(text)} is an e-mail address, and a badge is awarded to an account`,
    remedy: BY_EMAIL,
  });
}

function readRows(file: string, rows: readonly TableRow[], kinds: readonly KindName[]): Contribution[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const contributions: Contribution[] = [];
  for (const { line, cells } of rows) {
    const { kind = "", account = "", evidence = "" } = cells;
    /** What `run` returns; what it finds wrong is noted with where it is. */
    const at = <Result>(column: Column | undefined, run: () => Result): Result | undefined => {
      try {
        if (column !== undefined) requireCell(cells, line, column);
        return run();
      } catch (error) {
        if (!(error instanceof KyosoError)) throw error;
        const place = `${file}, line ${line}${column === undefined ? "" : `, column ${column}`}`;
        problems.push(...error.problems.map((problem) => ({ ...problem, place })));
        return undefined;
      }
    };
    const kindNumber = at("kind", () => requireKind(kind, kinds).number);
    const address = at("account", () => parseMember(account));
    const text = at("evidence", () => {
      if (isSpreadsheetError(evidence)) throw new KyosoError(brokenCell(evidence));
      return evidence;
    });
    if (kindNumber === undefined || address === undefined || text === undefined) continue;
    const contribution = { kind: kindNumber, account: address, text, source: { file, line } };
    const identity = identityOf(contribution);
    const before = seen.get(identity);
    seen.set(identity, line);
    if (before === undefined) contributions.push(contribution);
    else {
      at(undefined, () => {
        throw KyosoError.of("contribution.twice", {
          data: { line: before },
          message: `This is line ${before} again`,
          remedy: "Remove one of the two; or say in the evidence what is different, such as the date.",
        });
      });
    }
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return contributions;
}
