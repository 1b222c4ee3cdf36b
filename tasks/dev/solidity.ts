import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";
import { buildContracts } from "../build/contracts.js";
import tellFailure from "../build/told.js";
import { print } from "../output.js";

/**
 * Runs the Solidity tests, on contracts that are as their sources are now. The tests import interfaces only, and have the
 * contracts from their artifacts: of single files, Hardhat would build no more than those.
 */
export default async function runSolidity(
  args: TaskArguments,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: TaskArguments) => Promise<unknown>,
): Promise<unknown> {
  return tellFailure(args, hre, async () => {
    if (args.noCompile !== true) await buildContracts(hre);
    if (process.env.KYOSO_DEEP === "1") {
      print(`These cases again: KYOSO_SEED=${hre.config.test.solidity.profiles.default?.fuzz.seed ?? ""}`);
    }
    return runSuper(args);
  });
}
