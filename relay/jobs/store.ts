import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Problem } from "../../sdk/errors.js";
import { KyosoError } from "../../sdk/errors.js";
import { subjectBusy } from "./busy.js";
import { toJson } from "../../sdk/json.js";
import type { Handed, Job, JobProblem, KindName } from "./job.js";
import { digestOf, mayOpen, MOST_OF_SHARE, newId } from "./job.js";
import type { Waiting } from "./room.js";
import { Room } from "./room.js";
import { jobOf, kindOf, textOrNull } from "./rows.js";
import type { Identity } from "./schema.js";
import { diskFull, isFull, openDatabase } from "./schema.js";
import type { JobState } from "./states.js";
import { KEPT, mayFollow, OPEN, STATES, UNDER_WAY } from "./states.js";

/** How much is kept waiting at most. */
export interface StoreLimits {
  /** Of all: see {@link Room}. */
  readonly waiting: number;
  /** Of one subject: whoever has a link could sign for any number of accounts. What is done already counts as well. */
  readonly waitingOfSubject: number;
}

/** What became of something that was handed in. */
export type Accepted =
  | { readonly job: Job; readonly isNew: boolean }
  /** It wasn't taken. */
  | { readonly job?: undefined; readonly problem: Problem };

/** What of a job changes with its state. What isn't named stays. */
export interface Change {
  readonly problem?: Problem | null;
  readonly nonce?: number | null;
  readonly transaction?: string | null;
  readonly block?: number | null;
  readonly blockHash?: string | null;
  readonly strikes?: number;
  readonly notBefore?: number;
}

/** The block in which something was found to be done. */
export type DoneIn = Required<Pick<Change, "block" | "blockHash">>;

/** What is known of something that is taken. */
export interface Known {
  /** Where it is done already, by whomever: it doesn't wait then, and nothing is paid for it. */
  readonly done?: DoneIn | undefined;
  /** From when on it can't be carried out any more, in milliseconds. */
  readonly notAfter?: number | undefined;
}

interface Waiter {
  readonly handed: Handed;
  readonly known: Known;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * All that the relay knows, in one file. What a method wrote is on the disk when it returns, or its promise is kept.
 * Several changes that belong together are one transaction of the database: see {@link JobStore.atomically}.
 */
export class JobStore {
  readonly database: DatabaseSync;
  readonly #limits: StoreLimits;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #waiters: Waiter[] = [];
  #depth = 0;
  /** Whether what people signed was deleted, and the log of the database may still have it. */
  #deleted = false;

  private constructor(database: DatabaseSync, limits: StoreLimits) {
    this.database = database;
    this.#limits = limits;
  }

  /** @throws KyosoError as {@link openDatabase} does. */
  static open(file: string, identity: Identity, limits: StoreLimits): JobStore {
    return new JobStore(openDatabase(file, identity), limits);
  }

  close(): void {
    this.database.close();
  }

