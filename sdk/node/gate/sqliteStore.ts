import { closeSync, openSync } from "node:fs";
import type { SQLOutputValue } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import type { Challenge, GateStore, Redemption, Session } from "./store.js";
import { MOST_KEPT, MOST_OF_ACCOUNT } from "./store.js";

const TABLES = `
CREATE TABLE IF NOT EXISTS challenges (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, nonce TEXT NOT NULL, expiresAt INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, askedAt INTEGER NOT NULL,
  expiresAt INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS redemptions (
  receipt TEXT PRIMARY KEY, perk INTEGER NOT NULL, account TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS marks (mark TEXT PRIMARY KEY, receipt TEXT NOT NULL REFERENCES redemptions) STRICT;
CREATE INDEX IF NOT EXISTS challenges_by_end ON challenges (expiresAt);
CREATE INDEX IF NOT EXISTS sessions_by_end ON sessions (expiresAt);
CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (account);
CREATE INDEX IF NOT EXISTS marks_by_receipt ON marks (receipt);
`;

/** How long one server waits for what another one writes, in milliseconds. */
const PATIENCE = 5_000;

type Row = Record<string, SQLOutputValue>;

/** Keeps all in one file of SQLite, which several servers of a computer can share. Needs Node.js 22.13 or newer. */
export class SqliteGateStore implements GateStore {
  readonly #database: DatabaseSync;
  readonly #most: number;
  readonly #now: () => number;

  /** @param file It is made where there is none, for its owner alone. */
  constructor(file: string, most = MOST_KEPT, now: () => number = Date.now) {
    closeSync(openSync(file, "a", 0o600));
    this.#database = new DatabaseSync(file, { timeout: PATIENCE });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
    this.#database.exec(TABLES);
    this.#most = most;
    this.#now = now;
  }

  close(): void {
    this.#database.close();
  }

  async keepChallenge({ id, nonce, expiresAt }: Challenge): Promise<void> {
    await this.#atomically(() => {
      this.#run(
        "INSERT OR REPLACE INTO challenges (id, nonce, expiresAt) VALUES (?, ?, ?)",
        id,
        nonce,
        expiresAt,
      );
      this.#forget("challenges");
    });
  }

  takeChallenge(id: string): Promise<Challenge | undefined> {
    const [row] = this.#all("DELETE FROM challenges WHERE id = ? RETURNING nonce, expiresAt", id);
    return Promise.resolve(
      row === undefined ? undefined : { id, nonce: String(row.nonce), expiresAt: Number(row.expiresAt) },
    );
  }

  async keepSession({ id, account, askedAt, expiresAt }: Session): Promise<void> {
    await this.#atomically(() => {
      const values = [id, account, askedAt, expiresAt];
      this.#run(
        "INSERT OR REPLACE INTO sessions (id, account, askedAt, expiresAt) VALUES (?, ?, ?, ?)",
        ...values,
      );
      this.#forget("sessions");
      this.#run(
        "DELETE FROM sessions WHERE account = ? AND number NOT IN (SELECT number FROM sessions WHERE account = ? ORDER BY number DESC LIMIT ?)",
        account,
        account,
        MOST_OF_ACCOUNT,
      );
    });
  }

  findSession(id: string): Promise<Session | undefined> {
    const [row] = this.#all("SELECT account, askedAt, expiresAt FROM sessions WHERE id = ?", id);
    if (row === undefined) return Promise.resolve(undefined);
    const { account, askedAt, expiresAt } = row;
    return Promise.resolve({
      id,
      account: String(account),
      askedAt: Number(askedAt),
      expiresAt: Number(expiresAt),
    });
  }

  touchSession(id: string, askedAt: number): Promise<void> {
    this.#run("UPDATE sessions SET askedAt = ? WHERE id = ?", askedAt, id);
    return Promise.resolve();
  }

  endSession(id: string): Promise<void> {
    this.#run("DELETE FROM sessions WHERE id = ?", id);
    return Promise.resolve();
  }

  findRedemptions(marks: readonly string[]): Promise<Redemption[]> {
    return Promise.resolve(this.#find(marks));
  }

  async redeem(redemption: Redemption): Promise<Redemption | undefined> {
    const { receipt, perk, account, at, marks } = redemption;
    // On the disk itself before anything is given. Sessions may be lost with the power, and needn't wait for it.
    this.#database.exec("PRAGMA synchronous = FULL");
    try {
      return await this.#atomically(() => {
        const [before] = this.#find(marks);
        if (before !== undefined) return before;
        this.#run("INSERT INTO redemptions VALUES (?, ?, ?, ?)", receipt, perk, account, at);
        for (const mark of marks) this.#run("INSERT INTO marks VALUES (?, ?)", mark, receipt);
        return undefined;
      });
    } finally {
      this.#database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  #find(marks: readonly string[]): Redemption[] {
    const receipts = new Set(
      marks.flatMap((mark) =>
        this.#all("SELECT receipt FROM marks WHERE mark = ?", mark).map((row) => String(row.receipt)),
      ),
    );
    return [...receipts].flatMap((receipt) => {
      const all = this.#all("SELECT mark FROM marks WHERE receipt = ?", receipt);
      return this.#all("SELECT perk, account, at FROM redemptions WHERE receipt = ?", receipt).map(
        ({ perk, account, at }) => ({
          receipt,
          perk: Number(perk),
          account: String(account),
          marks: all.map(({ mark }) => String(mark)),
          at: Number(at),
        }),
      );
    });
  }

  /** Forgets what has expired, and the oldest ones where there are too many. */
  #forget(table: "challenges" | "sessions"): void {
    this.#run(`DELETE FROM ${table} WHERE expiresAt <= ?`, this.#now());
    this.#run(`DELETE FROM ${table} WHERE number <= (SELECT max(number) FROM ${table}) - ?`, this.#most);
  }

  #run(sql: string, ...values: (string | number)[]): void {
    this.#database.prepare(sql).run(...values);
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    return this.#database.prepare(sql).all(...values);
  }

  /** Nothing else comes in between, of other servers either. */
  #atomically<Result>(work: () => Result): Promise<Result> {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return Promise.resolve(result);
    } catch (error) {
      this.#database.exec("ROLLBACK");
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
