import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KEY } from "../../relay/key.js";

/** The relay's key: of the environment, or of Hardhat's keystore, which asks for its password; undefined where there is none. */
export async function findKey(hre: HardhatRuntimeEnvironment): Promise<string | undefined> {
  try {
    return await hre.config.relayKey.get();
  } catch (error) {
    if (new RegExp(`Configuration Variable "${KEY}" not found`, "u").test(String(error))) return undefined;
    throw error;
  }
}
