import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ImplementationName } from "../implementationNames.js";
import type { JsonValue } from "../json.js";

/** What a version of Kyoso deploys: it is the same on every chain. */
export interface Release {
  readonly version: string;
  readonly compiler: { readonly version: string; readonly settings: JsonValue };
  readonly contracts: Readonly<Record<ImplementationName, ReleasedContract>>;
  /** Hashes (keccak256) of all that the compiler read, by its own names of them. */
  readonly sources: Readonly<Record<string, string>>;
}

interface ReleasedContract {
  readonly source: string;
  readonly address: string;
  /** Hash of its creation code, linked, with what its constructor takes. */
  readonly creationCode: string;
  /** Hash of the code that it has on every chain; null where that of the chain is in it. */
  readonly runtimeCode: string | null;
}

const FOLDER = "releases";

/** The folder of a release, from the project's root. */
export function releaseFolder(version: string): string {
  return `${FOLDER}/${version}`;
}

/** The releases that a checkout knows, the oldest first. */
export async function readReleases(root: string): Promise<Release[]> {
  const folder = path.join(root, FOLDER);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const releases = await Promise.all(
    // A file that a computer leaves in every folder is none.
    entries
      .filter((entry) => entry.isDirectory())
      .map(
        async ({ name }) =>
          JSON.parse(await readFile(path.join(folder, name, "release.json"), "utf8")) as Release,
      ),
  );
  return releases.toSorted((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }));
}

/** The release of which all addresses are. */
export function releaseWith(
  releases: readonly Release[],
  addresses: Readonly<Record<ImplementationName, string>>,
): Release | undefined {
  return releases.find(({ contracts }) =>
    Object.entries(contracts).every(
      ([name, { address }]) => addresses[name as ImplementationName] === address,
    ),
  );
}
