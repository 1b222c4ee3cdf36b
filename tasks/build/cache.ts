import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Waiting } from "../../sdk/node/lock.js";

/** What this build keeps beside Hardhat's cache. */
interface State {
  /** The folder that the paths in Hardhat's cache are of. */
  readonly root?: string;
  /** How long the compiler took, by its pipeline. */
  readonly took?: Record<string, Took>;
}

/** How long the compiler took for how much. */
export interface Took {
  /** Characters of sources. */
  readonly size: number;
  readonly seconds: number;
}

/** Hardhat's cache of what was compiled from what, all its paths absolute. */
const HARDHATS = "compile-cache.json";

/** Is there while artifacts are written. */
const UNFINISHED = "build.unfinished";

/** Is there while a build is under way, and after one that was killed. */
const LOCK = "build.lock";

const STATE = "build.json";

/**
 * Has Hardhat find what was built before: in the folder's new place, where it was moved or copied; and not at all where a
 * build was stopped while it wrote, as what it was writing may be broken.
 *
 * @param root The folder of the project.
 * @param cache The folder of Hardhat's cache.
 */
export async function settle(root: string, cache: string): Promise<void> {
  if (existsSync(path.join(cache, UNFINISHED))) {
    await rm(path.join(cache, HARDHATS), { force: true });
    // Commands look for it: whatever is built next, they have all of it built.
    await rm(path.join(root, "typechain-types", "abi", "index.ts"), { force: true });
    await finish(cache);
  }
  const state = readState(cache);
  if (state.root === root) return;
  if (state.root !== undefined) await relocate(path.join(cache, HARDHATS), state.root, root);
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, STATE), JSON.stringify({ ...state, root }));
}

/** The lock that a build holds. */
export function lockOf(cache: string): string {
  return path.join(cache, LOCK);
}

/** Tells whoever waits for another process's build why: not of one that only sees that all is built, which takes a second. */
export const sayWaiting: Waiting = {
  tell: (holder) => {
    console.error(`Another command (process ${holder}) is building this project; waiting for it …`);
  },
  afterMs: 2_000,
};

/**
 * Whether a build was stopped before it was whole. One that is under way is waited for, and not done once more: commands
 * that each built because another one does would keep each other waiting for ever.
 *
 * @param waiting Told where another process builds.
 */
export async function wasStopped(cache: string, waiting: Waiting): Promise<boolean> {
  const traces = [LOCK, UNFINISHED].map((file) => path.join(cache, file));
  const isLeft = () => traces.some((file) => existsSync(file));
  if (!isLeft()) return false;
  const { untilFree } = await import("../../sdk/node/lock.js");
  await untilFree(lockOf(cache), waiting);
  return isLeft();
}

/** To be called before the first artifact is written. */
export function unfinished(cache: string): void {
  writeFileSync(path.join(cache, UNFINISHED), "");
}

/** To be called when all is written. */
export async function finish(cache: string): Promise<void> {
  await rm(path.join(cache, UNFINISHED), { force: true });
}

/** How long the compiler took, when it had most to do, in this pipeline. */
export function lastTime(cache: string, pipeline: string): Took | undefined {
  return readState(cache).took?.[pipeline];
}

/** Keeps how long the compiler took, unless it had far less to do than before. */
export function keepTime(cache: string, pipeline: string, took: Took): void {
  const state = readState(cache);
  const before = state.took?.[pipeline];
  if (before !== undefined && took.size < before.size * 0.8) return;
  const next: State = { ...state, took: { ...state.took, [pipeline]: took } };
  writeFileSync(path.join(cache, STATE), JSON.stringify(next));
}

function readState(cache: string): State {
  try {
    return JSON.parse(readFileSync(path.join(cache, STATE), "utf8")) as State;
  } catch {
    // Never built, or broken off while it was written.
    return {};
  }
}

async function relocate(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const moved = (value: string) =>
    value === from || value.startsWith(from + path.sep) ? to + value.slice(from.length) : value;
  let cache: [string, unknown][];
  try {
    cache = Object.entries(
      JSON.parse(text, (_key, value: unknown) =>
        typeof value === "string" ? moved(value) : value,
      ) as object,
    );
  } catch {
    // Broken off while it was written: all is compiled anew.
    await rm(file, { force: true });
    return;
  }
  // As a whole or not at all, whenever this is killed.
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(
    draft,
    JSON.stringify(Object.fromEntries(cache.map(([root, entry]) => [moved(root), entry]))),
  );
  await rename(draft, file);
}
