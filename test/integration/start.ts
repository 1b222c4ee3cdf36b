import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import hre from "hardhat";
import type { Manifest } from "../../tasks/bundle/manifest.js";
import { describeCommandLine, expectFailure, expectSuccess, launcher, type Outcome } from "./support.js";

const ROOT = hre.config.paths.root;
const PROJECT = [
  "brands",
  "deploy",
  "hardhat.config.ts",
  "package-lock.json",
  "package.json",
  "sdk",
  "tasks",
  "tsconfig.json",
  "typechain-types",
];
const HARDHAT = path.join(
  path.dirname(createRequire(import.meta.url).resolve("hardhat/package.json")),
  "dist/src/cli.js",
);
const NOWHERE = ["dao", "launch", "nowhere"];

/** Two tasks in place of all, so that a bundle is made in a moment: one that shows its help, and one that reads a brand file. */
const PLUGIN = `
import { emptyTask, task } from "hardhat/config";
import { lazily } from "./lazy.js";
import { positional } from "./options.js";

export default {
  id: "kyoso",
  npmPackage: null,
  tasks: [
    emptyTask("dao", "Two tasks").build(),
    task(["dao", "status"], "Show how a DAO stands").setAction(lazily(() => import("./read.js"))).build(),
    task(["dao", "launch"], "Read a brand file")
      .addPositionalArgument(positional("brand", "Its name"))
      .setAction(lazily(() => import("./read.js")))
      .build(),
  ],
};
`;
const ACTION = `
import path from "node:path";
import { loadBrandFile } from "../sdk/node/config/load.js";
import { action } from "./action.js";

export default action<{ brand: string }>(async ({ brand }) => {
  await loadBrandFile(path.resolve("brands", \`\${brand}.yaml\`));
});
`;
const HELP = ["dao", "status", "--help"];
const DESCRIPTION = "Show how a DAO stands";

/** Writes the URLs of all modules that are loaded after it, by whichever hooks, to the file that LOADED names. */
const LOADED = `data:text/javascript,${encodeURIComponent(`
import { appendFileSync } from "node:fs";
import module, { syncBuiltinESMExports } from "node:module";
const { registerHooks } = module;
const noting = (load) => (url, context, next) => {
  appendFileSync(process.env.LOADED, url + "\\n");
  return load(url, context, next);
};
module.registerHooks = (hooks) => registerHooks(hooks.load ? { ...hooks, load: noting(hooks.load) } : hooks);
syncBuiltinESMExports();
registerHooks({ load: noting((url, context, next) => next(url, context)) });
`)}`;

describeCommandLine("Commands start from a bundle", function () {
  this.timeout(240_000);
  const folders: string[] = [];
  const copied = async (from: string) => {
    const folder = await copyOf(from);
    folders.push(folder);
    return folder;
  };
  let folder: string;

  before(async () => {
    folder = await copied(ROOT);
    await writeFile(path.join(folder, "tasks/plugin.ts"), PLUGIN);
    await writeFile(path.join(folder, "tasks/read.ts"), ACTION);
  });

  after(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))));

  it("that the first command makes, and the next ones take as it is", async () => {
    expect(await helpOf(folder)).to.equal(DESCRIPTION);
    const made = await manifestOf(folder);
    const loaded = await modulesOf(folder, HELP);
    expect(loaded).to.include(path.join(folder, "cache/tasks", made.entry));
    expect(loaded.filter((file) => file.endsWith(".ts") && !file.includes("/tasks/bundle/"))).to.deep.equal([
      path.join(folder, "hardhat.config.ts"),
      path.join(folder, "tasks/index.ts"),
    ]);
    expect(await manifestOf(folder)).to.deep.equal(made);
  });

  it("that follows what is changed in the definition of a task, and in the SDK", async () => {
    await edit(path.join(folder, "tasks/plugin.ts"), DESCRIPTION, "Show how it goes");
    expect(await helpOf(folder)).to.equal("Show how it goes");
    expectFailure(await hardhat(folder, NOWHERE), "there is no such file");
    await edit(
      path.join(folder, "sdk/node/config/load.ts"),
      "there is no such file",
      "nothing like it is there",
    );
    expectFailure(await hardhat(folder, NOWHERE), "nothing like it is there");
  });

  it("that is as good in a copy of the folder, whose files have other times", async () => {
    const copy = await copied(folder);
    expect(await helpOf(copy)).to.equal("Show how it goes");
    const { inputs, ...rest } = await manifestOf(folder);
    const { inputs: there, ...same } = await manifestOf(copy);
    expect(same).to.deep.equal(rest);
    expect(there.map(({ hash }) => hash)).to.deep.equal(inputs.map(({ hash }) => hash));
  });

  it("that is made again where a part of it is gone or was half written", async () => {
    const { entry } = await manifestOf(folder);
    const bundle = path.join(folder, "cache/tasks");
    await rm(path.join(bundle, entry));
    expect(await helpOf(folder)).to.equal("Show how it goes");
    expect(existsSync(path.join(bundle, entry))).to.equal(true);
    await writeFile(path.join(bundle, "manifest.json"), '{"version":1,"inputs":[');
    expect(await helpOf(folder)).to.equal("Show how it goes");
    expect((await manifestOf(folder)).entry).to.equal(entry);
  });

  it("that two commands make at once", async () => {
    await rm(path.join(folder, "cache/tasks"), { recursive: true, force: true });
    expect(await Promise.all([helpOf(folder), helpOf(folder)])).to.deep.equal([
      "Show how it goes",
      "Show how it goes",
    ]);
    const { outputs } = await manifestOf(folder);
    const there = (await readdir(path.join(folder, "cache/tasks"))).filter((file) =>
      /\.(?:js|map|tmp)$/.test(file),
    );
    expect(there.sort()).to.deep.equal([...outputs].sort());
  });

  it("or from the sources, where the bundle can't be written", async () => {
    await rm(path.join(folder, "cache"), { recursive: true });
    await writeFile(path.join(folder, "cache"), "a file where the folder should be");
    const loaded = await modulesOf(folder, HELP);
    expect(loaded).to.include(path.join(folder, "tasks/plugin.ts"));
    expectFailure(await hardhat(folder, NOWHERE), "nothing like it is there");
    await rm(path.join(folder, "cache"));
  });

  it("or from the sources, where one has an error that is to be shown", async () => {
    await edit(path.join(folder, "sdk/node/config/load.ts"), "let bytes: Buffer;", "let let: Buffer;");
    expect(await helpOf(folder)).to.equal("Show how it goes");
    const { code, stdout, stderr } = await hardhat(folder, NOWHERE);
    expect(code).to.equal(1);
    expect(`${stdout}${stderr}`).to.include("load.ts");
    await edit(path.join(folder, "sdk/node/config/load.ts"), "let let: Buffer;", "let bytes: Buffer;");
  });

  it("and stack traces name the sources", async () => {
    await edit(
      path.join(folder, "sdk/node/config/load.ts"),
      "  return parseBrandFile(",
      "  null!.x; return parseBrandFile(",
    );
    const { stdout, stderr } = await hardhat(folder, [
      "dao",
      "launch",
      "sakura-coffee",
      "--show-stack-traces",
    ]);
    expect(`${stdout}${stderr}`).to.match(/at .*sdk\/node\/config\/load\.ts:14:/);
  });
});

