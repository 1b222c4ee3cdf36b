import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { KyosoError } from "../../sdk/errors.js";

/** Goes up with each change of the tables. */
const VERSION = 1;

const TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL,
  campaign TEXT,
  share TEXT,
  body TEXT,
  state TEXT NOT NULL,
  problem TEXT,
  nonce INTEGER,
  "transaction" TEXT,
  block INTEGER,
  blockHash TEXT,
  strikes INTEGER NOT NULL DEFAULT 0,
  notBefore INTEGER NOT NULL DEFAULT 0,
  notAfter INTEGER,
  createdAt INTEGER NOT NULL,
  changedAt INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state, kind, number);
CREATE INDEX jobs_by_share ON jobs (state, kind, share);
CREATE INDEX jobs_by_subject ON jobs (subject, state);
CREATE INDEX jobs_by_account ON jobs (account, changedAt);
CREATE TABLE outbox (
  chain TEXT NOT NULL,
  sender TEXT NOT NULL,
  nonce INTEGER NOT NULL,
  posted TEXT NOT NULL,
  PRIMARY KEY (chain, sender, nonce)
) STRICT;
CREATE TABLE spent (day INTEGER NOT NULL, scope TEXT NOT NULL, wei TEXT NOT NULL, PRIMARY KEY (day, scope)) STRICT;
`;

/** Whose a database is: no other relay's jobs are in it. */
export interface Identity {
  readonly chainId: string;
  readonly governor: string;
}

/**
 * Opens a relay's database, alone: it is made where there is none.
 *
 * @throws KyosoError where another relay has it open, it is of another DAO, of a later version, or no database of a relay.
 */
export function openDatabase(file: string, identity: Identity): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    // The lock is kept as long as the process lives, and goes with it, however it ends.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    // What is deleted is overwritten: what people wrote isn't to be found in the file once it isn't kept any more.
    database.exec("PRAGMA secure_delete = ON;");
    database.exec("BEGIN IMMEDIATE");
    makeTables(database, file, identity);
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof KyosoError ? error : openingProblem(error, file);
  }
}

function makeTables(database: DatabaseSync, file: string, { chainId, governor }: Identity): void {
  const found = database.prepare("PRAGMA user_version").get()?.user_version;
  const version = Number(found);
  const here = `${chainId}/${governor}`;
  if (version === 0) {
    const tables = database.prepare("SELECT count(*) AS count FROM sqlite_master").get()?.count;
    if (tables !== 0) throw unreadable(file, undefined);
    database.exec(TABLES);
    database.prepare("INSERT INTO meta VALUES ('of', ?)").run(here);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    return;
  }
  if (version > VERSION) {
    throw KyosoError.of("relay.database-newer", {
      data: { file, version, known: VERSION },
      place: file,
      message: `It was written by a later version of the relay (tables ${version}, and this one knows ${VERSION})`,
      remedy: "Start the version that wrote it. Nothing was changed.",
    });
  }
  const of = String(database.prepare("SELECT value FROM meta WHERE key = 'of'").get()?.value);
  if (of === here) return;
  throw KyosoError.of("relay.database-other", {
    data: { file, of, here },
    place: file,
    message: `It is of the DAO with governor ${of}, and this one's is ${here}`,
    remedy:
      "Name another folder in the settings (data), or start the relay for that DAO. Nothing was changed.",
  });
}

function openingProblem(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === SQLITE.BUSY || code === SQLITE.LOCKED) {
    return KyosoError.of("relay.database-taken", {
      data: { file },
      place: file,
      message: "Another relay has it open",
      remedy: "There is one relay for a database, a DAO and a key: stop the other one first.",
      cause: error,
    });
  }
  if (code === SQLITE.NOT_A_DATABASE || code === SQLITE.CORRUPT) return unreadable(file, error);
  return isFull(error) ? diskFull(error) : error;
}

function unreadable(file: string, cause: unknown): KyosoError {
  return KyosoError.of("relay.database-unreadable", {
    data: { file },
    place: file,
    message: `It is no database of a relay, or damaged${sizeOf(file)}`,
    remedy:
      "Move it away and start again: what was carried out is on the chain, and isn't done twice. What was waiting has to be handed in again.",
    cause,
  });
}

function sizeOf(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size === undefined ? "" : ` (${size} bytes)`;
}

/** That nothing can be written. */
export function diskFull(cause: unknown): KyosoError {
  return KyosoError.of("relay.disk-full", {
    data: {},
    place: "relay",
    message: "It can't write anything down at present, and so takes nothing",
    remedy: "Try again later. Whoever runs it: make room on the disk.",
    cause,
  });
}

/** Result codes of SQLite. */
const SQLITE = {
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  NOT_A_DATABASE: 26,
} as const;

/** Whether an error says that nothing can be written. */
export function isFull(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE.FULL || code === SQLITE.IOERR || code === SQLITE.READONLY;
}

/** The result code of an error of SQLite, without what more it tells; undefined for any other error. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}
