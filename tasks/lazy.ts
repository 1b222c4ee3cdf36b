import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { errorResult, successfulResult } from "hardhat/utils/result";
import { buildContracts } from "./build/contracts.js";
import { sayWaiting, wasStopped } from "./build/cache.js";
import { withinTask } from "./build/told.js";
import { usedFor } from "./commandLine.js";

type Action<Arguments> = (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>;

/** As {@link Action}; where it fails, that is printed here, and Hardhat is only told so. */
type ToldAction<Arguments> = (
  args: Arguments,
  hre: HardhatRuntimeEnvironment,
) => Promise<Result<undefined, undefined>>;

/**
 * An action that is loaded when its task runs; after a build where nothing was ever built, or a build was stopped; and not
 * while another command builds: actions import the contracts' generated types.
 */
export function lazily<Arguments>(
  load: () => Promise<{ default: Action<Arguments> }>,
): () => Promise<{ default: ToldAction<Arguments> }> {
  const act: Action<Arguments> = async (args, hre) => {
    const { root, cache } = hre.config.paths;
    const isStopped = await wasStopped(cache, sayWaiting);
    if (isStopped || !existsSync(path.join(root, "typechain-types", "abi", "index.ts"))) {
      await buildContracts(hre);
    }
    const { default: action } = await load();
    await action(args, hre);
  };
  const run: ToldAction<Arguments> = async (args, hre) => {
    const { network, showStackTraces: traces } = hre.globalOptions;
    const { dao } = args as { readonly dao?: string };
    try {
      await usedFor({ network, dao }, () => withinTask(() => act(args, hre)));
      return successfulResult();
    } catch (error) {
      const { printFailure } = await import("./failed.js");
      if (!printFailure(error, { traces, network, dao })) throw error;
      return errorResult();
    }
  };
  return () => Promise.resolve({ default: run });
}
