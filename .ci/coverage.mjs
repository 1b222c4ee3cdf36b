// Runs the tests of the contracts and of the SDK, and counts the lines that they reach; .ci/coverage-gate.mjs judges.
//
// In a copy of the project, coverage/tree: contracts that count are larger than those that are deployed and cost more
// gas, and whatever else runs meanwhile shall not find them. Tests that run apart (see tests.mjs) stay
// out, and so do the fuzzers, which reach no line that the other tests don't.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { hardhat, programOf, root, runsApart } from "./tests.mjs";

const reports = path.join(root, "coverage");
const tree = path.join(reports, "tree");

const leftOut = [
  ...[".git", "node_modules", "artifacts", "cache", "coverage", "typechain-types"],
  ...["deployments/31337", "outbox", "private", "exports", "test/invariants"],
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(tree, { recursive: true });
for (const name of readdirSync(root)) {
  cpSync(path.join(root, name), path.join(tree, name), {
    recursive: true,
    filter: (source) => {
      const file = path.relative(root, source).replaceAll("\\", "/");
      return !leftOut.includes(file) && !runsApart(file);
    },
  });
}

/** Runs a program under this Node, in a folder. */
function run(folder, ...args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
  if (error) throw error;
  return status === 0;
}

const tested = run(tree, programOf("c8", "bin/c8.js"), hardhat(), "test", "mocha", "--coverage");
cpSync(path.join(tree, "coverage"), reports, { recursive: true });
const covered = run(root, path.join(import.meta.dirname, "coverage-gate.mjs"));
process.exitCode = tested && covered ? 0 : 1;
