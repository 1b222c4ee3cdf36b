import type { TypedDataDomain, TypedDataField, Wallet } from "ethers";
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
  /** Accounts whose keys are in the configuration, so that this process can sign; undefined where a node or Hardhat signs. */
  readonly wallets: (() => Promise<readonly Wallet[]>) | undefined;
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
    wallets: undefined,
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
  const [Provider, node] = await Promise.all([
    providerClass(),
    askerOf(url, { headers: config.httpHeaders, timeout: config.timeout }),
  ]);
  if (Provider === undefined || node === undefined) return undefined;
  const keys = keysOf(config);
  const eip1193: Eip1193Provider = {
    async request({ method, params = [] }) {
      const own = await keys();
      // Hardhat signs nothing here and changes nothing; what went wrong matters as it is.
      if (method === "eth_sendRawTransaction") return node.tell(method, params);
      if (own.length > 0) {
        const signed = await signLocally(own, method, params);
        if (signed !== undefined) return signed;
      }
      // What can be asked twice without harm.
      if (isRead(method)) {
        const answer = await node.ask(method, params);
        if (answer !== undefined) return answer.result;
      }
      const { provider } = await connection();
      return provider.request({ method, params: [...params] }) as Promise<unknown>;
    },
  };
  const provider = new Provider(eip1193, name, config);
  const wallets = async () => {
    const [own, { Wallet: OwnWallet }] = await Promise.all([keys(), import("ethers")]);
    return own.map((key) => new OwnWallet(key, provider));
  };
  return {
    name,
    simulated: false,
    provider,
    eip1193,
    connection,
    // Hardhat goes by a price or a limit of gas that the configuration sets.
    wallets:
      Array.isArray(config.accounts) && config.gas === "auto" && config.gasPrice === "auto"
        ? wallets
        : undefined,
  };
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
function keysOf({ accounts }: HttpNetworkConfig): () => Promise<readonly string[]> {
  let read: Promise<readonly string[]> | undefined;
  return () =>
    (read ??= Promise.all(Array.isArray(accounts) ? accounts.map((key) => key.getHexString()) : []));
}

/** What a wallet answers to, for those who ask the connection: undefined where it is the node's to answer. */
async function signLocally(
  keys: readonly string[],
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  if (method !== "eth_accounts" && method !== "eth_signTypedData_v4") return undefined;
  const { TypedDataEncoder, Wallet: OwnWallet } = await import("ethers");
  const wallets = keys.map((key) => new OwnWallet(key));
  if (method === "eth_accounts") return wallets.map(({ address }) => address.toLowerCase());
  const [account, data] = params;
  const wallet = wallets.find(({ address }) => address.toLowerCase() === String(account).toLowerCase());
  if (wallet === undefined) return undefined;
  const payload = (typeof data === "string" ? JSON.parse(data) : data) as Payload;
  const types = Object.fromEntries(Object.entries(payload.types).filter(([name]) => name !== "EIP712Domain"));
  // What is signed is what the payload names, and not whatever else its types could describe.
  if (TypedDataEncoder.getPrimaryType(types) !== payload.primaryType) return undefined;
  return wallet.signTypedData(payload.domain, types, payload.message);
}

interface Payload {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly primaryType: string;
  readonly message: Record<string, unknown>;
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
