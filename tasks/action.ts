import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { HardhatPluginError } from "hardhat/plugins";
import { KyosoError } from "../sdk/errors.js";

/** What Hardhat's HTTP client throws where a node can't be reached, or breaks off in the middle. */
const CONNECTION_ERRORS = ["ConnectionRefusedError", "RequestError", "RequestTimeoutError"];

/** Wraps an action: an error that its reader can do something about is shown without a stack trace. Exit code 1. */
export function action<Arguments>(
  run: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>,
): (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void> {
  return async (args, hre) => {
    try {
      await run(args, hre);
    } catch (error) {
      const known = error instanceof KyosoError ? error : brokenConnection(error, hre.globalOptions.network);
      if (known !== undefined) throw new HardhatPluginError("kyoso", `\n\n${known.message}`, known);
      throw error;
    }
  };
}

function brokenConnection(error: unknown, network: string | undefined): KyosoError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!CONNECTION_ERRORS.includes(cause.name)) continue;
    return KyosoError.of("node.stopped", {
      data: { network },
      place: network === undefined ? "network" : `network ${network}`,
      message: "The node stopped answering",
      remedy: "Check that it runs, and run the same command again: it continues where it was.",
      cause: error,
    });
  }
  return undefined;
}
