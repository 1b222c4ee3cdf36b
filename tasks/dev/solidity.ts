import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";

/**
 * Runs the Solidity tests, on contracts that are as their sources are now. The tests import interfaces only, and have the
 * contracts from their artifacts: of single files, Hardhat would build no more than those.
 */
export default async function runSolidity(
  args: TaskArguments,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: TaskArguments) => Promise<unknown>,
): Promise<unknown> {
  if (args.noCompile !== true) await hre.tasks.getTask("build").run({ noTests: true, quiet: true });
  return runSuper(args);
}
