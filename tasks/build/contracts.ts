import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** Builds what tasks work with: the contracts and their types, and not the tests, which take longer than all the rest. */
export async function buildContracts(hre: HardhatRuntimeEnvironment): Promise<void> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
}
