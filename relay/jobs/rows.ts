import type { SQLOutputValue } from "node:sqlite";
import type { Job, JobProblem, KindName } from "./job.js";
import { KINDS } from "./job.js";
import type { JobState } from "./states.js";
import { STATES } from "./states.js";

/** A row of a table, as SQLite answers with it. */
export type Row = Record<string, SQLOutputValue>;

/** A job as its row has it. */
export function jobOf(row: Row): Job {
  return {
    number: Number(row.number),
    id: textOf(row.id),
    kind: kindOf(row.kind),
    subject: textOf(row.subject),
    account: textOf(row.account),
    campaign: textOrNull(row.campaign),
    share: textOrNull(row.share),
    body: textOrNull(row.body),
    state: stateOf(row.state),
    problem: problemOf(row.problem),
    nonce: numberOrNull(row.nonce),
    transaction: textOrNull(row.transaction),
    block: numberOrNull(row.block),
    blockHash: textOrNull(row.blockHash),
    strikes: Number(row.strikes),
    notBefore: Number(row.notBefore),
    notAfter: numberOrNull(row.notAfter),
    createdAt: Number(row.createdAt),
    changedAt: Number(row.changedAt),
  };
}

export function kindOf(value: SQLOutputValue | undefined): KindName {
  const found = KINDS.find((kind) => kind === value);
  if (found === undefined) throw new TypeError("The database has a kind of jobs that isn't known");
  return found;
}

function stateOf(value: SQLOutputValue | undefined): JobState {
  const found = STATES.find((state) => state === value);
  if (found === undefined) throw new TypeError("The database has a state of jobs that isn't known");
  return found;
}

function problemOf(value: SQLOutputValue | undefined): JobProblem | null {
  const text = textOrNull(value);
  return text === null ? null : (JSON.parse(text) as JobProblem);
}

function textOf(value: SQLOutputValue | undefined): string {
  if (typeof value !== "string") throw new TypeError("The database has something else where a text belongs");
  return value;
}

export function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : textOf(value);
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
