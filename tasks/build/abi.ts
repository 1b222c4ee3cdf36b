import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Built } from "./built.js";

/** What an ABI module is made of. */
export interface AbiSource {
  /** The contract's name. */
  readonly name: string;
  /** Its ABI, whole, as the compiler gave it. */
  readonly abi: readonly unknown[];
  /** TypeChain's module of it, seen from the folder of the ABI modules. */
  readonly types: string;
}

// A line of TypeChain's index: export type { BrandToken } from './token/BrandToken.js';
const EXPORTED = /^export type \{ (?<name>\w+) \} from '(?<file>\.\/[^']+)';$/gm;

/**
 * Writes what a browser needs of each contract, beside TypeChain's types, into `abi/`: its ABI, `as const`, and what
 * TypeChain's factories do with it, without the bytecode. Modules of contracts that are gone are removed.
 */
export async function writeAbis(built: Built): Promise<void> {
  if (built.types === undefined) return;
  const modules = new Map(
    (await sources(built, built.types)).map((from) => [`${from.name}.ts`, abiModule(from)]),
  );
  modules.set("index.ts", abiIndex([...modules.keys()]));
  const folder = path.join(built.types, "abi");
  const addresses = await addressesModule(built, path.join(folder, ADDRESSES));
  if (addresses !== undefined) modules.set(ADDRESSES, addresses);
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) {
    if (!modules.has(file)) await rm(path.join(folder, file), { recursive: true });
  }
  for (const [file, text] of modules) await writeChanged(path.join(folder, file), text);
}

/** The contracts that have types, in the order of their names. */
async function sources(built: Built, types: string): Promise<AbiSource[]> {
  const artifacts = new Map(built.artifacts.map((file) => [path.basename(file, ".json"), file]));
  const index = await readFile(path.join(types, "index.ts"), "utf8");
  const found: AbiSource[] = [];
  for (const { groups } of index.matchAll(EXPORTED)) {
    const artifact = artifacts.get(groups?.name ?? "");
    // TypeChain leaves the types of a contract that is gone until the folder is cleaned.
    if (groups?.name === undefined || groups.file === undefined || artifact === undefined) continue;
    const { abi } = JSON.parse(await readFile(artifact, "utf8")) as { abi: unknown[] };
    found.push({ name: groups.name, abi, types: `.${groups.file}` });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The text of one module. It has no side effects, so a bundle keeps only the contracts that it uses, and an ABI is parsed
 * when it is first used.
 */
export function abiModule({ name, abi, types }: AbiSource): string {
  const abiName = `${name.charAt(0).toLowerCase()}${name.slice(1)}Abi`;
  return `// Written by the build. Do not edit.
/* eslint-disable */
import { Contract, type ContractRunner, Interface } from "ethers";
import type * as types from "${types}";

export const ${abiName} = ${JSON.stringify(abi, null, 2)} as const;

let parsed: types.${name}Interface | undefined;

/** The contract as ethers sees it, without its bytecode. */
export const ${name} = {
  abi: ${abiName},
  /** The parsed ABI, the same each time. */
  createInterface(): types.${name}Interface {
    return (parsed ??= new Interface(${abiName}) as types.${name}Interface);
  },
  connect(address: string, runner?: ContractRunner | null): types.${name} {
    return new Contract(address, ${name}.createInterface(), runner) as unknown as types.${name};
  },
};

export type ${name} = types.${name};
`;
}

function abiIndex(files: readonly string[]): string {
  const lines = files.map((file) => `export * from "./${path.basename(file, ".ts")}.js";`);
  return `// Written by the build. Do not edit.\n${lines.join("\n")}\n`;
}

/**
 * The text of the module with the addresses that the implementations have on every chain, as they are compiled: what tells a
 * factory of this project from any other. To find them takes a while, so it is left as it is while the code is the same.
 *
 * @returns Undefined where not all of them are compiled.
 */
async function addressesModule({ artifacts }: Built, file: string): Promise<string | undefined> {
  const files = new Map(artifacts.map((artifact) => [path.basename(artifact, ".json"), artifact]));
  const { IMPLEMENTATION_NAMES } = await import("../../sdk/implementationNames.js");
  const bytecode: Record<string, string> = {};
  const hash = createHash("sha256");
  for (const name of IMPLEMENTATION_NAMES) {
    const artifact = files.get(name);
    if (artifact === undefined) return undefined;
    const compiled = JSON.parse(await readFile(artifact, "utf8")) as { readonly bytecode: string };
    bytecode[name] = compiled.bytecode;
    hash.update(`${name} ${compiled.bytecode}\n`);
  }
  const digest = hash.digest("hex");
  const before = await readFile(file, "utf8").catch(() => "");
  if (before.includes(digest)) return before;
  const { predictImplementations } = await import("../../sdk/implementations.js");
  const addresses = predictImplementations(bytecode as Parameters<typeof predictImplementations>[0]);
  return `// Written by the build. Do not edit.
/** Where the contracts that DAOs share are on every chain, of the code with the SHA-256 ${digest}. */
export const IMPLEMENTATIONS = ${JSON.stringify(addresses, null, 2)} as const;
`;
}

const ADDRESSES = "implementations.ts";

/** Leaves a file as it is where it has this text already: what watches it has nothing to do then. */
async function writeChanged(file: string, text: string): Promise<void> {
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(file, text);
}
