import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { HDNodeWallet } from "ethers";
import hre from "hardhat";
import { BRANDS } from "./brands.js";
import { cutEverywhere } from "./cut.js";
import { deedsSince, killEverywhere } from "./killed.js";
import { cutsOwedBy, drawsLots, killsOwedBy, owedBy, taskOf } from "./owed.js";
import { WarmCommandLine } from "./warm/commandLine.js";
import type { Outcome } from "./warm/process.js";

export type { Outcome };

const require = createRequire(import.meta.url);
export const ROOT = hre.config.paths.root;

/** Hardhat's command line. */
export const PROGRAM = path.join(
  path.dirname(require.resolve("hardhat/package.json")),
  "dist",
  "src",
  "cli.js",
);

/** Accounts that every local node funds. */
const root = HDNodeWallet.fromPhrase(
  "test test test test test test test test test test test junk",
  "",
  "m/44'/60'/0'/0",
);
const account = (index: number): HDNodeWallet => root.deriveChild(index);
export const accounts = [
  account(0),
  account(1),
  account(2),
  account(3),
  account(4),
  account(5),
  account(6),
  account(7),
  account(8),
  account(9),
] as const;
export const [launcher] = accounts;

/** Who hangs is stopped some time, in milliseconds: far beyond what commands take on a machine that does much else. */
const LONGEST = 600_000;

/** Tasks that the file whose tests run owes a process of their own. */
let owed = new Set<string>();
/** Tasks that it owes a run on a line that breaks at each request. */
let cuts = new Set<string>();
/** Tasks that it owes a run after one that was killed. */
let kills = new Set<string>();

/**
 * Tests of the command line. Not under coverage: the children would rebuild what it has instrumented.
 */
export function describeCommandLine(title: string, suite: (this: Mocha.Suite) => void): void {
  (hre.globalOptions.coverage ? describe.skip : describe)(title, function () {
    this.timeout(LONGEST);
    const all = () => testsOf(this);
    before(() => {
      const file = path.basename(this.file ?? "");
      [owed, cuts, kills] = [owedBy(file), cutsOwedBy(file), killsOwedBy(file)];
    });
    suite.call(this);
    after("each task has run in a process of its own; what sends on a line that breaks, and killed", () => {
      // Where only some of the tests were chosen, so were their tasks.
      if (all().every((test) => test.isPassed() || test.isPending())) {
        expect([...owed], "in a process of its own").to.deep.equal([]);
        expect([...cuts], "on a line that breaks").to.deep.equal([]);
        expect([...kills], "killed").to.deep.equal([]);
      }
      [owed, cuts, kills] = [new Set(), new Set(), new Set()];
    });
  });
}

function testsOf({ tests, suites }: Mocha.Suite): Mocha.Test[] {
  return [...tests, ...suites.flatMap(testsOf)];
}

/** What a child sees of this process: nothing that CI, a coverage run or a developer has set. */
export function environment(variables: Record<string, string>): Record<string, string> {
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
  const own: Record<string, string> = {};
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) own[name] = value;
  }
  return { ...own, NO_COLOR: "1", HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", ...variables };
}

