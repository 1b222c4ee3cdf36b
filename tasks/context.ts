import { existsSync } from "node:fs";
import path from "node:path";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { BrandConfig } from "../sdk/config/schema.js";
import { KyosoError } from "../sdk/errors.js";
import type { LiveDao } from "../sdk/live.js";
import { RecordStore } from "../sdk/node/record.js";
import { parseAddress } from "../sdk/units.js";
import type { Network } from "./network/network.js";
import { openNetwork } from "./network/network.js";
import { progress } from "./output.js";

/** The network that a task works on: the one that --network names. */
export async function connect(hre: HardhatRuntimeEnvironment) {
  const network = await openNetwork(hre);
  const { provider, eip1193 } = network;
  try {
    const { chainId } = await provider.getNetwork();
    return { network, provider, eip1193, chainId, store: recordStore(hre, network) };
  } catch (cause) {
    const [, missing] = /Configuration Variable "(\w+)" not found/u.exec(String(cause)) ?? [];
    if (missing !== undefined) {
      throw KyosoError.of("network.variable-missing", {
        data: { network: network.name, variable: missing },
        place: `network ${network.name}`,
        message: `${missing} isn't set`,
        remedy: `Put it into the keystore: npx hardhat keystore set ${missing}. To look, or to prepare what others sign, --network readonly needs no key.`,
        cause,
      });
    }
    throw KyosoError.of("node.silent", {
      data: { network: network.name },
      place: `network ${network.name}`,
      message: "The node doesn't answer",
      remedy: "Start it (npx hardhat node), or check the network's URL in hardhat.config.ts.",
      cause,
    });
  }
}

export type Connected = Awaited<ReturnType<typeof connect>>;

/** Records are kept for chains that outlive the command. */
function recordStore(hre: HardhatRuntimeEnvironment, { simulated }: Network): RecordStore | undefined {
  return simulated ? undefined : new RecordStore(path.join(hre.config.paths.root, "deployments"));
}

/** The records of the chain; an error where it is one that begins and ends with the command. */
export function requireStore({ store, network }: Connected): RecordStore {
  if (store !== undefined) return store;
  throw KyosoError.of("network.not-kept", {
    data: { network: network.name },
    place: `network ${network.name}`,
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
  const [{ openDao }, { LogCache }, { FileLogs }] = await Promise.all([
    import("../sdk/live.js"),
    import("../sdk/chain/logCache.js"),
    import("../sdk/node/chain/fileLogs.js"),
  ]);
  const live = await openDao(record, connected.provider, connected.eip1193, {
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
  { network }: Connected,
  from: string | undefined,
): Promise<HardhatEthersSigner> {
  const { ethers } = await network.connection();
  const signers = await ethers.getSigners();
  const address = from === undefined ? undefined : parseAddress(from);
  const signer = address === undefined ? signers[0] : signers.find((known) => known.address === address);
  if (signer !== undefined) return signer;
  throw KyosoError.of("network.no-signer", {
    data: { network: network.name, address, signers: signers.map((known) => known.address) },
    place: `network ${network.name}`,
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
  const { loadBrandFile } = await import("../sdk/node/config/load.js");
  return loadBrandFile(existsSync(named) ? named : path.resolve(brand));
}
