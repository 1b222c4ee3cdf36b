import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { HardhatConfig } from "hardhat/types/config";

/** Where TypeChain writes to unless it is told. */
const DEFAULT_FOLDER = path.join("types", "ethers-contracts");

/** What makes types of artifacts: they are written anew where another version of it was installed. */
const MAKERS = ["@nomicfoundation/hardhat-typechain/package.json", "typechain/package.json"];

const KEPT = "types.sha256";

/** The folder of TypeChain's types, as an absolute path. */
export function typesFolder({ paths, typechain }: HardhatConfig): string {
  return path.resolve(paths.root, typechain.outDir ?? DEFAULT_FOLDER);
}

/** Whether TypeChain would write what is there already: since {keepTypes}, nobody wrote an artifact or a type. */
export function areFresh(config: HardhatConfig): boolean {
  try {
    return readFileSync(path.join(config.paths.cache, KEPT), "utf8") === stateOf(config);
  } catch {
    // Never built, or not to its end.
    return false;
  }
}

/** To be called when all types are written. */
export async function keepTypes(config: HardhatConfig): Promise<void> {
  if (areFresh(config)) return;
  const file = path.join(config.paths.cache, KEPT);
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, stateOf(config));
  await rename(draft, file);
}

/** Another one whenever anybody wrote any of the files, or has them made otherwise. */
function stateOf(config: HardhatConfig): string {
  const { alwaysGenerateOverloads, discriminateTypes, tsNocheck } = config.typechain;
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ alwaysGenerateOverloads, discriminateTypes, tsNocheck }));
  const add = (file: string) => {
    // Who writes a file can choose the time of its change, but not the one of its inode.
    const { size, mtimeMs, ctimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs} ${ctimeMs}\n`);
  };
  const require = createRequire(path.join(config.paths.root, "package.json"));
  for (const maker of MAKERS) add(require.resolve(maker));
  const { artifacts } = config.paths;
  for (const file of filesIn(artifacts, ".json")) add(file);
  for (const file of filesIn(typesFolder(config), ".ts")) add(file);
  return hash.digest("hex");
}

function filesIn(folder: string, ending: string): string[] {
  const files = readdirSync(folder, { encoding: "utf8", recursive: true });
  return files
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => path.join(folder, file));
}
