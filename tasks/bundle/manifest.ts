import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A file that the bundle was made of, as it was then. */
export interface Input {
  /** From the project's folder, with slashes. */
  readonly file: string;
  readonly size: number;
  /** When it was changed, in milliseconds. */
  readonly time: number;
  /** SHA-256 of what is in it. */
  readonly hash: string;
}

/** What lies in the bundle's folder, and what it was made of. */
export interface Manifest {
  /** Changes with what this file means. */
  readonly version: typeof VERSION;
  readonly inputs: readonly Input[];
  /** Names of all files of the bundle. */
  readonly outputs: readonly string[];
  /** The one among them that has the plugin. */
  readonly entry: string;
  /** Modules of packages, from the project's folder, and the file that was made of each. */
  readonly packages: readonly (readonly [module: string, file: string])[];
}

export const VERSION = 2;
const NAME = "manifest.json";

/** Where the bundle lies: in the folder that `hardhat clean` empties. */
export function bundleFolder(root: string): string {
  return path.join(root, "cache", "tasks");
}

/** Undefined where there is none, or none that can be read. */
export function readManifest(root: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path.join(bundleFolder(root), NAME), "utf8")) as Manifest;
    // One of another version can look like anything.
    return (manifest.version as number) === VERSION ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** @throws where the disk is full, or nothing may be written. */
export function writeManifest(root: string, manifest: Manifest): void {
  writeAtOnce(path.join(bundleFolder(root), NAME), JSON.stringify(manifest));
}

/** A file that is there as a whole or not at all, whoever else writes it, and whenever this is interrupted. */
export function writeAtOnce(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A file as it is now; undefined where there is none. */
export function inputOf(root: string, file: string): Input | undefined {
  const stats = statSync(path.join(root, file), { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const hash = createHash("sha256")
    .update(readFileSync(path.join(root, file)))
    .digest("hex");
  return { file, size: stats.size, time: stats.mtimeMs, hash };
}

/**
 * Compares the bundle with its sources: by their times, and by what is in them where their times have changed, as those of
 * a copied folder have.
 *
 * @returns The manifest, with their present times; undefined where the bundle is stale or not whole.
 */
export function freshManifest(root: string, manifest: Manifest): Manifest | undefined {
  const folder = bundleFolder(root);
  // To ask for the list is quicker than to ask for each.
  const there = new Set(existsSync(folder) ? readdirSync(folder) : []);
  if (!manifest.outputs.every((file) => there.has(file))) return undefined;
  let touched = false;
  const inputs: Input[] = [];
  for (const input of manifest.inputs) {
    const stats = statSync(path.join(root, input.file), { throwIfNoEntry: false });
    if (stats?.size !== input.size) return undefined;
    if (stats.mtimeMs === input.time) {
      inputs.push(input);
      continue;
    }
    const now = inputOf(root, input.file);
    if (now?.hash !== input.hash) return undefined;
    touched = true;
    inputs.push(now);
  }
  return touched ? { ...manifest, inputs } : manifest;
}
