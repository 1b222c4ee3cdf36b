import { accessSync, constants, existsSync, mkdirSync, realpathSync } from "node:fs";
import { enableCompileCache } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundleFolder, freshManifest, readManifest, writeManifest } from "./manifest.js";
import type { Manifest } from "./manifest.js";

/** A bundle to load. */
export interface Bundle {
  /** URL of the module that has the plugin. */
  readonly entry: string;
  /** URLs of modules of packages, and of the file that was made of each. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * The bundle of the tasks, made anew where it is missing or stale.
 *
 * @returns Undefined where the sources are to be used: nothing was ever built, the folder can't be written to, the disk is
 * full, a source has an error, or KYOSO_SOURCES is 1.
 */
export async function findBundle(root: string): Promise<Bundle | undefined> {
  if (process.env.KYOSO_SOURCES === "1") return undefined;
  const manifest = await renewBundle(root);
  if (manifest === undefined) return undefined;
  // What Node.js made of the files the last time.
  enableCompileCache(path.join(bundleFolder(root), "compiled"));
  const urlOf = (file: string) => pathToFileURL(path.join(bundleFolder(root), file)).href;
  return {
    entry: urlOf(manifest.entry),
    packages: new Map(
      manifest.packages
        .filter(([module]) => existsSync(path.join(root, module)))
        .map(([module, file]) => [realUrl(root, module), urlOf(file)]),
    ),
  };
}

/** The bundle's files, after it was made anew where it is missing or stale; undefined where there can be none. */
export async function renewBundle(root: string): Promise<Manifest | undefined> {
  return fresh(root) ?? (await made(root));
}

/** As Node.js names a module, whose package may be a link. */
function realUrl(root: string, file: string): string {
  return pathToFileURL(realpathSync(path.join(root, file))).href;
}

function fresh(root: string): Manifest | undefined {
  const known = readManifest(root);
  const manifest = known && freshManifest(root, known);
  if (manifest === undefined || manifest === known) return manifest;
  try {
    writeManifest(root, manifest);
  } catch {
    // It is as fresh; only the next command has to read the sources again.
  }
  return manifest;
}

async function made(root: string): Promise<Manifest | undefined> {
  if (!existsSync(path.join(root, "typechain-types", "abi", "index.ts"))) return undefined;
  try {
    mkdirSync(bundleFolder(root), { recursive: true });
    // Before the work, not after it.
    accessSync(bundleFolder(root), constants.W_OK);
    const { makeBundle } = await import("./make.js");
    return await makeBundle(root);
  } catch {
    return undefined;
  }
}
