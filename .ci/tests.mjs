// Which tests run where. Coverage takes those that it can count; the others run beside it, so that each runs once.

import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");

/**
 * TypeScript tests that run apart from those whose lines are counted: they run processes of the command line or of a
 * browser, measure contracts as they are deployed, or ask Git, which ignores the copy in which lines are counted.
 */
const apart = [
  "test/integration",
  "test/browser",
  "test/contracts/attacks/ExhaustingGas.ts",
  "test/contracts/attacks/RaisingCosts.ts",
  "test/contracts/ideas/IdeaGas.ts",
  "test/contracts/pass/PassGas.ts",
  "test/sdk/badges/awards/packing.ts",
  "test/sdk/node/launch/cost.ts",
  "test/sdk/node/secrets.ts",
];

/** Whether a file, named from the root with slashes, is one of these or in one of their folders. */
export function runsApart(file) {
  return apart.some((place) => file === place || file.startsWith(`${place}/`));
}

/** The files of those tests. */
export function testsApart() {
  return filesUnder("test").filter((file) => file.endsWith(".ts") && runsApart(file));
}

/** The files of all other tests in TypeScript. */
export function testsTogether() {
  const isTest = (file) => file.endsWith(".ts") && !file.startsWith("test/helpers/") && !runsApart(file);
  return filesUnder("test").filter(isTest);
}

/** All files under a folder, named from the root with slashes. */
export function filesUnder(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
    .filter((name) => statSync(path.join(root, name)).isFile())
    .sort();
}

/** Where the program of a package is. */
export function programOf(name, file) {
  const { resolve } = createRequire(import.meta.url);
  return path.join(path.dirname(resolve(`${name}/package.json`)), file);
}

/** Hardhat's command line. */
export const hardhat = () => programOf("hardhat", "dist/src/cli.js");
