import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { quote } from "../../units.js";
import { isSpreadsheetError } from "../../drop/mailbox.js";
import type { TableShape } from "../tables/head.js";

export const REFERENCES = ["reference", "email", "customer"] as const;
const COLUMNS = ["account", ...REFERENCES, "tokens", "kind", "evidence"] as const;

/** What a file of customers looks like. */
export const LINES: TableShape = {
  firstLine: "account,email,tokens,kind,evidence",
  columns: COLUMNS,
  foreignColumns: false,
};

/** Refuses a line that gives nothing, gives it to nobody, or says for what no badge is. */
export function requireSense({
  account = "",
  reference = "",
  tokens = "",
  kind = "",
  evidence = "",
}: Readonly<Record<string, string>>): void {
  const problems: Problem[] = [];
  if (account === "" && reference === "") {
    problems.push(
      problem("drop.line-for-nobody", {
        data: {},
        message: "It says for nobody",
        remedy: "Write an address, or how you know the customer (an e-mail address) to get a link for it.",
      }),
    );
  }
  const noKind = kind === "" || kind === "0";
  if (noKind && /^[0._,]*$/u.test(tokens)) {
    problems.push(
      problem("drop.line-gives-nothing", {
        data: {},
        message: "It gives nothing",
        remedy: "Write tokens, a kind of badge, or both.",
      }),
    );
  }
  if (noKind && evidence !== "") {
    problems.push(
      problem("drop.evidence-without-badge", {
        data: { evidence },
        message: `There is evidence (${quote(evidence)}), and no badge that it could be for`,
        remedy: "Write the badge's kind, or leave the evidence out.",
      }),
    );
  }
  if (isSpreadsheetError(evidence)) problems.push(brokenCell(evidence));
  if (problems.length > 0) throw new KyosoError(problems);
}

/** That a spreadsheet couldn't compute what a badge is for: it would be on chain for ever. */
export function brokenCell(evidence: string): Problem {
  return problem("csv.spreadsheet-error", {
    data: { text: evidence },
    message: `The evidence is ${quote(evidence)}: a spreadsheet writes that where it can't compute a cell`,
    remedy: "Mend the cell in your own table, and save it as CSV again.",
  });
}
