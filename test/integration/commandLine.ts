import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { expect } from "chai";
import { HDNodeWallet } from "ethers";
import hre from "hardhat";

const require = createRequire(import.meta.url);
export const ROOT = hre.config.paths.root;

/** Accounts that every local node funds. */
const root = HDNodeWallet.fromPhrase(
  "test test test test test test test test test test test junk",
  "",
  "m/44'/60'/0'/0",
);
export const accounts = Array.from({ length: 10 }, (_, index) => root.deriveChild(index));
export const [launcher] = accounts as [HDNodeWallet, ...HDNodeWallet[]];

/** Who hangs is stopped some time, in milliseconds: far beyond what commands take on a machine that does much else. */
const LONGEST = 600_000;

/**
 * Tests of the command line. Not under coverage: the children would rebuild what it has instrumented.
 */
export function describeCommandLine(title: string, suite: (this: Mocha.Suite) => void): void {
  (hre.globalOptions.coverage ? describe.skip : describe)(title, function () {
    this.timeout(LONGEST);
    suite.call(this);
  });
}

/** What a child sees of this process: nothing that CI, a coverage run or a developer has set. */
export function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const kept = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "SystemRoot",
    "TEMP",
    "TMP",
    "TMPDIR",
  ];
  const own = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return { ...own, NO_COLOR: "1", HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", ...variables };
}

/** The real command line, in a process of its own. */
export function startHardhat(args: readonly string[], variables: Record<string, string> = {}): ChildProcess {
  const bin = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist", "src", "cli.js");
  return spawn(process.execPath, [bin, ...args], {
    cwd: ROOT,
    env: environment(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export interface Outcome {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly url: string;
  /** Key of the account that sends; the first of the test accounts' without it. */
  readonly key?: string;
  /** Which one of hardhat.config.ts's; "live" without it. */
  readonly network?: string;
  /** Kills the process, as a crash would, after that many milliseconds. */
  readonly killAfter?: number;
  /** Kills the process once this has happened. */
  readonly killOn?: Promise<unknown>;
}

/** Runs `npx hardhat --network live <args>` to its end. */
export async function run(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const child = startHardhat(["--network", options.network ?? "live", ...args], {
    KYOSO_RPC_URL: options.url,
    KYOSO_PRIVATE_KEY: options.key ?? launcher.privateKey,
  });
  const timer =
    options.killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), options.killAfter);
  void options.killOn?.then(() => child.kill("SIGKILL"));
  try {
    return await outcomeOf(child);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `npx hardhat <args>` on no network in particular. */
export function runAlone(args: readonly string[]): Promise<Outcome> {
  return outcomeOf(startHardhat(args));
}

export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, ...output };
}

/** Expects that a run succeeded; where not, shows what it said. */
export function expectSuccess({ code, stdout, stderr }: Outcome): void {
  expect(code, `${stdout}\n${stderr}`).to.equal(0);
}

/** Expects that a run failed as it should: exit code 1, what is wrong on stderr, and no stack trace. */
export function expectFailure({ code, stdout, stderr }: Outcome, ...texts: string[]): void {
  const all = `${stdout}\n${stderr}`;
  expect(code, all).to.equal(1);
  expect(all, all).not.to.match(/^ {4}at /m);
  for (const text of texts) expect(stderr).to.include(text);
}
