import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { expect } from "chai";
import type { CompilerInput } from "hardhat/types/solidity";
import { compileWith } from "../../tasks/build/solcJs.js";

const require = createRequire(import.meta.url);
const ARTIFACTS = path.resolve(import.meta.dirname, "..", "..", "artifacts");

interface Artifact {
  readonly bytecode: string;
  readonly buildInfoId: string;
  readonly inputSourceName: string;
}

const read = async <T>(...names: string[]) =>
  JSON.parse(await readFile(path.join(ARTIFACTS, ...names), "utf8")) as T;

describe("a build", function () {
  this.timeout(240_000);

  it("comes to the same bytecode whatever else is compiled with it, and whatever comments say", async () => {
    for (const name of ["governance/BallotRelay", "pass/PassRenderer"]) {
      const contract = path.basename(name);
      const built = await read<Artifact>("contracts", `${name}.sol`, `${contract}.json`);
      const { input, solcLongVersion } = await read<{ input: CompilerInput; solcLongVersion: string }>(
        "build-info",
        `${built.buildInfoId}.json`,
      );
      const source = built.inputSourceName;
      const content = `${input.sources[source]?.content ?? ""}\n// What only somebody who reads it notices.\n`;
      const { contracts } = await compileWith(require.resolve("solc/soljson.js"), solcLongVersion, {
        ...input,
        sources: { ...input.sources, [source]: { content } },
        settings: {
          ...input.settings,
          remappings: [...(input.settings.remappings ?? []), "nobody/=nowhere/"],
          outputSelection: { [source]: { [contract]: ["evm.bytecode.object"] } },
        },
      });
      expect(`0x${contracts?.[source]?.[contract]?.evm?.bytecode?.object}`, name).to.equal(built.bytecode);
    }
  });
});
