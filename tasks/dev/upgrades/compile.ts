import { createRequire } from "node:module";
import path from "node:path";
import type { SolcInput, SolcOutput } from "@openzeppelin/upgrades-core";
import { makeNamespacedInput } from "@openzeppelin/upgrades-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** What the contracts are compiled to for a check: without code, which takes five seconds instead of minutes. */
export interface Checked {
  readonly solcVersion: string;
  readonly input: SolcInput;
  /** Syntax trees and layouts, with the code that the last build made of each contract. */
  readonly output: SolcOutput;
  /** The same, where a variable stands for each namespaced struct: it has the places of what is in the struct. */
  readonly namespaced: SolcOutput;
}

const PREFIX = "project/";

/** The sources' own name of a file that the compiler knows by another. */
export function sourceName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** What the compiler is given for `contracts/`, and which one it is. */
export async function compilerInput(hre: HardhatRuntimeEnvironment) {
  const { sources } = hre.config.paths;
  const files = (await hre.solidity.getRootFilePaths()).filter((file) =>
    sources.solidity.some((folder) => file.startsWith(folder + path.sep)),
  );
  const found = await hre.solidity.getCompilationJobs(files, { force: true, quiet: true, isolated: false });
  if (!("compilationJobsPerFile" in found)) throw new Error(found.formattedReason);
  const jobs = [...new Set(found.compilationJobsPerFile.values())];
  const inputs = await Promise.all(jobs.map((job) => job.getSolcInput()));
  const [job, [first]] = [jobs[0], inputs];
  if (job === undefined || first === undefined) throw new Error("There are no contracts.");
  const remappings = [...new Set(inputs.flatMap(({ settings }) => settings.remappings ?? []))];
  const input = {
    ...first,
    sources: Object.assign({}, ...inputs.map((each) => each.sources)) as typeof first.sources,
    settings: { ...first.settings, remappings },
  };
  return { version: job.solcConfig.version, longVersion: job.solcLongVersion, input };
}

/** Compiles `contracts/`, as far as a check needs it. The contracts must be built. */
export async function compileForCheck(hre: HardhatRuntimeEnvironment): Promise<Checked> {
  const { root } = hre.config.paths;
  const { version, input: whole } = await compilerInput(hre);
  const solc = createRequire(path.join(root, "package.json"))("solc") as { compile(input: string): string };
  const run = (input: object) => parse(solc.compile(JSON.stringify(input)));
  const input = {
    ...whole,
    settings: {
      ...whole.settings,
      outputSelection: { "*": { "*": ["storageLayout", "evm.methodIdentifiers"], "": ["ast"] } },
    },
  };
  const output = run(input);
  await addCode(hre, output);
  return {
    solcVersion: version,
    input,
    output,
    namespaced: run(makeNamespacedInput(input, output)),
  };
}

function parse(text: string): SolcOutput {
  const output = JSON.parse(text) as SolcOutput;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output;
}

/** Adds what was built, which tells what is linked; abstract contracts and those of packages have no code. */
async function addCode(hre: HardhatRuntimeEnvironment, output: SolcOutput): Promise<void> {
  for (const [file, contracts] of Object.entries(output.contracts)) {
    for (const [name, contract] of Object.entries(contracts)) {
      const full = `${sourceName(file)}:${name}`;
      const isOurs = file.startsWith(PREFIX) && (await hre.artifacts.artifactExists(full));
      const built = isOurs ? await hre.artifacts.readArtifact(full) : undefined;
      contract.evm = {
        ...contract.evm,
        bytecode: {
          object: built?.bytecode.slice(2) ?? "",
          linkReferences: { ...built?.linkReferences },
        },
      };
    }
  }
}
