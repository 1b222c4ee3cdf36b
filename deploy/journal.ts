import { readdir, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Has Ignition keep its journal in a folder of this process's own, so that launches on different chains with one number,
 * as two local nodes are, don't write into each other's. Nobody reads it later: the folder goes when `use` ends, and
 * with it those that killed processes left.
 *
 * @param folder Where Ignition keeps its journals.
 * @param use Gets the id that the deployment must have.
 */
export async function withJournal<Result>(
  folder: string,
  chainId: bigint,
  use: (deploymentId: string) => Promise<Result>,
): Promise<Result> {
  const deploymentId = `kyoso-${chainId}-${process.pid}`;
  const remove = (name: string) => rm(path.join(folder, name), { recursive: true, force: true });
  for (const name of await foldersIn(folder)) {
    const [ours, holder] = /^kyoso-\d+(?:-(\d+))?$/u.exec(name) ?? [];
    if (ours !== undefined && !isRunning(Number(holder))) await remove(name);
  }
  await remove(deploymentId);
  try {
    return await use(deploymentId);
  } finally {
    await remove(deploymentId);
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Nothing was ever deployed from here.
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // There, but of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
