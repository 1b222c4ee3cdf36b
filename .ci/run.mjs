// Everything that a change must pass, from a clean checkout. Needs Node 20 or newer, and nothing installed.
//
// All steps run even when one fails, so that one run shows all there is to mend. The last line counts the tests
// that `npm test` ran, plus one failure for each other step that failed.

import { spawn } from "node:child_process";

const windows = process.platform === "win32";

/** The counts that Mocha and Hardhat's Solidity runner print. Hardhat's own sum counts skipped tests as passed. */
function countTests(output) {
  const count = (pattern) => Number(pattern.exec(output)?.[1] ?? 0);
  return {
    passed: count(/^\d+ passing \(.*?(\d+) solidity/m) + count(/^ {2}(\d+) passing \(/m),
    failed: count(/^\d+ failing \(.*?(\d+) solidity/m) + count(/^ {2}(\d+) failing$/m),
  };
}

/** Runs one npm command, shows what it prints, and returns that with whether it succeeded. */
function npm(...args) {
  return new Promise((resolve) => {
    console.log(`\n── npm ${args.join(" ")}\n`);
    const env = { ...process.env, CI: "true", NO_COLOR: "1", FORCE_COLOR: "0" };
    const child = spawn("npm", args, { env, shell: windows, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on("error", (error) => {
      console.error(error.message);
      resolve({ ok: false, output });
    });
    child.on("close", (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}

let passed = 0;
let failed = 0;
const complaints = [];

async function step(...args) {
  const { ok } = await npm(...args);
  if (!ok) {
    failed += 1;
    complaints.push(`npm ${args.join(" ")}`);
  }
  return ok;
}

async function test() {
  const { ok, output } = await npm("test");
  const counts = countTests(output);
  passed += counts.passed;
  // A run that broke off before it could count, or that found no test, has failed all the same.
  failed += counts.failed || (ok && counts.passed > 0 ? 0 : 1);
  if (!ok || counts.passed === 0) complaints.push("npm test");
}

// Nothing else can run without these three. The demo comes first: in a fresh clone it has to build what it needs.
if ((await step("ci")) && (await step("run", "demo")) && (await step("run", "build"))) {
  await step("run", "lint");
  await step("run", "typecheck");
  await test();
  await step("run", "gas", "--", "--check");
  await step("run", "permissions", "--", "--check");
  await step("run", "tasks", "--", "--check");
  // Last, because it leaves an instrumented build of the contracts behind.
  await step("run", "coverage");
}

for (const complaint of complaints) console.log(`\nFailed: ${complaint}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
