import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { id, keccak256 } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { codesOf } from "../../deploy/codes.js";
import { builtCreations } from "../../deploy/implementations.js";
import { LOCAL_CHAIN_ID } from "../../sdk/chain/local.js";
import { KyosoError } from "../../sdk/errors.js";
import type { ImplementationName } from "../../sdk/implementations.js";
import { toJson } from "../../sdk/json.js";
import type { Release } from "../../sdk/node/releases.js";
import { releaseFolder } from "../../sdk/node/releases.js";
import { action } from "../action.js";
import { buildContracts } from "../build/contracts.js";
import { writeFact } from "./facts.js";
import { compilerInput, sourceName } from "./upgrades/compile.js";

interface Arguments {
  check: boolean;
}

const COMMAND = "npm run release";

/** Writes what this version deploys, or compares it: in a fresh clone, everything is compiled for that. */
export default action<Arguments>(async ({ check }, hre) => {
  const { root } = hre.config.paths;
  await buildContracts(hre);
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Release;
  if (!check) await requireUnreleased(root, version);
  const release = await describe(hre, version);
  const folder = releaseFolder(version);
  if (!check) await mkdir(path.join(root, folder), { recursive: true });
  await writeFact(
    hre,
    `${folder}/release.json`,
    `${JSON.stringify(release, undefined, 2)}\n`,
    COMMAND,
    check,
  );
  await writeFact(hre, `${folder}/layouts.json`, await layoutsText(root), COMMAND, check);
});

async function describe(hre: HardhatRuntimeEnvironment, version: string): Promise<Release> {
  const { longVersion, input } = await compilerInput(hre);
  // What it is asked for changes nothing of the code.
  const settings = Object.fromEntries(
    Object.entries(input.settings).filter(([name]) => name !== "outputSelection"),
  );
  const creations = await builtCreations(hre);
  // Of two chains, to tell what has the chain in its code.
  const codes = await Promise.all([LOCAL_CHAIN_ID, 1n].map((chainId) => codesOf(hre, chainId, creations)));
  const contracts = await Promise.all(
    creations.map(async ({ name, address, initCode }) => {
      const [code = "0x", other] = codes.map((each) => each.get(address));
      const { sourceName: source } = await hre.artifacts.readArtifact(name);
      const runtimeCode = code === other ? keccak256(code) : null;
      return [name, { source, address, creationCode: keccak256(initCode), runtimeCode }] as const;
    }),
  );
  const sources = Object.entries(input.sources)
    .map(([name, { content }]) => [sourceName(name), id(content)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    version,
    compiler: { version: longVersion, settings: toJson(settings) },
    contracts: Object.fromEntries(contracts) as Record<
      ImplementationName,
      Release["contracts"]["BrandToken"]
    >,
    sources: Object.fromEntries(sources),
  };
}

/** The layouts that `hardhat upgrades` holds to be those of the sources; one contract a line. */
async function layoutsText(root: string): Promise<string> {
  const folder = path.join(root, "storage-layouts");
  const lines = await Promise.all(
    (await readdir(folder)).sort().map(async (file) => {
      const layout = JSON.stringify(JSON.parse(await readFile(path.join(folder, file), "utf8")));
      return `  ${JSON.stringify(path.basename(file, ".json"))}: ${layout}`;
    }),
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** @throws KyosoError for a version of which the changelog says that it is out. */
async function requireUnreleased(root: string, version: string): Promise<void> {
  const changelog = await readFile(path.join(root, "CHANGELOG.md"), "utf8");
  if (!changelog.includes(`\n## [${version}]`)) return;
  throw KyosoError.of("release.made-already", {
    data: { version },
    place: releaseFolder(version),
    message: `Version ${version} is out: what it deploys doesn't change any more`,
    remedy: "Raise the version in package.json, and write the release of that one.",
  });
}
