import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KyosoError } from "../errors.js";

const POLL_MS = 250;

/** Tells that another process has a lock, with that process's number, where it still has it after some milliseconds. */
export interface Waiting {
  readonly tell: (holder: number) => void;
  readonly afterMs: number;
}

/** Locks that this process has, by what their files say. */
const own = new Set<string>();

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
    if (held === undefined || !isAlive(held)) return;
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
    if (isAlive(holder)) await held(pidOf(holder));
    else if (!(await remove(file, holder))) await sleep(POLL_MS);
  }
  try {
    return await use();
  } finally {
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
  const mine = [process.pid, startOf(process.pid), randomUUID()].join(" ");
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
    if (isAlive(holder)) return false;
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

/** Whether who has a lock is there. This process's number in one that it doesn't have is that of an earlier process. */
function isAlive(held: string): boolean {
  if (own.has(held)) return true;
  const pid = pidOf(held);
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // There, but of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const start = held.split(" ")[1] ?? "-";
  // Another one may have got its number since.
  return start === "-" || start === startOf(pid);
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
