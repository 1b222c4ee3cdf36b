// Runs the tests that a change may have broken, and says why each: `npm run test:changed`, or with a commit or branch to
// compare with, or with --list to run nothing. A guess that is quick; `npm test` is what decides.
//
// A TypeScript test is affected by what it imports, directly or not; by a task whose words it has, and all that the
// task's action imports; and by any other file that it names. A contract affects, as do the contracts that import it,
// the tests that bear or have its name.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { filesUnder, hardhat, root } from "./tests.mjs";

/** What all tests hang on. */
const everything = ["package.json", "package-lock.json", "hardhat.config.ts", "tsconfig.json"];

const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
const read = (file) => readFileSync(path.join(root, file), "utf8");
const once = (make) => {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
};

/** The newest commit that this work and the main branch have in common. */
function base() {
  for (const branch of ["origin/main", "main"]) {
    const { status, stdout } = spawnSync("git", ["merge-base", "HEAD", branch], {
      cwd: root,
      encoding: "utf8",
    });
    if (status === 0) return stdout.trim();
  }
  return "HEAD";
}

/** Files that are other than in a commit, and new ones. */
function changedSince(commit) {
  const changed = git("diff", "--name-only", commit, "--", ".");
  const added = git("ls-files", "--others", "--exclude-standard");
  return new Set(`${changed}\n${added}`.split("\n").filter(Boolean));
}

const textOf = once((file) => (existsSync(path.join(root, file)) ? read(file) : ""));

/** What a TypeScript or Solidity file imports of the project; types too. */
const importsOf = once((file) => {
  const names = file.endsWith(".sol")
    ? [...textOf(file).matchAll(/^\s*import\s[^;]*?"(\.[^"]+)"/gmu)].map(([, name]) => name)
    : ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName);
  return names
    .filter((name) => name.startsWith("."))
    .map((name) => path.posix.join(path.posix.dirname(file), name).replace(/\.js$/u, ".ts"));
});

/** A file and all that it imports, the contracts' generated types apart; each with what it is imported by. */
const reach = once((file) => {
  const by = new Map([[file, undefined]]);
  for (const [each] of by) {
    for (const next of importsOf(each)) {
      if (!by.has(next) && !next.startsWith("typechain-types/")) by.set(next, each);
    }
  }
  return by;
});

/** Each task's words, and the file of its action. */
function tasks() {
  const found = [];
  for (const file of filesUnder("tasks").filter((each) => each.endsWith(".ts"))) {
    const text = textOf(file);
    for (const { 1: words, index } of text.matchAll(/\btask\(\s*\[([^\]]+)\]/gu)) {
      const [, action] = /\bimport\("(\.[^"]+)\.js"\)/u.exec(text.slice(index)) ?? [];
      if (action === undefined) continue;
      found.push({
        name: words.replaceAll(/["\s]/gu, "").replaceAll(",", " "),
        // As a test writes them: ["badge", "kind", "add", …
        written: new RegExp(words.trim().replaceAll(/,\s*/gu, ",\\s*"), "u"),
        action: path.posix.join(path.posix.dirname(file), `${action}.ts`),
      });
    }
  }
  return found;
}

/** Whether every command runs a file: the start, the bundle, the build, the hooks. */
function isStartUp(file) {
  return /^tasks\/(?:(?:index|plugin|lazy|action|context|output)\.ts|(?:build|bundle|hooks|network)\/)/u.test(
    file,
  );
}

/** How a test may name a file that it reads: a brand file also without its ending. */
function namesOf(file) {
  const { base: whole, name, dir } = path.parse(file);
  return dir === "brands" ? [whole, `"${name}"`] : [whole];
}

/** Why a TypeScript test may fail after a change; undefined where it can't. */
function reasonOf(test, changed, contracts, allTasks) {
  const own = reach(test);
  for (const [file, by] of own) {
    if (changed.has(file))
      return file === test ? "it changed" : `imports ${file}${by === test ? "" : `, by ${by}`}`;
  }
  const names = [...contracts].filter((name) =>
    new RegExp(`\\b${name}(__factory)?\\b`, "u").test(textOf(test)),
  );
  const mirrored = [...contracts].find((name) => path.basename(test, ".ts") === name);
  if (mirrored ?? names[0]) return `is about the contract ${mirrored ?? names[0]}`;
  if (test.startsWith("test/integration/")) {
    const start = [...changed].find(isStartUp);
    if (start !== undefined) return `runs the command line, which begins with ${start}`;
    for (const { name, written, action } of allTasks) {
      if (!written.test(textOf(test))) continue;
      const file = [...reach(action).keys()].find((each) => changed.has(each));
      if (file !== undefined) return `runs ${name}, which imports ${file}`;
    }
  }
  const others = [...changed].filter((file) => !/\.(ts|sol|mjs)$/u.test(file));
  for (const file of own.keys()) {
    const named = others.find((other) => namesOf(other).some((name) => textOf(file).includes(name)));
    if (file.startsWith("test/") && named !== undefined) return `names ${named}`;
  }
  return undefined;
}

/** Names of the contracts that changed, or import one that did. */
function contractsOf(changed) {
  const files = filesUnder("contracts").filter((file) => file.endsWith(".sol"));
  const affected = files.filter((file) => [...reach(file).keys()].some((each) => changed.has(each)));
  return new Set(affected.map((file) => path.basename(file, ".sol")));
}

function solidityReason(test, changed, contracts) {
  const file = [...reach(test).keys()].find((each) => changed.has(each));
  if (file !== undefined) return file === test ? "it changed" : `imports ${file}`;
  for (const each of reach(test).keys()) {
    // The harnesses take contracts from where they are built, by name.
    const name = [...contracts].find((contract) => textOf(each).includes(`"${contract}.sol:${contract}"`));
    if (name !== undefined) return `deploys ${name}`;
  }
  return undefined;
}

const args = process.argv.slice(2);
const commit = args.find((arg) => !arg.startsWith("-")) ?? base();
const changed = changedSince(commit);
console.log(`${changed.size} changed since ${git("log", "-1", "--format=%h %s", commit)}`);

const whole = everything.find((file) => changed.has(file));
const contracts = contractsOf(changed);
const allTasks = tasks();
const affected = [];
for (const test of filesUnder("test")) {
  const typescript =
    test.endsWith(".ts") && /\bit\(/u.test(textOf(test)) && !test.startsWith("test/helpers/");
  if (!typescript && !test.endsWith(".t.sol")) continue;
  const reason =
    (whole && `everything hangs on ${whole}`) ??
    (typescript ? reasonOf(test, changed, contracts, allTasks) : solidityReason(test, changed, contracts));
  if (reason !== undefined) affected.push({ test, reason });
}
for (const { test, reason } of affected) console.log(`  ${test}: ${reason}`);
if (affected.length === 0) console.log("No test is affected.");

if (affected.length > 0 && !args.includes("--list")) {
  const run = (...rest) =>
    spawnSync(process.execPath, [hardhat(), ...rest], { cwd: root, stdio: "inherit" }).status ?? 1;
  const status = run("build", "--quiet");
  process.exitCode = status || run("test", "--no-compile", ...affected.map(({ test }) => test));
}
