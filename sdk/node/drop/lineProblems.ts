import { CsvError } from "csv-parse";
import type { Problem, ProblemCode, Telling } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { quote } from "../../units.js";

export const REFERENCES = ["reference", "email", "customer"] as const;
export const COLUMNS = ["account", ...REFERENCES, "tokens", "kind", "evidence"] as const;
export const FIRST_LINE = "account,email,tokens,kind,evidence";
const CSV_REMEDY = "Save the table as CSV with commas, in UTF-8 (in Excel: “CSV UTF-8”).";

/** What can't be read of a file as a problem of it; anything else as it is. */
export function readingProblem(file: string, cause: unknown): unknown {
  const refused = <Code extends ProblemCode>(code: Code, told: Telling<Code>) =>
    KyosoError.of(code, { place: file, ...told, cause });
  if (cause instanceof CsvError) {
    const { message } = cause;
    return refused("csv.unreadable", { data: { file, reason: message }, message, remedy: CSV_REMEDY });
  }
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
    return refused("file.not-utf8", { data: { file }, message: "It isn't in UTF-8", remedy: CSV_REMEDY });
  }
  if (code === "ENOENT") {
    return refused("file.missing", {
      data: { file },
      message: "There is no such file",
      remedy: `Check the path. The first line of such a file is: ${FIRST_LINE}`,
    });
  }
  if (code === "EISDIR" || code === "EACCES") {
    return refused("file.unreadable", {
      data: { file, reason: code },
      message: `It can't be read (${code})`,
      remedy: "Check that it is a file, and that you may read it.",
    });
  }
  return cause;
}

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
  if (problems.length > 0) throw new KyosoError(problems);
}
