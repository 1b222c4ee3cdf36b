import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 250;

/** Longer than anybody takes to remove one file. */
const STALE_TAKEOVER_MS = 10_000;

/** Per lock, the last in this process that asked for it: builds of one process follow each other too. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Does something that no two processes may do at the same time: who comes later waits. The lock of a process that was
 * killed is taken over by one of those who wait.
 *
 * @param file The lock: holds the number of the process that has it.
 * @param waiting Called once, where another process has the lock, with its number.
 * @throws Errors of the file system, where the lock can't be written.
 */
export async function alone<Result>(
  file: string,
  waiting: (holder: number) => void,
  use: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(file);
  const turn = (async () => {
    await before?.catch(() => undefined);
    await acquire(file, waiting);
    try {
      return await use();
    } finally {
      await rm(file, { force: true });
    }
  })();
  queues.set(file, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(file) === turn) queues.delete(file);
  }
}

/** Waits until no process that is alive has the lock. One that a killed process left is left where it is. */
export async function untilFree(file: string, waiting: (holder: number) => void): Promise<void> {
  let told = false;
  for (;;) {
    const holder = await holderOf(file);
    if (holder === undefined || !isAlive(holder)) return;
    if (!told) waiting(holder.pid);
    told = true;
    await sleep(POLL_MS);
  }
}

async function acquire(file: string, waiting: (holder: number) => void): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await takeAway(file, holder);
      continue;
    }
    if (!told) waiting(holder.pid);
    told = true;
    await sleep(POLL_MS);
  }
}

/** A process: its number, which another one may have after it, and when it began, where the system says so. */
interface Holder {
  readonly pid: number;
  readonly start: string;
}

/** When a process began, in ticks since the system did: what Linux has in /proc. Empty elsewhere. */
function startOf(pid: number): string {
  try {
    // The program's name, which may have anything in it, is in brackets; the 22nd field is the 20th after it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** Makes the file with this process's number in it, from its first moment on; false where there is one already. */
async function take(file: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, [process.pid, startOf(process.pid)].join(" ").trimEnd());
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes the lock of a process that is gone. Only one may at a time, and looks again first: another might have removed
 * it, and taken the lock, in between.
 */
async function takeAway(file: string, gone: Holder): Promise<void> {
  const takeover = `${file}.takeover`;
  if (!(await take(takeover))) {
    const { mtimeMs } = await stat(takeover).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > STALE_TAKEOVER_MS) await rm(takeover, { force: true });
    await sleep(POLL_MS);
    return;
  }
  try {
    const now = await holderOf(file);
    if (now?.pid === gone.pid && now.start === gone.start) await rm(file, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

/** The process in the file: number 0 where there is none in it, `undefined` where there is no file. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const [number, start = ""] = (await readFile(file, "utf8")).split(" ");
    const pid = Number(number);
    return { pid: Number.isInteger(pid) && pid > 0 ? pid : 0, start };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether a process is there. One with this process's own number is an earlier one, which was killed. */
function isAlive({ pid, start }: Holder): boolean {
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    // Another one may have got its number since.
    return start === "" || start === startOf(pid);
  } catch (error) {
    // There, but of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
