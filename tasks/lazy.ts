import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { buildContracts } from "./build/contracts.js";
import { sayWaiting, wasStopped } from "./build/cache.js";

type Action<Arguments> = (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>;

/**
 * An action that is loaded when its task runs; after a build where nothing was ever built, or a build was stopped; and not
 * while another command builds: actions import the contracts' generated types.
 */
export function lazily<Arguments>(
  load: () => Promise<{ default: Action<Arguments> }>,
): () => Promise<{ default: Action<Arguments> }> {
  const run: Action<Arguments> = async (args, hre) => {
    const { root, cache } = hre.config.paths;
    const isStopped = await wasStopped(cache, sayWaiting);
    if (isStopped || !existsSync(path.join(root, "typechain-types", "abi", "index.ts"))) {
      await buildContracts(hre);
    }
    const { default: action } = await load();
    await action(args, hre);
  };
  return () => Promise.resolve({ default: run });
}
