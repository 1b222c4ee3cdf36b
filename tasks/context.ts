import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { LogCache } from "../sdk/chain/logCache.js";
import type { BrandConfig } from "../sdk/config/schema.js";
import { loadBrandFile } from "../sdk/node/config/load.js";
import { KyosoError } from "../sdk/errors.js";
import type { LiveDao } from "../sdk/live.js";
import { FileLogs } from "../sdk/node/chain/fileLogs.js";
import { openDao } from "../sdk/live.js";
import { RecordStore } from "../sdk/node/record.js";
import { parseAddress } from "../sdk/units.js";
import { progress } from "./output.js";

/** The connection that a task works on: of the network that --network names. */
export async function connect(hre: HardhatRuntimeEnvironment) {
  const connection = await hre.network.getOrCreate();
  const { provider } = connection.ethers;
  try {
    const { chainId } = await provider.getNetwork();
    return { connection, provider, chainId, store: recordStore(hre, connection.networkConfig.type) };
  } catch (cause) {
    const [, missing] = /Configuration Variable "(\w+)" not found/u.exec(String(cause)) ?? [];
    if (missing !== undefined) {
      throw new KyosoError(
        {
          place: `network ${connection.networkName}`,
          message: `${missing} isn't set`,
          remedy: `Put it into the keystore: npx hardhat keystore set ${missing}. To look, or to prepare what others sign, --network readonly needs no key.`,
        },
        { cause },
      );
    }
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

/** A live DAO, and the connection that it was found with. */
export type Opened = Connected & { readonly live: LiveDao };

/** A DAO that is live, by its slug or as the only one of the chain; and the connection that it was found with. */
export async function openLive(hre: HardhatRuntimeEnvironment, slug: string | undefined): Promise<Opened> {
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, slug);
  const bar = progress("Reading the chain");
  const live = await openDao(record, connected.provider, connected.connection.provider, {
    cache: new LogCache(new FileLogs(path.join(hre.config.paths.cache, "kyoso"))),
    onProgress: bar,
  });
  return { ...connected, live };
}

/** Where files go that are passed on to others: Safe transactions, ballots, drafts of proposals. */
export function outbox(hre: HardhatRuntimeEnvironment, { record }: LiveDao): string {
  return path.join(hre.config.paths.root, "outbox", record.chainId, record.slug);
}

/** Where files go that hold personal data, and stay with the brand. */
export function privateFolder(hre: HardhatRuntimeEnvironment, { record }: LiveDao): string {
  return path.join(hre.config.paths.root, "private", record.chainId, record.slug);
}

/** The account that acts: the one that --from names, or the network's only one, or its first. */
export async function requireSigner(
  { connection }: Connected,
  from: string | undefined,
): Promise<HardhatEthersSigner> {
  const signers = await connection.ethers.getSigners();
  const address = from === undefined ? undefined : parseAddress(from);
  const signer = address === undefined ? signers[0] : signers.find((known) => known.address === address);
  if (signer !== undefined) return signer;
  throw new KyosoError({
    place: `network ${connection.networkName}`,
    message: address === undefined ? "There is no account to act with" : `There is no key for ${address}`,
    remedy:
      signers.length === 0
        ? "Put its key into the keystore: npx hardhat keystore set KYOSO_PRIVATE_KEY."
        : `Choose one with --from: ${signers
            .slice(0, 5)
            .map((known) => known.address)
            .join(", ")}.`,
  });
}

/** The brand file that is meant: a path, or the name of a file in `brands/`. */
export async function loadBrand(hre: HardhatRuntimeEnvironment, brand: string): Promise<BrandConfig> {
  const named = path.join(hre.config.paths.root, "brands", `${brand}.yaml`);
  return loadBrandFile(existsSync(named) ? named : path.resolve(brand));
}
