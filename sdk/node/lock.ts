import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KyosoError } from "../errors.js";

const POLL_MS = 250;

/** How often who has a lock shows that it is there, by the time of its file. */
const BEAT_MS = 10_000;

/** After how long without that a process that can't be asked is taken to be gone. */
const SILENT_MS = 60_000;

/** Tells that another process has a lock, with that process's number, where it still has it after some milliseconds. */
export interface Waiting {
  readonly tell: (holder: number) => void;
  readonly afterMs: number;
}

/** What tells this process from all others, also from a later one with its number: for {@link runsElsewhere}. */
export function thisProcess(): string {
  return [process.pid, startOf(process.pid), "0", HERE].join(" ");
}

/** Whether another process, by what {@link thisProcess} said there, still runs. False where that can't be told. */
export function runsElsewhere(says: string): boolean {
  const [, start = "-", , place] = says.split(" ");
  const pid = pidOf(says);
  return place === HERE && start !== "-" && pid > 0 && pid !== process.pid && startOf(pid) === start;
}

/** Locks that this process has, by what their files say. */
const own = new Set<string>();

/** When the files of locks were last written, and since when this process has known that, by what they say. */
const beats = new Map<string, { readonly written: number; readonly since: number }>();

/** Per lock, the last in this process that waits for it: they follow each other. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Does something that no two commands may do at the same time. A command that was killed leaves its lock behind; the next
 * one sees that its process is gone, and takes it over.
 *
 * @param lock A folder that is there while somebody has it.
 * @param what What is done, as the message of the other command says it.
 * @throws KyosoError if another process, or another part of this one, holds the lock.
 */
export async function withLock<Result>(
  lock: string,
  what: string,
  use: () => Promise<Result>,
): Promise<Result> {
  return holding(lock, use, () => {
    throw KyosoError.of("lock.taken", {
      data: { file: lock, what },
      place: lock,
      message: `${what} is under way in another process`,
      remedy: "Wait until it has ended. If there is none, remove this folder.",
    });
  });
}

/**
 * Does something that no two processes may do at the same time: who comes later waits. The lock of a process that was
 * killed is taken over by one of those who wait.
 *
 * @param waiting Told at most once.
 * @throws Errors of the file system, where the lock can't be written.
 */
export async function alone<Result>(
  lock: string,
  waiting: Waiting,
  use: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(lock);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return holding(lock, use, patiently(waiting));
  })();
  queues.set(lock, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(lock) === turn) queues.delete(lock);
  }
}

/** Waits until no process that is alive has the lock. One that a killed process left is left where it is. */
export async function untilFree(lock: string, waiting: Waiting): Promise<void> {
  const wait = patiently(waiting);
  for (;;) {
    const holder = await read(lock);
    if (holder === undefined || !(await isAlive(holder))) return;
    await wait(pidOf(holder.says));
  }
}

/** Tells once who has a lock, and lets a moment pass each time. */
function patiently({ tell, afterMs }: Waiting): (holder: number) => Promise<void> {
  const since = performance.now();
  let told = false;
  return async (holder) => {
    if (!told && performance.now() - since >= afterMs) {
      tell(holder);
      told = true;
    }
    await sleep(POLL_MS);
  };
}

/** @param held What to do where another has the lock, before it is tried again. */
async function holding<Result>(
  lock: string,
  use: () => Promise<Result>,
  held: (holder: number) => Promise<void>,
): Promise<Result> {
  let mine = await take(lock);
  for (let attempt = 1; mine === undefined; mine = await take(lock, attempt)) {
    const holder = await read(lock);
    if (holder === undefined) {
      attempt++;
      continue;
    }
    attempt = 1;
    if (await isAlive(holder)) await held(pidOf(holder.says));
    else await removeFile(holder.file);
  }
  const { file, says } = mine;
  await removeDrafts(lock);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS).unref();
  try {
    return await use();
  } finally {
    clearInterval(beat);
    await removeFile(file);
    await removeEmpty(lock);
    own.delete(says);
  }
}

/** Who has a lock. */
interface Holder {
  /** The file that says so. */
  readonly file: string;
  readonly says: string;
}

/** How often a lock is tried that nobody has and that can't be taken, before that is an error. */
const MOST_ATTEMPTS = 100;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** What systems say where a folder is to take the place of one with something in it, or of a file. */
const TAKEN = ["ENOTEMPTY", "EEXIST", "ENOTDIR"];

/**
 * Takes a lock that is free: a folder with a file in it, which says who has it. It is made beside it, and gets the lock's name when
 * it is whole. No system lets a folder take the place of one with something in it: so one alone can, and who is killed has it or
 * hasn't. It takes no hard links, which not every disk has.
 *
 * The file has a name that no other lock's has. So whoever removes that of a process that is gone never removes a later one's, however
 * long ago it looked; and a folder with nothing in it is nobody's.
 *
 * @param attempt Which one in a row where nobody had it.
 * @returns Undefined where somebody has it, or had it right now.
 */
