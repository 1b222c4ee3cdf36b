import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { CompilerInput } from "hardhat/types/solidity";
import { compileWith } from "../../../tasks/build/solcJs.js";

const require = createRequire(import.meta.url);
const SOLC = require.resolve("solc/soljson.js");
const VERSION = "0.8.34+commit.80d5c536";

const inputOf = (content: string): CompilerInput => ({
  language: "Solidity",
  sources: { "A.sol": { content } },
  settings: {
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } },
  },
});

describe("build: the compiler's process", function () {
  this.timeout(240_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-solc-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("makes what the compiler makes by itself, of what throws within it too", async () => {
    const sound = inputOf("contract A { function f(uint a) external pure returns (uint) { return a * 7; } }");
    // An error in a source is thrown and caught inside the compiler.
    const broken = inputOf("contract A { function f() external { g(); } } contract B { uint }");
    const solc = require("solc") as { compile(input: string): string };
    for (const input of [sound, broken]) {
      expect(await compileWith(SOLC, VERSION, input)).to.deep.equal(
        JSON.parse(solc.compile(JSON.stringify(input))),
      );
    }
  });

  it("is none that was replaced by another version", async () => {
    const outcome = await compileWith(SOLC, "0.8.33+commit.64118f21", inputOf("contract A {}")).catch(String);
    expect(outcome).to.match(/The compiler is 0\.8\.34\S+, and was 0\.8\.33\S+: remove/);
  });

  it("says why it can't be run", async () => {
    const file = path.join(folder, "compiler.cjs");
    await writeFile(file, 'throw new Error("no compiler at all");');
    expect(await compileWith(file, VERSION, inputOf("contract A {}")).catch(String)).to.include(
      "no compiler at all",
    );
    await writeFile(file, 'process.kill(process.pid, "SIGKILL");');
    expect(await compileWith(file, VERSION, inputOf("contract A {}")).catch(String)).to.include(
      "was stopped",
    );
  });

  it("keeps functions of a table as long as they are in it", async () => {
    const file = path.join(folder, "compiler.cjs");
    await writeFile(
      file,
      `
      const binary = Buffer.from("0061736d01000000010401600000030302000007090201610000016200010a070202000b02000b", "hex");
      const { a, b } = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports;
      const [one, two] = [0, 1].map(() => new WebAssembly.Table({ initial: 2, element: "anyfunc" }));
      const seen = [];
      const see = () => seen.push(...[one, two].flatMap((table) => [0, 1].map((i) => [null, a, b].indexOf(table.get(i)))));
      see();
      one.set(0, a);
      two.set(1, b);
      see();
      one.set(0, b);
      two.set(1, a);
      see();
      const run = { solidity_version: () => "0.8.34", solidity_compile: () => JSON.stringify(seen) };
      module.exports = { cwrap: (name) => run[name] };
      `,
    );
    expect(await compileWith(file, "0.8.34", inputOf(""))).to.deep.equal([
      ...[0, 0, 0, 0],
      ...[1, 0, 0, 2],
      ...[2, 0, 0, 1],
    ]);
  });
});
