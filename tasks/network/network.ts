import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import type { HttpNetworkConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { isRead } from "../../sdk/chain/patience.js";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import { askerOf } from "./ask.js";

/** A network that a task works on. */
export interface Network {
  /** As it is called in hardhat.config.ts. */
  readonly name: string;
  /** Whether it ends with the command. */
  readonly simulated: boolean;
  readonly provider: HardhatEthersProvider;
  readonly eip1193: Eip1193Provider;
  /** Hardhat's own connection: it has the accounts and simulates chains. Loaded when it is first asked for. */
  readonly connection: () => Promise<NetworkConnection>;
}

// Environment variables by which Hardhat's connections go through a proxy.
const PROXY = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];

/**
 * The network that --network names. Hardhat's own connection loads a simulator, a client of HTTP, and plugins for tests,
 * which takes longer than most commands do; so what is only read from a node is asked for directly. All else goes Hardhat's
 * way, and so does a question that had no plain answer: its errors are Hardhat's.
 */
export async function openNetwork(hre: HardhatRuntimeEnvironment): Promise<Network> {
  const connection = () => hre.network.getOrCreate();
  const quick = await openQuickly(hre, connection);
  if (quick !== undefined) return quick;
  const { ethers, networkConfig, networkName, provider } = await connection();
  return {
    name: networkName,
    simulated: networkConfig.type === "edr-simulated",
    provider: ethers.provider,
    eip1193: provider,
    connection,
  };
}

async function openQuickly(
  hre: HardhatRuntimeEnvironment,
  connection: Network["connection"],
): Promise<Network | undefined> {
  const { network: name } = hre.globalOptions;
  const config = hre.config.networks[name];
  if (config?.type !== "http" || !isPlain(config)) return undefined;
  const url = new URL(await config.url.getUrl());
  const [Provider, ask] = await Promise.all([
    providerClass(),
    askerOf(url, { headers: config.httpHeaders, timeout: config.timeout }),
  ]);
  if (Provider === undefined || ask === undefined) return undefined;
  const keys = keysOf(config);
  const eip1193: Eip1193Provider = {
    async request({ method, params = [] }) {
      await keys();
      // What can be asked twice without harm. Hardhat adds its margin to estimates.
      if (isRead(method) && method !== "eth_estimateGas") {
        const answer = await ask(method, params);
        if (answer !== undefined) return answer.result;
      }
      const { provider } = await connection();
      return provider.request({ method, params: [...params] }) as Promise<unknown>;
    },
  };
  return { name, simulated: false, provider: new Provider(eip1193, name, config), eip1193, connection };
}

/**
 * Whether Hardhat's connection does nothing with what is read but ask for it. It also fills in its first account as the sender
 * of calls that have none; those that depend on a sender name it.
 */
function isPlain({ accounts, chainId, from }: HttpNetworkConfig): boolean {
  const proxied = PROXY.some((variable) => (process.env[variable] ?? "").trim() !== "");
  return (
    !proxied &&
    chainId === undefined &&
    from === undefined &&
    (accounts === "remote" || Array.isArray(accounts))
  );
}

/** Reads the keys of a network's accounts once, before anything else, as Hardhat's connection does: one may be missing. */
function keysOf({ accounts }: HttpNetworkConfig): () => Promise<unknown> {
  let read: Promise<unknown> | undefined;
  return () =>
    (read ??= Promise.all(Array.isArray(accounts) ? accounts.map((key) => key.getHexString()) : []));
}

type ProviderClass = new (eip1193: Eip1193Provider, name: string, config: object) => HardhatEthersProvider;

/** What a connection's `ethers.provider` is; undefined where the plugin keeps it elsewhere. */
async function providerClass(): Promise<ProviderClass | undefined> {
  try {
    const folder = "./internal/hardhat-ethers-provider/hardhat-ethers-provider.js";
    const url = new URL(folder, import.meta.resolve("@nomicfoundation/hardhat-ethers"));
    const loaded = (await import(url.href)) as { HardhatEthersProvider?: ProviderClass };
    return loaded.HardhatEthersProvider;
  } catch {
    return undefined;
  }
}
