import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { KyosoError } from "../sdk/errors.js";
import type { Addresses, ImplementationName } from "../sdk/implementations.js";
import {
  IMPLEMENTATION_NAMES,
  IMPLEMENTATION_SALT,
  implementationCreations,
  missingImplementations,
  predictImplementations,
} from "../sdk/implementations.js";
import { LOCAL_CHAIN_ID } from "../sdk/chain/local.js";
import { withJournal } from "./journal.js";
import { implementationsModule } from "./modules/Implementations.js";

/** What puts the implementations on a chain, as this checkout compiles them. */
export async function builtCreations(hre: HardhatRuntimeEnvironment) {
  return implementationCreations(await builtBytecode(hre));
}

/** Where the implementations are on every chain, as this checkout compiles them. */
export async function implementationAddresses(
  hre: HardhatRuntimeEnvironment,
): Promise<Addresses<ImplementationName>> {
  return predictImplementations(await builtBytecode(hre));
}

async function builtBytecode(hre: HardhatRuntimeEnvironment): Promise<Record<ImplementationName, string>> {
  const bytecode = await Promise.all(
    IMPLEMENTATION_NAMES.map(
      async (name) => [name, (await hre.artifacts.readArtifact(name)).bytecode] as const,
    ),
  );
  return Object.fromEntries(bytecode) as Record<ImplementationName, string>;
}

/**
 * Deploys those implementations that the chain doesn't have. What is there is told by the chain, not by a journal, so
 * it can be killed at any point and run again, and a brand that comes second on a chain deploys nothing.
 */
export async function deployImplementations(
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  addresses: Addresses<ImplementationName>,
): Promise<ImplementationName[]> {
  const missing = await missingImplementations(connection.ethers.provider, addresses);
  if (missing.length === 0) return missing;

  const { chainId } = await connection.ethers.provider.getNetwork();
  const journals = path.join(hre.config.paths.ignition, "deployments");
  try {
    await withJournal(journals, chainId, (deploymentId) =>
      connection.ignition.deploy(implementationsModule(missing, addresses), {
        strategy: "create2",
        strategyConfig: { salt: IMPLEMENTATION_SALT },
        deploymentId,
        config: chainId === LOCAL_CHAIN_ID ? { requiredConfirmations: 1 } : {},
      }),
    );
  } catch (error) {
    throw KyosoError.of("implementations.not-all-deployed", {
      data: { chainId, reason: error instanceof Error ? error.message : String(error) },
      message: `The implementations could not all be deployed: ${error instanceof Error ? error.message : String(error)}`,
      place: `chain ${chainId}`,
      remedy: "Run the same command again: it deploys what is still missing, and nothing twice.",
      cause: error,
    });
  }
  const left = await missingImplementations(connection.ethers.provider, addresses);
  if (left.length > 0) {
    throw KyosoError.of("implementations.misplaced", {
      data: { chainId, names: left },
      message: `${left.join(", ")} didn't arrive at the predicted address`,
      place: `chain ${chainId}`,
      remedy:
        "Build with the compiler of the lock file (npm ci, npm run build), and report it if it happens again.",
    });
  }
  return missing;
}
