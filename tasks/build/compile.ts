import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";
import { roughly } from "../../sdk/time.js";
import { keepTime, lastTime, unfinished } from "./cache.js";

/** Seconds for each megabyte of sources where nothing was built yet: on one core of a laptop. */
const FIRST_GUESS = { viaIR: 75, legacy: 25 };

/** What the compiler warns of code that may not be deployed. Only tests are compiled otherwise than contracts are shipped. */
const TOO_LARGE = "5574";

/**
 * Compiles, and tells whoever waits that it does, and about how long: as long as the last time, by the size of the sources.
 * On stderr, as what a command prints may be read by another program.
 *
 * @param cache The folder of Hardhat's cache.
 */
export async function compile(
  cache: string,
  input: CompilerInput,
  run: (input: CompilerInput) => Promise<CompilerOutput>,
): Promise<CompilerOutput> {
  const pipeline = input.settings.viaIR === true ? "viaIR" : "legacy";
  const sources = Object.entries(input.sources);
  const size = sources.reduce((sum, [, { content }]) => sum + content.length, 0);
  const last = lastTime(cache, pipeline) ?? { size: 1e6, seconds: FIRST_GUESS[pipeline] };
  const files = sources.filter(([name]) => isOurs(name)).length;
  const duration = inWords((last.seconds * size) / last.size);
  console.error(`Compiling ${files} Solidity ${files === 1 ? "file" : "files"}, ${duration} …`);
  const start = performance.now();
  const output = await run(withoutForeignCode(input));
  keepTime(cache, pipeline, { size, seconds: (performance.now() - start) / 1000 });
  unfinished(cache);
  if (pipeline === "legacy") {
    output.errors = output.errors?.filter(({ errorCode }) => errorCode !== TOO_LARGE);
  }
  return complete(output);
}

/** `about 20 seconds`. */
export function inWords(seconds: number): string {
  if (seconds < 7.5) return "a few seconds";
  if (seconds < 52.5) return `about ${Math.round(seconds / 5) * 5} seconds`;
  return `about ${roughly(seconds)}`;
}

function isOurs(source: string): boolean {
  return source.startsWith("project/");
}

/**
 * The compiler isn't asked for the code of packages' own contracts, such as the manager that ours extends, which nobody reads.
 * It makes it all the same, of every source of which anything is asked; to ask twice, once for all syntax trees and once for
 * our code alone, takes longer than it spares.
 */
function withoutForeignCode(input: CompilerInput): CompilerInput {
  const asked = input.settings.outputSelection["*"] ?? {};
  const { "*": ofContracts = [], ...ofFile } = asked;
  const light = { ...ofFile, "*": ofContracts.filter((output) => !output.startsWith("evm.")) };
  const outputSelection = Object.fromEntries(
    Object.keys(input.sources).map((name) => [name, isOurs(name) ? asked : light]),
  );
  return { ...input, settings: { ...input.settings, outputSelection } };
}

/** Where no code was asked for, it is empty, as an abstract contract's is: Hardhat's node reads it of every contract. */
function complete(output: CompilerOutput): CompilerOutput {
  const none = { object: "", opcodes: "", sourceMap: "", linkReferences: {} };
  for (const contracts of Object.values(output.contracts ?? {})) {
    for (const contract of Object.values(contracts)) {
      contract.evm ??= {
        bytecode: none,
        deployedBytecode: { ...none, immutableReferences: {} },
        methodIdentifiers: {},
      };
    }
  }
  return output;
}
