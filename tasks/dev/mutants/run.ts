import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";

const TESTS = "test/contracts";
const ATTACKS = `${TESTS}/attacks/`;

/** Milliseconds after which tests are given up: the chain ends what goes on for ever, so that the computer is too slow. */
const PATIENCE = 8 * 60_000;

/**
 * Runs the tests that may notice that a file is another one until one fails, those first that most likely will.
 *
 * @param changed The contracts that are others by it, as `contracts/a/B.sol:B`.
 * @returns The test that noticed; undefined where none did.
 */
export async function runTests(
  tree: string,
  file: string,
  changed: readonly string[],
): Promise<string | undefined> {
  const hardhat = createRequire(import.meta.url).resolve("hardhat/package.json");
  const cli = path.join(path.dirname(hardhat), "dist/src/cli.js");
  const tests = testsOf(tree, file, changed);
  const child = spawn(process.execPath, [cli, "test", "mocha", "--no-compile", "--bail", ...tests], {
    cwd: tree,
    // As patient as CI is.
    env: { ...process.env, CI: "true", KYOSO_JOBS: "1", NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  const [code, output, said] = await Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    }),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code === 0) return undefined;
  const [, failure] = /^ {2}1\) ([^]*?):\n/mu.exec(output) ?? [];
  // Not even one that could be told; or a test that a busy computer was too slow for, which says nothing about the mutant.
  if (failure === undefined || /Timeout of \d+ms exceeded/u.test(output)) {
    throw new Error(`The tests couldn't be run:\n${output}\n${said}`.slice(0, 8_000));
  }
  return failure.replaceAll(/\s+/gu, " ");
}

/** The test of the file's own name, those of the contracts' names, of their folders, and attacks. */
function testsOf(tree: string, file: string, changed: readonly string[]): string[] {
  const files = [file, ...changed.map((full) => full.split(":")[0] ?? "")];
  const names = files.map((each) => path.basename(each, ".sol"));
  const folders = files.map((each) => `${TESTS}/${each.split("/")[1] ?? ""}/`);
  const rank = (test: string) => {
    const named = names.indexOf(path.basename(test, ".ts"));
    if (named !== -1) return named;
    const within = folders.findIndex((folder) => test.startsWith(folder));
    if (within !== -1) return names.length + within;
    return test.startsWith(ATTACKS) ? 2 * names.length : Infinity;
  };
  return readdirSync(path.join(tree, TESTS), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(TESTS, name.replaceAll("\\", "/")))
    .filter((name) => name.endsWith(".ts") && rank(name) !== Infinity)
    .sort((one, other) => rank(one) - rank(other));
}
