import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import type { BuildOptions, OutputFile, Plugin } from "esbuild";
import * as esbuild from "esbuild";
import type { Input, Manifest } from "./manifest.js";
import { bundleFolder, inputOf, readManifest, VERSION, writeAtOnce, writeManifest } from "./manifest.js";

const ENTRY = "tasks/plugin.ts";

/** What is loaded as it is: what Hardhat has loaded already, is one for all, is native, or large and seldom needed. */
const EXTERNAL = [
  "hardhat",
  "@nomicfoundation/*",
  "@openzeppelin/upgrades-core",
  "ethers",
  "esbuild",
  "mocha",
  "tiny-secp256k1",
  "typescript",
];

/**
 * Modules of many files, or no ES modules, that others load: one file is made of each, and still there is one for all.
 * Hardhat's plugins have copies of the same version of zod each; one will do.
 */
const PACKAGES = [
  { name: "ethers", copies: ["node_modules/ethers/lib.esm/index.js"] },
  {
    name: "zod",
    copies: [
      "hardhat",
      "@nomicfoundation/hardhat-typechain",
      "@nomicfoundation/hardhat-keystore",
      "@nomicfoundation/hardhat-mocha",
      "@nomicfoundation/hardhat-verify",
      "@nomicfoundation/hardhat-ethers",
    ].map((of) => `node_modules/${of}/node_modules/zod/index.js`),
  },
  { name: "rfdc", copies: ["node_modules/rfdc/index.js"] },
];

/** What is installed; and what the bundle is made with. */
const LOCKS = ["package-lock.json", "node_modules/.package-lock.json", "tsconfig.json"];

/** Files of bundles before this one are kept as long as a command may still run that began with them. */
const KEPT = 60 * 60 * 1000;

/** Has stack traces and debuggers name our sources only: what nobody reads would have its map read at each start. */
const unmapped: Plugin = {
  name: "source maps of sources only",
  setup(build) {
    const map = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString("base64");
    build.onLoad(
      { filter: /[\\/](?:node_modules|typechain-types)[\\/].*\.(?:[cm]?js|ts)$/ },
      ({ path: file }) => ({
        contents: `${readFileSync(file, "utf8")}\n//# sourceMappingURL=data:application/json;base64,${map}`,
        loader: file.endsWith(".ts") ? "ts" : "js",
      }),
    );
  },
};

/** Has ethers open WebSockets with what Node.js has, as it does in browsers, and not with a package that is loaded for it. */
const webSocket: Plugin = {
  name: "WebSocket of Node.js",
  setup(build) {
    build.onResolve({ filter: /^\.\/ws\.js$/ }, ({ resolveDir }) => ({
      path: path.join(resolveDir, "ws-browser.js"),
    }));
  },
};

const COMMON = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  target: "node22",
  metafile: true,
  logLevel: "silent",
  // For packages that aren't ES modules.
  banner: {
    js: 'import { createRequire as kyosoRequire } from "node:module"; const require = kyosoRequire(import.meta.url);',
  },
} as const satisfies BuildOptions;

/**
 * Bundles the tasks and all that they are made of: one file for the definitions, and for each action what it needs.
 * Files have names of what is in them, so that a command that runs meanwhile finds those that it began with.
 *
 * @throws where a source has an error, or the bundle can't be written.
 */
export async function makeBundle(root: string): Promise<Manifest> {
  const began = Date.now();
  const folder = bundleFolder(root);
  const [tasks, ...packages] = await Promise.all([
    bundleTasks(root),
    ...PACKAGES.map((one) => bundlePackage(root, one)),
  ]);
  const sources = Object.keys(tasks.metafile.inputs).filter((file) => !file.includes("node_modules/"));
  const locks = LOCKS.filter((file) => existsSync(path.join(root, file)));
  const inputs = [...sources, ...locks].map((file) => inputSince(root, file, began));
  const files = [tasks, ...packages].flatMap(({ outputFiles }) => outputFiles);
  mkdirSync(folder, { recursive: true });
  writeAll(files);
  const entry = Object.entries(tasks.metafile.outputs).find(([, { entryPoint }]) => entryPoint === ENTRY);
  if (entry === undefined) throw new Error(`esbuild made no file of ${ENTRY}`);
  const manifest: Manifest = {
    version: VERSION,
    inputs,
    outputs: files.map(({ path: file }) => path.basename(file)),
    entry: path.basename(entry[0]),
    packages: packages.flatMap(({ copies, outputFiles }) =>
      outputFiles.flatMap((file) => copies.map((copy) => [copy, path.basename(file.path)] as const)),
    ),
  };
  keepSuperseded(folder, readManifest(root)?.outputs ?? []);
  writeManifest(root, manifest);
  removeOld(folder, new Set(manifest.outputs), began - KEPT);
  return manifest;
}

function bundleTasks(root: string) {
  return esbuild.build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [ENTRY],
    outdir: bundleFolder(root),
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    external: EXTERNAL,
    // The loader names the maps where somebody sees a trace.
    sourcemap: "external",
    sourcesContent: false,
    plugins: [unmapped],
  });
}

async function bundlePackage(root: string, { name, copies }: (typeof PACKAGES)[number]) {
  const [first, ...others] = copies.filter((copy) => existsSync(path.join(root, copy)));
  if (first === undefined) return { copies: [], outputFiles: [] };
  const version = versionOf(root, first);
  const { outputFiles } = await esbuild.build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [{ in: first, out: name }],
    outdir: bundleFolder(root),
    entryNames: "[name]-[hash]",
    minifyWhitespace: true,
    legalComments: "none",
    plugins: [webSocket],
  });
  return { copies: [first, ...others.filter((copy) => versionOf(root, copy) === version)], outputFiles };
}

/** Of the package that a module is in. */
function versionOf(root: string, file: string): unknown {
  const name = /^.*node_modules\/[^/]+\//u.exec(file)?.[0] ?? "";
  const { version } = JSON.parse(readFileSync(path.join(root, name, "package.json"), "utf8")) as {
    version: unknown;
  };
  return version;
}

/** A source that was changed after it may have been read is noted as one that is stale. */
function inputSince(root: string, file: string, began: number): Input {
  const input = inputOf(root, file);
  return input === undefined || input.time >= began ? { file, size: -1, time: 0, hash: "" } : input;
}

/** Writes what isn't there yet: all of it or, where the disk is full, nothing. */
function writeAll(files: readonly OutputFile[]): void {
  const missing = files.filter(({ path: file }) => !existsSync(file));
  try {
    for (const { path: file, contents } of missing) writeAtOnce(file, contents);
  } catch (error) {
    for (const { path: file } of missing) rmSync(file, { force: true });
    throw error;
  }
}

/** A command that began with the files of before may load more of them: they grow old from now on, and not since they were made. */
function keepSuperseded(folder: string, files: readonly string[]): void {
  const now = new Date();
  for (const file of files) {
    try {
      utimesSync(path.join(folder, file), now, now);
    } catch {
      // It is gone already.
    }
  }
}

/** Removes what nobody can have in use any more: drafts of interrupted commands too, and what Node.js compiled of old files. */
function removeOld(folder: string, kept: ReadonlySet<string>, before: number): void {
  for (const file of readdirSync(folder)) {
    if (file === "manifest.json" || kept.has(file)) continue;
    const old = path.join(folder, file);
    const stats = statSync(old, { throwIfNoEntry: false });
    if (stats === undefined || stats.mtimeMs >= before) continue;
    try {
      rmSync(old, { recursive: true, force: true });
    } catch {
      // Another command may be at it too.
    }
  }
}