  /**
   * Takes something that was handed in; the same thing again gives the same job, which is opened anew where it was refused.
   * What is handed in at the same time is written down at once.
   *
   * @throws KyosoError "relay.disk-full", and with it nothing was taken.
   */
  accept(handed: Handed, known: Known = {}): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      if (this.#waiters.push({ handed, known, resolve, reject }) === 1)
        setImmediate(() => {
          this.#acceptAll();
        });
    });
  }

  #acceptAll(): void {
    const waiters = this.#waiters.splice(0);
    let accepted: readonly Accepted[];
    try {
      accepted = this.atomically(() => {
        const room = new Room(this.#limits.waiting, this.#waiting());
        return waiters.map(({ handed, known }) => this.#acceptOne(handed, known, room));
      });
    } catch (error) {
      for (const { reject } of waiters) reject(error);
      return;
    }
    for (const [i, { resolve, reject }] of waiters.entries()) {
      const result = accepted[i];
      if (result === undefined) reject(new RangeError("Something that was handed in has no answer"));
      else resolve(result);
    }
  }

  #acceptOne(handed: Handed, { done, notAfter }: Known, room: Room): Accepted {
    const same = this.findSame(handed);
    if (same !== undefined && !mayOpen(same)) return { job: same, isNew: false };
    // What is done costs nothing to hand in, and is looked at until it is final, and kept after that.
    const full =
      done === undefined ? (room.problemOf(handed) ?? this.#busy(handed, OPEN)) : this.#busy(handed, KEPT);
    if (full !== undefined) return { problem: full };
    const job = this.#opened(handed, same, notAfter ?? null);
    if (done === undefined) {
      room.take(handed);
      return { job, isNew: true };
    }
    this.move([job], "confirmed", done);
    return { job: this.#byNumber(job.number), isNew: true };
  }

  #busy({ kind, subject, account, share }: Handed, states: readonly JobState[]): Problem | undefined {
    const sql = `SELECT count(*) AS count FROM jobs WHERE subject = ? AND state IN (${list(states)})`;
    const count = Number(this.statement(sql).get(subject)?.count);
    if (count >= this.#limits.waitingOfSubject) return subjectBusy(count);
    const most = MOST_OF_SHARE[kind];
    if (most === undefined) return undefined;
    const all = Number(
      this.statement(
        `SELECT count(*) AS count FROM jobs WHERE account = ? AND kind = ? AND share = ? AND state IN (${list(states)})`,
      ).get(account, kind, share)?.count,
    );
    return all >= most ? subjectBusy(all) : undefined;
  }

  /** A job that waits: a new one, or one that was refused before. */
  #opened(handed: Handed, same: Job | undefined, notAfter: number | null): Job {
    const now = Date.now();
    if (same !== undefined) {
      const sql = "UPDATE jobs SET body = ?, notAfter = ? WHERE number = ?";
      this.statement(sql).run(handed.body, notAfter, same.number);
      this.move([same], "waiting", { problem: null, nonce: null, transaction: null });
      return this.#byNumber(same.number);
    }
    const { kind, subject, account, campaign, share, body } = handed;
    const { lastInsertRowid } = this.statement(
      `INSERT INTO jobs (id, digest, kind, subject, account, campaign, share, body, notAfter, state, createdAt, changedAt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
    ).run(newId(), digestOf(handed), kind, subject, account, campaign, share, body, notAfter, now, now);
    return this.#byNumber(Number(lastInsertRowid));
  }

  #byNumber(number: number): Job {
    const row = this.statement("SELECT * FROM jobs WHERE number = ?").get(number);
    if (row === undefined) throw new RangeError(`There is no job ${number}`);
    return jobOf(row);
  }

  /** The job of the same thing, where it was handed in before. */
  findSame(handed: Pick<Handed, "kind" | "identity">): Job | undefined {
    const row = this.statement("SELECT * FROM jobs WHERE digest = ?").get(digestOf(handed));
    return row === undefined ? undefined : jobOf(row);
  }

  /** The job of an id. */
  find(id: string): Job | undefined {
    const row = this.statement("SELECT * FROM jobs WHERE id = ?").get(id);
    return row === undefined ? undefined : jobOf(row);
  }

  /** Jobs in some states, oldest first: those after a number, if one is given. */
  inStates(states: readonly JobState[], limit: number, after = 0): Job[] {
    const sql = `SELECT * FROM jobs WHERE state IN (${list(states)}) AND number > ? ORDER BY number LIMIT ?`;
    return this.statement(sql).all(after, limit).map(jobOf);
  }

  /** Jobs that are in the transaction of a nonce, and not known to be done. */
  underWay(nonce: number): Job[] {
    return this.statement(
      `SELECT * FROM jobs WHERE nonce = ? AND state IN (${list(UNDER_WAY)}) ORDER BY number`,
    )
      .all(nonce)
      .map(jobOf);
  }

  /**
   * Jobs of a kind whose turn it is: the oldest of each subject, where none of that is under way, nor has been paid for in vain and
   * has to wait.
   */
  due(kind: KindName, now: number, limit: number): Job[] {
    return this.statement(
      `SELECT * FROM jobs AS job WHERE state = 'waiting' AND kind = ? AND notBefore <= ?
         AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.subject = job.subject AND other.number <> job.number
           AND (other.state IN (${list(UNDER_WAY)})
             OR (other.state = 'waiting' AND other.notBefore > ? AND other.strikes > 0)
             OR (other.state = 'waiting' AND other.notBefore <= ? AND other.number < job.number)))
       ORDER BY number LIMIT ?`,
    )
      .all(kind, now, now, now, limit)
      .map(jobOf);
  }

  #waiting(): Waiting[] {
    const sql =
      "SELECT kind, share, count(*) AS count FROM jobs WHERE state = 'waiting' GROUP BY kind, share";
    return this.statement(sql)
      .all()
      .map(({ kind, share, count }) => ({
        kind: kindOf(kind),
        share: textOrNull(share),
        count: Number(count),
      }));
  }

  countOf(state: JobState): number {
    return Number(this.statement("SELECT count(*) AS count FROM jobs WHERE state = ?").get(state)?.count);
  }

  /** How many jobs are in each state. */
  counts(): Readonly<Record<JobState, number>> {
    const counted = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<JobState, number>;
    for (const row of this.statement("SELECT state, count(*) AS count FROM jobs GROUP BY state").all()) {
      const state = STATES.find((each) => each === row.state);
      if (state !== undefined) counted[state] = Number(row.count);
    }
    return counted;
  }

  /** How often something of an account was paid for in vain since a moment. */
  strikesOf(account: string, since: number): number {
    const sql = "SELECT coalesce(sum(strikes), 0) AS strikes FROM jobs WHERE account = ? AND changedAt >= ?";
    return Number(this.statement(sql).get(account, since)?.strikes);
  }

  /**
   * Brings jobs into another state. What people signed isn't kept for longer than it is needed.
   *
   * @throws RangeError for what may not follow; nothing is changed then.
   */
  move(jobs: readonly Pick<Job, "number" | "state">[], to: JobState, change: Change = {}): void {
    if (jobs.length === 0) return;
    this.atomically(() => {
      for (const { number, state } of jobs) {
        if (!mayFollow(state, to)) throw new RangeError(`Job ${number} can't go from ${state} to ${to}`);
        const { changes } = this.#update(number, { ...change, state: to }, state);
        if (changes !== 1) throw new RangeError(`Job ${number} isn't ${state} any more`);
      }
    });
  }

  /** Changes what of a job has nothing to do with its state. */
  note(jobs: readonly Pick<Job, "number" | "state">[], change: Change): void {
    this.atomically(() => {
      for (const { number, state } of jobs) this.#update(number, { ...change, state }, state);
    });
  }

  #update(number: number, { problem, ...change }: Change & { readonly state: JobState }, from: JobState) {
    const values: Record<string, string | number | null> = { ...change, changedAt: Date.now() };
    if (problem !== undefined) values.problem = problem === null ? null : jsonOf(problem);
    if (change.state === "final" || change.state === "refused") {
      values.body = null;
      this.#deleted = true;
    }
    const names = Object.keys(values);
    const sql = `UPDATE jobs SET ${names.map((name) => `"${name}" = ?`).join(", ")} WHERE number = ? AND state = ?`;
    return this.statement(sql).run(...names.map((name) => values[name] ?? null), number, from);
  }

  /** Has nothing of what was deleted be in the database's files any more. To be called now and then: it writes to the disk. */
  erase(): void {
    if (!this.#deleted) return;
    this.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    this.#deleted = false;
  }

  /** Forgets jobs that ended before a moment. */
  forget(before: number): number {
    const sql = "DELETE FROM jobs WHERE state IN ('final', 'refused') AND changedAt < ?";
    return Number(this.statement(sql).run(before).changes);
  }

  /** What `change` does is done as a whole, or not at all. */
  atomically<Result>(change: () => Result): Result {
    if (this.#depth > 0) return change();
    this.#depth++;
    try {
      this.database.exec("BEGIN IMMEDIATE");
      const result = change();
      this.database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      throw isFull(error) ? diskFull(error) : error;
    } finally {
      this.#depth--;
    }
  }

  /** A statement, prepared once. */
  statement(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** A problem as a job keeps it. */
function jsonOf({ code, message, remedy, data }: Problem): string {
  const kept: JobProblem = { code, message, remedy, data: toJson(data) };
  return JSON.stringify(kept);
}

function list(states: readonly JobState[]): string {
  return states.map((state) => `'${state}'`).join(", ");
}

/** That something in the relay is wrong which isn't anybody's input. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof KyosoError && error.problems.some(({ code }) => code === "relay.disk-full");
}
