import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { environment } from "./commandLine.js";
import { describeCommandLine, expectSuccess, type Outcome } from "./support.js";

const require = createRequire(import.meta.url);
const ROOT = path.resolve(import.meta.dirname, "..", "..");
const CLI = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist", "src", "cli.js");

/** A project with the build of this one but for what follows it, and with contracts that are compiled in a second. */
const CONFIG = `
import { defineConfig } from "hardhat/config";
const hooks = ${JSON.stringify(path.join(ROOT, "tasks", "hooks"))};
const { buildTasks } = await import(${JSON.stringify(path.join(ROOT, "tasks", "build", "index.ts"))});
const kyoso = {
  id: "kyoso",
  npmPackage: null,
  tasks: buildTasks.filter(({ id }) => id[0] !== "ignition"),
  hookHandlers: {
    config: () => import(hooks + "/config.ts"),
    solidity: async () => {
      const { processArtifactsAfterSuccessfulBuild, ...handlers } = await (await import(hooks + "/solidity.ts")).default();
      return { default: () => Promise.resolve(handlers) };
    },
  },
};
const shipped = { version: "0.8.34", path: "solc/soljson.js" };
export default defineConfig({
  plugins: [kyoso],
  solidity: { compilers: [shipped], overrides: { test: { ...shipped }, "test/Own.t.sol": shipped } },
  paths: { tests: { solidity: "test" } },
});
`;
const contract = (name: string, value: number) =>
  `// SPDX-License-Identifier: MIT\npragma solidity 0.8.34;\n` +
  `contract ${name} { function value() external pure returns (uint256) { return ${value}; } }\n`;

describeCommandLine("a build", function () {
  this.timeout(180_000);
  let folder: string;
  let project: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-build-"));
    project = path.join(folder, "project");
    await mkdir(path.join(project, "contracts"), { recursive: true });
    await mkdir(path.join(project, "test"));
    await symlink(path.join(ROOT, "node_modules"), path.join(project, "node_modules"), "junction");
    await writeFile(path.join(project, "package.json"), '{"type":"module","private":true}');
    await writeFile(path.join(project, "hardhat.config.ts"), CONFIG);
    await write("contracts/Hello.sol", contract("Hello", 1));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (file: string, text: string) => writeFile(path.join(project, file), text);
  const read = (file: string) => readFile(path.join(project, file), "utf8");

  const start = (args: readonly string[] = [], cwd = project) => startHere(["build", ...args], cwd);

  function startHere(args: readonly string[], cwd = project): ChildProcess {
    return spawn(process.execPath, [CLI, ...args], {
      cwd,
      env: environment({}),
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async function outcome(child: ChildProcess): Promise<Outcome> {
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => (output[name] += text));
    }
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, ...output };
  }

  async function build(args: readonly string[] = [], cwd = project): Promise<string> {
    const result = await outcome(start(args, cwd));
    expectSuccess(result);
    return result.stderr;
  }

  /** Resolves when the build says so on stderr. */
  const said = (child: ChildProcess, text: string) =>
    new Promise<void>((resolve) => {
      child.stderr?.on("data", (chunk: string) => {
        if (chunk.includes(text)) resolve();
      });
    });

  it("says that it compiles and how long: once, wherever its folder goes, and from wherever it is called", async () => {
    await write("test/A.sol", contract("A", 1));
    await write("test/B.sol", contract("B", 1));
    await write("test/Own.t.sol", contract("Own", 1));
    // The folder of tests apart, all its files together; what tests itself with the contracts, as it is shipped.
    expect(await build(["--quiet"])).to.match(
      /^(Compiling 2 Solidity files, (a few|about \d+) seconds …\n){2}$/,
    );
    expect(await build(["--quiet"])).to.equal("");
    const copy = path.join(folder, "copy");
    await cp(project, copy, { recursive: true, verbatimSymlinks: true });
    await rm(project, { recursive: true });
    expect(await build([], path.join(copy, "contracts"))).to.equal("");
    project = copy;
    await write("contracts/Hello.sol", contract("Hello", 2));
    const config = path.join(copy, "hardhat.config.ts");
    expect(await build(["--config", config], folder)).to.equal(
      "Compiling 1 Solidity file, a few seconds …\n",
    );
  });

  it("loads the compiler to compile with it, or where it was replaced", async () => {
    const compiler = (comment: string) =>
      `// ${comment}\nrequire("fs").appendFileSync(__dirname + "/loaded", "1");\n` +
      `module.exports = require("solc/soljson.js");\n`;
    await write("hardhat.config.ts", CONFIG.replace("solc/soljson.js", "./compiler.cjs"));
    await write("compiler.cjs", compiler("old"));
    await build();
    // For its version; and then as a process of its own.
    expect(await read("loaded")).to.equal("11");
    expect(await build()).to.equal("");
    expect(await read("loaded")).to.equal("11");
    await write("compiler.cjs", compiler("new"));
    expect(await build()).to.equal("");
    expect(await read("loaded")).to.equal("111");
    await write("contracts/Hello.sol", contract("Hello", 2));
    expect(await build()).to.include("Compiling 1 Solidity file");
    expect(await read("loaded")).to.equal("1111");
    expect(await build()).to.equal("");
    expect(await read("loaded")).to.equal("1111");
  });

  it("waits for another one in the same folder, and then finds everything built", async () => {
    const first = start();
    const building = outcome(first);
    await said(first, "Compiling");
    // It goes on only once the second one has waited long enough to say so.
    first.kill("SIGSTOP");
    const second = start();
    const waiting = outcome(second);
    await said(second, `Another command (process ${first.pid ?? 0}) is building this project`);
    first.kill("SIGCONT");
    expectSuccess(await building);
    const after = await waiting;
    expectSuccess(after);
    expect(after.stderr).not.to.include("Compiling");
    expect(await read("artifacts/contracts/Hello.sol/Hello.json")).to.include('"contractName": "Hello"');
  });

  it("takes over from one that was killed", async () => {
    const first = start();
    const building = outcome(first);
    await said(first, "Compiling");
    first.kill("SIGKILL");
    expect((await building).code).to.equal(null);
    expect(existsSync(path.join(project, "cache", "build.lock"))).to.equal(true);
    const second = await build();
    expect(second).to.match(/^Compiling 1 Solidity file/);
    expect(existsSync(path.join(project, "cache", "build.lock"))).to.equal(false);
  });

  (existsSync("/dev/full") ? it : it.skip)("says why it can't write", async () => {
    // A device that takes nothing, for root neither.
    await mkdir(path.join(project, "cache"));
    await symlink("/dev/full", path.join(project, "cache", "compile-cache.json.tmp"));
    await write("script.ts", 'console.log("went on");');
    for (const args of [["build"], ["run", "script.ts"]]) {
      const { code, stdout, stderr } = await outcome(startHere(args));
      expect(code, args.join(" ")).to.equal(1);
      expect(stderr)
        .to.match(/^Error:\n\n.*The disk is full\n {2}→ Make room/mu)
        .and.not.to.match(/^ {4}at |plugin|hardhat\.org|show-stack-traces/mu);
      expect(stderr.split("The disk is full")).to.have.length(2);
      expect(stdout).not.to.include("went on");
    }
  });
});
