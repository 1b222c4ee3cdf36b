import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

type Action<Arguments> = (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>;

/**
 * An action that is loaded when its task runs, and after a build where nothing was ever built: actions import the
 * contracts' generated types.
 */
export function lazily<Arguments>(
  load: () => Promise<{ default: Action<Arguments> }>,
): () => Promise<{ default: Action<Arguments> }> {
  const run: Action<Arguments> = async (args, hre) => {
    if (!existsSync(path.join(hre.config.paths.root, "typechain-types", "abi", "index.ts"))) {
      await hre.tasks.getTask("build").run({ quiet: true });
    }
    const { default: action } = await load();
    await action(args, hre);
  };
  return () => Promise.resolve({ default: run });
}
