// Everything that a change must pass, from a clean checkout. Needs Node 20 or newer, and nothing installed. With --portable only
// what says whether it works on this system at all: the build, the types, and the tests that start no process.
//
// All steps run even when one fails, so that one run shows all there is to mend. The last line counts the tests, each of
// which one of the steps runs, plus one failure for each other step that failed.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { installChromium } from "./chromium.mjs";
import { root, testsApart, testsTogether } from "./tests.mjs";

const windows = process.platform === "win32";

/** Where the demo's text is left for its tests. */
const told = "cache/demo.txt";

/** Characters of the failures of one step that are said again at the end. */
const MOST_TOLD = 20_000;

/** What Mocha and Hardhat's Solidity runner say at the end. */
function countTests(output) {
  const count = (word) => Number(new RegExp(`^ {2}(\\d+) ${word}\\b`, "mu").exec(output)?.[1] ?? 0);
  return { passed: count("passing"), failed: count("failing") };
}

/** Runs one command, and returns all that it prints with whether it succeeded. */
function run(command, env, show) {
  return new Promise((resolve) => {
    const child = spawn(command, {
      cwd: root,
      env: { ...process.env, CI: "true", NO_COLOR: "1", FORCE_COLOR: "0", KYOSO_DEMO: told, ...env },
      shell: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    }
    child.on("error", (error) => {
      resolve({ ok: false, output: error.message, stdout });
    });
    child.on("close", (code) => {
      resolve({ ok: code === 0, output, stdout });
    });
  });
}

/** What Mocha and Hardhat's Solidity runner say of tests that failed, as far as anybody reads it; no table of coverage. */
function failuresIn(output) {
  const [, told = ""] = /^ {2}\d+ failing\b.*\n([^]*?)(?=^╔|$(?![^]))/mu.exec(output) ?? [];
  return told.slice(0, MOST_TOLD).trimEnd();
}

let passed = 0;
let failed = 0;
/** Said again at the end: what comes before is long. */
const complaints = [];

/** Prints that a step is over, and what of its output nobody has seen yet. */
function report(command, began, ok, output) {
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`\n── ${command}: ${ok ? "ok" : "FAILED"} after ${seconds} s\n`);
  process.stdout.write(output);
}

/** Counts what a step brought. One that has tests has failed too where it broke off before it could count them. */
function count(command, ok, counts, output = "") {
  passed += counts.passed;
  failed += counts.failed || (ok ? 0 : 1);
  if (!ok) complaints.push([command, failuresIn(output)].filter(Boolean).join("\n"));
}

/** A step that nothing else can run without. Its output is shown as it comes. */
async function first(command) {
  console.log(`\n── ${command}\n`);
  const began = Date.now();
  const { ok, stdout } = await run(command, {}, true);
  report(command, began, ok, "");
  count(command, ok, { passed: 0, failed: 0 });
  return { ok, stdout };
}

/** A step beside others. Its output is shown as a whole when it has ended. */
async function step({ command, tests = false, env = {} }) {
  console.log(`\n── ${command}: begins`);
  const began = Date.now();
  const { ok, output } = await run(command, env, false);
  const counts = tests ? countTests(output) : { passed: 0, failed: 0 };
  const good = ok && (!tests || counts.passed > 0);
  report(command, began, good, output);
  count(command, good, counts, output);
}

/** Runs steps side by side, as many at a time as there are processors; two for every processor would only wait. */
async function sideBySide(steps) {
  const left = [...steps];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await step(next);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}

/** The demo, which has to build what it needs in a fresh clone. What it says is kept for its tests. */
async function demo() {
  const { ok, stdout } = await first("npm run demo");
  mkdirSync("cache", { recursive: true });
  writeFileSync(told, stdout);
  return ok;
}

process.chdir(root);
if (process.argv.includes("--portable")) {
  if ((await first("npm ci")).ok && (await first("npm run build")).ok) {
    await step({ command: "npm run typecheck:built" });
    const files = testsTogether();
    // Folder by folder: Windows takes no longer command.
    for (const folder of new Set(files.map((file) => file.split("/", 2).join("/")))) {
      const own = files.filter((file) => file.startsWith(`${folder}/`));
      await step({ command: `npx hardhat test mocha --no-compile ${own.join(" ")}`, tests: true });
    }
  }
} else if ((await first("npm ci")).ok && (await demo()) && (await first("npm run build")).ok) {
  console.log(`\n── Chromium: ${installChromium()}`);
  const npx = windows ? "npx.cmd" : "npx";
  // The longest first. None builds anything that another reads, as a build writes types even where nothing is new: all take
  // what was just built, and coverage builds in a folder of its own.
  await sideBySide([
    {
      command: `${npx} hardhat test mocha --no-compile ${testsApart().join(" ")}`,
      tests: true,
      // More than their share: on lines that are cut, they mostly wait.
      env: { KYOSO_JOBS: "2" },
    },
    { command: "npm run coverage", tests: true },
    { command: "npm run lint:built" },
    { command: `${npx} hardhat test solidity --no-compile`, tests: true },
    { command: "npm run typecheck:built" },
    { command: `${npx} hardhat gas --check` },
    { command: `${npx} hardhat permissions --check` },
    { command: `${npx} hardhat reference --check` },
    { command: `${npx} hardhat errors --check` },
    { command: `${npx} hardhat upgrades --check` },
    { command: `${npx} hardhat release --check` },
  ]);
}

for (const complaint of complaints) console.log(`\nFailed: ${complaint}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