/** The real command line, in a process of its own. */
export function startHardhat(args: readonly string[], variables: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    env: environment(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The same for one command after another, for all test files of this process. */
const warm = new WarmCommandLine({ program: PROGRAM, cwd: ROOT, env: environment({}) });

/** Where and as whom a command runs. */
export interface Account {
  readonly url: string;
  /** Key of the account that sends; the first of the test accounts' without it. */
  readonly key?: string;
  /** Which one of hardhat.config.ts's; "live" without it. */
  readonly network?: string;
  /** How many seconds a transaction is followed at most. */
  readonly patience?: number;
  /** A second node, which is asked before anything is signed. */
  readonly second?: string;
  /** Other variables of its environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface RunOptions extends Account {
  /** Kills the process, as a crash would, after that many milliseconds. */
  readonly killAfter?: number;
  /** Kills the process once this has happened. */
  readonly killOn?: Promise<unknown>;
}

function commandOf(
  args: readonly string[],
  { url, key = launcher.privateKey, network = "live", patience, second, variables: more }: Account,
) {
  const global = ["--network", network, ...(patience === undefined ? [] : ["--patience", String(patience)])];
  const variables: Record<string, string> = { KYOSO_RPC_URL: url, KYOSO_PRIVATE_KEY: key, ...more };
  if (second !== undefined) variables.KYOSO_CHECK_RPC_URL = second;
  return [[...global, ...args], variables] as const;
}

/** The last command of those that run to their end: each begins when those before it have ended. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `npx hardhat --network live <args>` to its end, when those that were begun before have ended: in a process that runs
 * them all, or in one of its own where the test file owes that to the task (owed.ts), or where it is killed. What sends is killed
 * and run again before, and does so on a line that breaks, until it has succeeded there once.
 */
export async function run(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { killAfter, killOn } = options;
  if (killAfter === undefined && killOn === undefined) {
    const turn = last.then(() => runToItsEnd(args, options));
    last = turn.catch(() => undefined);
    return turn;
  }
  const child = startHardhat(...commandOf(args, options));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  void killOn?.then(() => child.kill("SIGKILL"));
  try {
    return await outcomeOf(child);
  } finally {
    clearTimeout(timer);
  }
}

async function runToItsEnd(args: readonly string[], options: Account): Promise<Outcome> {
  const [words, variables] = commandOf(args, options);
  const task = taskOf(args) ?? "";
  const at = (url: string) => ({ ...variables, KYOSO_RPC_URL: url });
  if (sendsNothing(args) || !(cuts.has(task) || kills.has(task))) {
    return owed.delete(task) ? outcomeOf(startHardhat(words, variables)) : runWarm(words, variables);
  }
  const { url } = options;
  const isSame = !drawsLots(task);
  const killed = kills.has(task)
    ? await killEverywhere({
        url,
        isSame,
        files: filesOf(args),
        run: (line) => runWarm(words, at(line)),
        kill: (line, killOn) => run(args, { ...options, url: line, killOn }),
      })
    : [];
  const isOwed = owed.delete(task);
  const before = await blockOf(url);
  const { outcome, hasSent } = await cutEverywhere(url, (line) =>
    isOwed ? outcomeOf(startHardhat(words, at(line))) : runWarm(words, at(line)),
  );
  if (hasSent) cuts.delete(task);
  if (killed.length > 0) {
    const wanted = await deedsSince(url, before, isSame);
    for (const { point, again, deeds } of killed) {
      const name = `${task}, killed at ${point}`;
      expect(deeds, name).to.deep.equal(wanted);
      // What was done by the killed one may be why it can't be done once more.
      if (outcome.code === 0 && again.code !== 0) expect(again.stderr, name).to.include("it is done");
    }
    kills.delete(task);
  }
  return outcome;
}

async function blockOf(url: string): Promise<number> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
  const headers = { "content-type": "application/json" };
  const { result } = (await (await fetch(url, { method: "POST", body, headers })).json()) as {
    result: string;
  };
  return Number(result);
}

/** What a command may change on the disk: what is kept of its DAO, and the folder of brands (brands.ts) in which it names a file. */
function filesOf(args: readonly string[]): string[] {
  const slug = args.includes("--dao") ? args[args.indexOf("--dao") + 1] : undefined;
  const kept = slug === undefined ? [] : ["outbox", "private", "exports"];
  const folders = args.flatMap((arg) => {
    const [top = ""] = path.relative(tmpdir(), arg).split(path.sep);
    return top.startsWith(BRANDS) ? [path.join(tmpdir(), top)] : [];
  });
  return [...kept.map((name) => path.join(ROOT, name, "31337", slug ?? "none")), ...folders];
}

/** A command that runs beside others. */
export interface Running {
  /** Waits until it has written a text to stdout, and what else is in that line; fails where it ends without it. */
  readonly says: (text: string) => Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Outcome>;
}

/** Begins what `run` runs, in a process of its own. */
export function start(args: readonly string[], account: Account): Running {
  owed.delete(taskOf(args) ?? "");
  return runningOf(startHardhat(...commandOf(args, account)));
}

/** A process as one that runs beside others. */
export function runningOf(child: ChildProcess): Running {
  const ended = outcomeOf(child);
  let said = "";
  child.stdout?.on("data", (text: string) => (said += text));
  const says = async (text: string) => {
    while (!said.includes(text)) {
      const closed = await Promise.race([once(child.stdout ?? child, "data"), ended.then(() => undefined)]);
      if (closed === undefined && !said.includes(text))
        throw new Error(`It never said ${text}, but:\n${said}`);
    }
    while (!said.includes("\n", said.indexOf(text))) await once(child.stdout ?? child, "data");
    return said.split("\n").find((line) => line.includes(text)) ?? "";
  };
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
  };
  return { says, kill, ended };
}

/** Whether a command only looks, or writes what others are to sign. */
function sendsNothing(args: readonly string[]): boolean {
  const via = args[args.indexOf("--via") + 1];
  return (
    args.includes("--dry-run") || args.includes("--relay") || (args.includes("--via") && via !== "signer")
  );
}

/** Runs `npx hardhat <args>` on no network in particular, in a process of its own. */
export function runAlone(args: readonly string[]): Promise<Outcome> {
  return outcomeOf(startHardhat(args));
}

/** Runs the same in the process that runs one command after another. */
export function runWarm(args: readonly string[], variables: Record<string, string> = {}): Promise<Outcome> {
  return warm.run(args, environment(variables));
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
  expect(all, all).not.to.match(/community plugin|For more info run Hardhat|report it here/u);
  for (const text of texts) expect(stderr).to.include(text);
}
