import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
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
 * @param file The lock: says which process has it.
 * @param what What is done, as the message of the other command says it.
 * @throws KyosoError if another process, or another part of this one, holds the lock.
 */
export async function withLock<Result>(
  file: string,
  what: string,
  use: () => Promise<Result>,
): Promise<Result> {
  return holding(file, use, () => {
    throw KyosoError.of("lock.taken", {
      data: { file, what },
      place: file,
      message: `${what} is under way in another process`,
      remedy: "Wait until it has ended. If there is none, remove this file.",
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
  file: string,
  waiting: Waiting,
  use: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(file);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return holding(file, use, patiently(waiting));
  })();
  queues.set(file, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(file) === turn) queues.delete(file);
  }
}

/** Waits until no process that is alive has the lock. One that a killed process left is left where it is. */
export async function untilFree(file: string, waiting: Waiting): Promise<void> {
  const wait = patiently(waiting);
  for (;;) {
    const held = await read(file);
    if (held === undefined || !(await isAlive(file, held))) return;
    await wait(pidOf(held));
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
  file: string,
  use: () => Promise<Result>,
  held: (holder: number) => Promise<void>,
): Promise<Result> {
  await makeFolder(file);
  let mine = await take(file);
  for (; mine === undefined; mine = await take(file)) {
    const holder = await read(file);
    if (holder === undefined) continue;
    if (await isAlive(file, holder)) await held(pidOf(holder));
    else if (!(await remove(file, holder))) await sleep(POLL_MS);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS).unref();
  try {
    return await use();
  } finally {
    clearInterval(beat);
    if ((await read(file)) === mine) await rm(file, { force: true });
    own.delete(mine);
  }
}

/**
 * Makes the file, with this process in it from its first moment on.
 *
 * @returns What it says, which no other lock ever says; undefined where there is one already.
 */
async function take(file: string): Promise<string | undefined> {
  const mine = [process.pid, startOf(process.pid), randomUUID(), HERE].join(" ");
  const draft = `${file}.${randomUUID()}`;
  own.add(mine);
  try {
    await writeFile(draft, mine, { mode: 0o600 });
    await link(draft, file);
    return mine;
  } catch (error) {
    own.delete(mine);
    const { code } = error as NodeJS.ErrnoException;
    // Who had it has removed the folder, as nothing was in it any more.
    if (code === "ENOENT") await makeFolder(file);
    else if (code !== "EEXIST") throw error;
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes the lock of a process that is gone.
 *
 * To look whose it is and to remove it are two steps, between which another might do both and take the lock. So the right
 * to remove this very lock, and no later one, is a lock itself: a file whose name is made of what the lock says. Where its
 * holder is gone too, the right to remove is the one to remove that. The last in this row alone acts, as all before it are
 * gone; and when it finds that the lock says something else by now, it leaves it.
 *
 * @returns False where another process is at it.
 */
async function remove(file: string, gone: string): Promise<boolean> {
  const rights: string[] = [];
  let last = gone;
  for (;;) {
    const right = `${file}.${createHash("sha256").update(last).digest("hex").slice(0, 32)}.gone`;
    const mine = await take(right);
    if (mine !== undefined) {
      try {
        if ((await read(file)) === gone) await rm(file, { force: true });
        for (const earlier of rights) await rm(earlier, { force: true });
      } finally {
        await rm(right, { force: true });
        own.delete(mine);
      }
      return true;
    }
    const holder = await read(right);
    // Done in this moment.
    if (holder === undefined) return true;
    if (await isAlive(right, holder)) return false;
    rights.push(right);
    last = holder;
  }
}

async function makeFolder(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
}

/** What a lock says; undefined where there is none. */
async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
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
async function isAlive(file: string, held: string): Promise<boolean> {
  if (own.has(held)) return true;
  const pid = pidOf(held);
  const [, start = "-", , place = HERE] = held.split(" ");
  if (pid === 0) return false;
  if (place !== HERE) return !isOfEarlierStart(place) && isRenewed(file, held);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // There, but of another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Another one may have got its number since.
  return start === "-" ? isRenewed(file, held) : start === startOf(pid);
}

/** Whether a lock's file was renewed since this process first looked, or it hasn't looked for long. No clock of others is asked. */
async function isRenewed(file: string, held: string): Promise<boolean> {
  const written = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => NaN,
  );
  const before = beats.get(held);
  if (before?.written === written) return performance.now() - before.since < SILENT_MS;
  beats.set(held, { written, since: performance.now() });
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
