import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { KyosoError } from "../errors.js";

/**
 * Does something that no two commands may do at the same time. A command that was killed leaves its lock behind; the next
 * one sees that its process is gone, and takes it over.
 *
 * @param file The lock: holds the number of the process that has it.
 * @param what What is done, as the message of the other command says it.
 * @throws KyosoError if another process holds the lock.
 */
export async function withLock<Result>(
  file: string,
  what: string,
  use: () => Promise<Result>,
): Promise<Result> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, process.pid.toString(), { mode: 0o600 });
  try {
    await take(file, draft, what);
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await use();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, draft: string, what: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      // Fails where the lock is there; where it succeeds, the number is in it from the first moment on.
      await link(draft, file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (await isHeld(file)) break;
    await rm(file, { force: true });
  }
  throw KyosoError.of("lock.taken", {
    data: { file, what },
    place: file,
    message: `${what} is under way in another process`,
    remedy: "Wait until it has ended. If there is none, remove this file.",
  });
}

async function isHeld(file: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(file, "utf8"));
    if (!Number.isInteger(holder) || holder <= 0) return false;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // There, but of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
