import { AsyncLocalStorage } from "node:async_hooks";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";
import { errorResult } from "hardhat/utils/result";
import { KyosoError } from "../../sdk/errors.js";

/** Set while a task runs that prints why it failed. */
const outer = new AsyncLocalStorage<true>();

/** Runs what may build. Where that fails, it throws: whoever calls this prints why. */
export function withinTask<Result>(run: () => Promise<Result>): Promise<Result> {
  return outer.run(true, run);
}

/**
 * One of Hardhat's tasks that build, or have something built. Where its reader can do something about a failure, that is
 * printed here, and Hardhat is only told so: it would call it an error of a plugin. A task that another one runs throws
 * instead, as that one mustn't go on.
 */
export default async function tellFailure(
  args: TaskArguments,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: TaskArguments) => Promise<unknown>,
): Promise<unknown> {
  if (outer.getStore() === true) return runSuper(args);
  try {
    return await withinTask(() => runSuper(args));
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    const { printFailure } = await import("../failed.js");
    const { network, showStackTraces: traces } = hre.globalOptions;
    printFailure(error, { traces, network, dao: undefined });
    // Also for a script that looks at no result.
    process.exitCode = 1;
    return errorResult();
  }
}
