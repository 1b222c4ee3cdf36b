import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KEY } from "../../relay/key.js";
import { variableMissing } from "../context.js";

/** The relay's key: of the environment, or of Hardhat's keystore, which asks for its password; undefined where there is none. */
export async function findKey(hre: HardhatRuntimeEnvironment): Promise<string | undefined> {
  try {
    return await hre.config.relayKey.get();
  } catch (error) {
    if (variableMissing(error) === KEY) return undefined;
    throw error;
  }
}
