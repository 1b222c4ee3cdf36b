import { availableParallelism } from "node:os";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";
import { errorResult, successfulResult } from "hardhat/utils/result";
import tellFailure from "../build/told.js";

/**
 * Megabytes for what is new and mostly gone in a moment, as what goes to and from a chain is: with the little that Node.js has
 * for it, a tenth of the time of these tests goes into clearing it away.
 */
const YOUNG = 64;

/** Milliseconds that a test may take where lines are counted, or all else runs beside it. What hangs is found all the same. */
const PATIENT = 180_000;

/** More would wait for memory: each process has chains of its own, and the command line's processes. */
const MOST_PROCESSES = 4;

/**
 * Runs the TypeScript tests: those of several files side by side, as many at a time as there are processors, each file
 * shown when it has ended. One file alone shows every test as it ends, and may have `it.only`. What is counted is counted
 * in one process.
 */
export default async function runMocha(
  args: TaskArguments,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: TaskArguments) => Promise<unknown>,
): Promise<unknown> {
  const { coverage, gasStats, gasStatsJson } = hre.globalOptions;
  const counts = coverage || gasStats || gasStatsJson !== undefined;
  const jobs = Number(process.env.KYOSO_JOBS ?? Math.min(availableParallelism(), MOST_PROCESSES));
  const alone = Array.isArray(args.testFiles) && args.testFiles.length === 1;
  const { mocha } = hre.config.test;
  mocha.parallel = !counts && jobs > 1 && !alone;
  mocha.jobs = jobs;
  // One that is left behind would switch all others off.
  mocha.forbidOnly = process.env.CI === "true";
  if (counts || mocha.forbidOnly) mocha.timeout = PATIENT;
  if (!mocha.parallel) return tellFailure(args, hre, runSuper);
  hre.hooks.registerHandlers("test", { onTestRunStart: giveMemory });
  return elsewhere(mocha, () => tellFailure(args, hre, runSuper));
}

/** Of the processes that are started, whose options Hardhat has written by now; this one's memory is laid out already. */
async function giveMemory<Context>(
  context: Context,
  id: string,
  next: (context: Context, id: string) => Promise<void>,
): Promise<void> {
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --max-semi-space-size=${YOUNG}`.trim();
  await next(context, id);
}

/**
 * Runs tests in processes that each load the files they run. Hardhat would load all of them here as well, with a chain, to
 * count their tests: what these processes count stands instead.
 */
async function elsewhere(mocha: Mocha.MochaOptions, run: () => Promise<unknown>): Promise<unknown> {
  const { default: Mocha } = await import("mocha");
  Mocha.prototype.loadFilesAsync = () => Promise.resolve();
  let stats: Partial<Mocha.Stats> = {};
  mocha.reporter = class extends Mocha.reporters.Spec {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      stats = this.stats;
    }
  };
  await run();
  const { passes = 0, failures = 0, pending = 0 } = stats;
  const result = { summary: { failed: failures, passed: passes, skipped: pending, todo: 0 } };
  return failures > 0 ? errorResult(result) : successfulResult(result);
}