describeCommandLine("A command loads what it needs", function () {
  this.timeout(240_000);
  let node: Server;

  before(async () => {
    node = createServer((request, response) => {
      request.resume().once("end", () => {
        response.end('{"jsonrpc":"2.0","id":1,"result":"0x7e57"}');
      });
    }).listen(0, "127.0.0.1");
    await once(node, "listening");
  });

  after(() => node.close());

  const loadedBy = async (...args: string[]) => {
    const { port } = node.address() as AddressInfo;
    const files = await modulesOf(ROOT, ["--network", "live", ...args], {
      KYOSO_RPC_URL: `http://127.0.0.1:${port}`,
      KYOSO_PRIVATE_KEY: launcher.privateKey,
    });
    // What was bundled is named before its code.
    const texts = files
      .filter((file) => file.includes("/cache/tasks/"))
      .map((file) => readFile(file, "utf8"));
    return { files, text: (await Promise.all(texts)).join("\n") };
  };

  for (const args of [
    ["dao", "status"],
    ["proposal", "list"],
    ["badge", "board"],
    ["season", "show"],
  ]) {
    it(`for ${args.join(" ")}: no kit of the Safe, no simulator, no library of tests, no other client of HTTP`, async () => {
      const { files, text } = await loadedBy(...args);
      expect(text).to.include("// tasks/action.ts");
      expect(text).not.to.match(/^\/\/ .*node_modules\/(?:@safe-global|viem|ox)\//m);
      expect(
        files.filter((file) =>
          /node_modules\/(?:@nomicfoundation\/edr|chai|undici|viem|@safe-global)\//.test(file),
        ),
      ).to.deep.equal([]);
      expect(files.length).to.be.lessThan(250);
    });
  }

  it("for safe create: the kit of the Safe", async () => {
    const { text } = await loadedBy("safe", "create", "--owners", launcher.address, "--threshold", "1");
    expect(text).to.match(/^\/\/ .*node_modules\/@safe-global\/protocol-kit\//m);
  });
});

/** A folder with the project, and its bundle if it has one; with times of now, as a plain copy has. */
async function copyOf(root: string): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "kyoso-start-")));
  const names = root === ROOT ? PROJECT : [...PROJECT, "cache/tasks"];
  for (const name of names) await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
  return folder;
}

function hardhat(
  folder: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [HARDHAT, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NO_COLOR: "1",
      HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, ...output });
    });
  });
}

/** What the task is for, as its help says. */
async function helpOf(folder: string): Promise<string | undefined> {
  const outcome = await hardhat(folder, HELP);
  expectSuccess(outcome);
  return outcome.stdout.split("\n")[0];
}

/** Files of all modules that a command loads. */
async function modulesOf(
  folder: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<string[]> {
  const list = path.join(await mkdtemp(path.join(tmpdir(), "kyoso-loaded-")), "list");
  await hardhat(folder, args, { ...variables, NODE_OPTIONS: `--import=${LOADED}`, LOADED: list });
  const urls = (await readFile(list, "utf8")).split("\n").filter((url) => url.startsWith("file:"));
  await rm(path.dirname(list), { recursive: true });
  return [...new Set(urls.map((url) => fileURLToPath(url)))];
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(folder, "cache/tasks/manifest.json"), "utf8")) as Manifest;
}

async function edit(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).to.include(before);
  await writeFile(file, text.replace(before, after));
}
