import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { HardhatPluginError } from "hardhat/plugins";
import { KyosoError } from "../sdk/errors.js";

/** Wraps an action: an error that its reader can do something about is shown without a stack trace. Exit code 1. */
export function action<Arguments>(
  run: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>,
): (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void> {
  return async (args, hre) => {
    try {
      await run(args, hre);
    } catch (error) {
      if (error instanceof KyosoError) throw new HardhatPluginError("kyoso", `\n\n${error.message}`, error);
      throw error;
    }
  };
}
