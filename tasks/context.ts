import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { BrandConfig } from "../sdk/config/schema.js";
import { loadBrandFile } from "../sdk/config/load.js";
import { KyosoError } from "../sdk/errors.js";
import { RecordStore } from "../sdk/record.js";

/** The connection that a task works on: of the network that --network names. */
export async function connect(hre: HardhatRuntimeEnvironment) {
  const connection = await hre.network.getOrCreate();
  const { provider } = connection.ethers;
  try {
    const { chainId } = await provider.getNetwork();
    return { connection, provider, chainId, store: recordStore(hre, connection.networkConfig.type) };
  } catch (cause) {
    throw new KyosoError(
      {
        place: `network ${connection.networkName}`,
        message: "The node doesn't answer",
        remedy: "Start it (npx hardhat node), or check the network's URL in hardhat.config.ts.",
      },
      { cause },
    );
  }
}

export type Connected = Awaited<ReturnType<typeof connect>>;

/** Records are kept for chains that outlive the command. */
function recordStore(hre: HardhatRuntimeEnvironment, type: string): RecordStore | undefined {
  return type === "edr-simulated"
    ? undefined
    : new RecordStore(path.join(hre.config.paths.root, "deployments"));
}

/** The records of the chain; an error where it is one that begins and ends with the command. */
export function requireStore({ store, connection }: Connected): RecordStore {
  if (store !== undefined) return store;
  throw new KyosoError({
    place: `network ${connection.networkName}`,
    message: "This chain begins and ends with the command: there is no DAO on it",
    remedy: "Choose another one with --network, for example localhost with `npx hardhat node` running.",
  });
}

/** The brand file that is meant: a path, or the name of a file in `brands/`. */
export async function loadBrand(hre: HardhatRuntimeEnvironment, brand: string): Promise<BrandConfig> {
  const named = path.join(hre.config.paths.root, "brands", `${brand}.yaml`);
  return loadBrandFile(existsSync(named) ? named : path.resolve(brand));
}
