import { availableParallelism } from "node:os";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";
import tellFailure from "../build/told.js";

/**
 * Megabytes for what is new and mostly gone in a moment, as what goes to and from a chain is: with the little that Node.js has
 * for it, a tenth of the time of these tests goes into clearing it away.
 */
const YOUNG = 64;

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
  // Of the processes that are started; this one's memory is laid out already.
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --max-semi-space-size=${YOUNG}`.trim();
  // One that is left behind would switch all others off.
  mocha.forbidOnly = process.env.CI === "true";
  return tellFailure(args, hre, runSuper);
}