async function take(lock: string, attempt = 1): Promise<Holder | undefined> {
  const name = randomUUID();
  const draft = `${lock}.${name}`;
  const says = [process.pid, startOf(process.pid), name, HERE].join(" ");
  if (!(await isMade(draft, name, says))) return undefined;
  own.add(says);
  try {
    await rename(draft, lock);
  } catch (error) {
    const holder = await read(lock).catch(() => undefined);
    // A disk in the network may have done it, and say that it couldn't when it was asked once more.
    if (holder?.says === says) return holder;
    own.delete(says);
    await rm(draft, { recursive: true, force: true });
    const { code = "" } = error as NodeJS.ErrnoException;
    // Windows says of folders in use that they mustn't be touched.
    if (!TAKEN.includes(code) && attempt >= MOST_ATTEMPTS) throw error;
    // Not every system lets a folder take the place of one with nothing in it.
    await removeEmpty(lock);
    return undefined;
  }
  return { file: path.join(lock, name), says };
}

/** Makes a lock beside its place; false where the folder around it has gone, as it does whenever nothing is left in it. */
async function isMade(draft: string, name: string, says: string): Promise<boolean> {
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await writeFile(path.join(draft, name), says, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Removes what processes leave that are killed while they take a lock. */
async function removeDrafts(lock: string): Promise<void> {
  const start = `${path.basename(lock)}.`;
  const names = await readdir(path.dirname(lock)).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(start) && UUID.test(each.slice(start.length)))) {
    const draft = path.join(path.dirname(lock), name);
    const made = await stat(draft).catch(() => undefined);
    // Whoever is making it writes into it right away.
    if (made === undefined || Date.now() - made.mtimeMs < SILENT_MS) continue;
    const holder = await read(draft).catch(() => undefined);
    if (holder === undefined || !(await isAlive(holder))) await rm(draft, { recursive: true, force: true });
  }
}

/** Removes what says who has a lock; it may be gone, and a folder in its place is left. */
async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "ENOTDIR", "EISDIR", "EPERM"].includes(code)) throw error;
  }
}

/** Removes a lock that nobody has; one that somebody has stays. */
async function removeEmpty(lock: string): Promise<void> {
  await rmdir(lock).catch(() => undefined);
}

/** Who has a lock; undefined where nobody has. */
async function read(lock: string): Promise<Holder | undefined> {
  try {
    const [name] = await readdir(lock);
    if (name === undefined) return undefined;
    const file = path.join(lock, name);
    return { file, says: await readFile(file, "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    // Earlier versions made a file of it.
    if (code === "ENOTDIR") return { file: lock, says: await readFile(lock, "utf8").catch(() => "") };
    throw error;
  }
}

/** The process in a lock: 0 where there is none in it. */
function pidOf(held: string): number {
  const pid = Number(held.split(" ")[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : 0;
}

/**
 * Whether who has a lock is there. This process's number in one that it doesn't have is that of an earlier process. Where the
 * system can't tell, as of a process in another container that shares the folder, it is so for as long as its file is renewed.
 */
async function isAlive({ file, says }: Holder): Promise<boolean> {
  if (own.has(says)) return true;
  const pid = pidOf(says);
  const [, start = "-", , place = HERE] = says.split(" ");
  if (pid === 0) return false;
  if (place !== HERE) return !isOfEarlierStart(place) && isRenewed(file, says);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // There, but of another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Another one may have got its number since.
  return start === "-" ? isRenewed(file, says) : start === startOf(pid);
}

/** Whether a lock's file was renewed since this process first looked, or it hasn't looked for long. No clock of others is asked. */
async function isRenewed(file: string, says: string): Promise<boolean> {
  const written = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => NaN,
  );
  const before = beats.get(says);
  if (before?.written === written) return performance.now() - before.since < SILENT_MS;
  beats.set(says, { written, since: performance.now() });
  return true;
}

/** Which processes have the numbers that this one can ask for: those of its computer, since it was started, in its container. */
const HERE = [
  createHash("sha256").update(hostname()).digest("hex").slice(0, 16),
  tellsOf(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
  tellsOf(() => readlinkSync("/proc/self/ns/pid")),
].join("/");

/** Whether it is of this computer, before it was started anew: none of its processes is left. */
function isOfEarlierStart(place: string): boolean {
  const [[host, start], [hostHere, startHere]] = [place.split("/"), HERE.split("/")];
  return host === hostHere && start !== startHere;
}

function tellsOf(read: () => string): string {
  try {
    return read();
  } catch {
    return "-";
  }
}

/** When a process began, in ticks since the system did: what Linux has in /proc. "-" elsewhere. */
function startOf(pid: number): string {
  try {
    // The program's name, which may have anything in it, is in brackets; the 22nd field is the 20th after it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
  } catch {
    return "-";
  }
}
