import { createRequire } from "node:module";
import type { ContractNetworksConfig } from "@safe-global/protocol-kit";
import type { Provider } from "ethers";
import {
  concat,
  getAddress,
  getCreate2Address,
  Interface,
  keccak256,
  parseEther,
  solidityPackedKeccak256,
  Transaction,
  ZeroAddress,
  ZeroHash,
  zeroPadValue,
} from "ethers";
import type { Call } from "../../calls/plan.js";
import { LOCAL_CHAIN_ID } from "../../chain/local.js";
import { sleep } from "../../chain/patience.js";
import type { SendingSigner } from "../../execute/account.js";
import { accountOf } from "../../execute/account.js";
import { executeAsSigner } from "../../execute/signer.js";

/** The version of the Safe contracts that new Safes get. */
export const SAFE_VERSION = "1.5.0";

const require = createRequire(import.meta.url);
const SINGLETON_FACTORY = require("@safe-global/safe-singleton-factory/artifacts/31337/deployment.json") as {
  address: string;
  signerAddress: string;
  transaction: string;
};

// Under the name that protocol-kit's configuration gives each.
const CONTRACTS = {
  safeSingletonAddress: "SafeL2.sol/SafeL2",
  safeProxyFactoryAddress: "proxies/SafeProxyFactory.sol/SafeProxyFactory",
  multiSendAddress: "libraries/MultiSend.sol/MultiSend",
  multiSendCallOnlyAddress: "libraries/MultiSendCallOnly.sol/MultiSendCallOnly",
  fallbackHandlerAddress: "handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler",
  signMessageLibAddress: "libraries/SignMessageLib.sol/SignMessageLib",
  createCallAddress: "libraries/CreateCall.sol/CreateCall",
  simulateTxAccessorAddress: "accessors/SimulateTxAccessor.sol/SimulateTxAccessor",
} as const;

type ContractKey = keyof typeof CONTRACTS;
const KEYS = Object.keys(CONTRACTS) as ContractKey[];

function readArtifact(contract: string): { bytecode: string } {
  return require(`@safe-global/safe-smart-account/build/artifacts/contracts/${contract}.json`) as {
    bytecode: string;
  };
}

function initCode(key: ContractKey): string {
  return readArtifact(CONTRACTS[key]).bytecode;
}

function canonicalAddress(key: ContractKey): string {
  return getCreate2Address(SINGLETON_FACTORY.address, ZeroHash, keccak256(initCode(key)));
}

/**
 * Where protocol-kit finds the Safe contracts on a local chain. On other chains it knows them by itself: nothing is
 * returned there.
 */
export function safeContractNetworks(chainId: bigint): ContractNetworksConfig | undefined {
  if (chainId !== LOCAL_CHAIN_ID) return undefined;
  const addresses = Object.fromEntries(KEYS.map((key) => [key, canonicalAddress(key)]));
  return { [chainId.toString()]: addresses };
}

/**
 * The address that a Safe gets from the canonical contracts. protocol-kit tells it only where they are deployed: this is
 * for a dry run on a local chain that doesn't have them yet.
 */
export function predictCanonicalSafe(
  owners: readonly string[],
  threshold: number,
  saltNonce: bigint,
): string {
  const setup = new Interface([
    "function setup(address[] owners, uint256 threshold, address to, bytes data, address fallbackHandler, address paymentToken, uint256 payment, address paymentReceiver)",
  ]).encodeFunctionData("setup", [
    owners,
    threshold,
    ZeroAddress,
    "0x",
    canonicalAddress("fallbackHandlerAddress"),
    ZeroAddress,
    0,
    ZeroAddress,
  ]);
  const salt = solidityPackedKeccak256(["bytes32", "uint256"], [keccak256(setup), saltNonce]);
  const { bytecode } = readArtifact("proxies/SafeProxy.sol/SafeProxy");
  const code = concat([bytecode, zeroPadValue(canonicalAddress("safeSingletonAddress"), 32)]);
  return getCreate2Address(canonicalAddress("safeProxyFactoryAddress"), salt, keccak256(code));
}

/** Whether the chain has the contracts that a Safe is made with. */
export async function hasSafeContracts(provider: Provider): Promise<boolean> {
  const codes = await Promise.all(KEYS.map((key) => provider.getCode(canonicalAddress(key))));
  return codes.every((code) => code !== "0x");
}

/**
 * Puts the real Safe contracts at their canonical addresses on a local chain, through the factory that Safe itself uses
 * on every chain. Deploys only what is missing.
 */
export async function deploySafeContracts(deployer: SendingSigner): Promise<void> {
  const account = await accountOf(deployer);
  const { provider } = account;
  const title = "Deploying Safe's contracts";
  if ((await provider.getCode(SINGLETON_FACTORY.address)) === "0x") {
    // Signed once for all chains without EIP-155; its signer only has to be able to pay.
    const signed = Transaction.from(SINGLETON_FACTORY.transaction);
    const signer = getAddress(SINGLETON_FACTORY.signerAddress);
    if ((await provider.getBalance(signer)) < signed.gasLimit * (signed.gasPrice ?? 0n)) {
      const purpose = "Pay for Safe's factory";
      const funding = { ...UNNAMED, to: signer, data: "0x", value: parseEther("1"), purpose };
      await executeAsSigner({ title, calls: [funding] }, account);
    }
    await deployFactory(provider, signed.serialized);
  }
  const calls: Call[] = [];
  for (const key of KEYS) {
    if ((await provider.getCode(canonicalAddress(key))) !== "0x") continue;
    const data = concat([ZeroHash, initCode(key)]);
    calls.push({
      ...UNNAMED,
      to: SINGLETON_FACTORY.address,
      data,
      value: 0n,
      purpose: `Deploy ${CONTRACTS[key]}`,
    });
  }
  await executeAsSigner({ title, calls }, account);
}

/** What calls of no contract of a DAO have in common. */
const UNNAMED = { contract: "account", signature: "", args: [] } as const;

/** Hands in the same bytes until the factory is there: that does no harm. */
async function deployFactory(provider: Provider, signed: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await (await provider.broadcastTransaction(signed)).wait();
      return;
    } catch (error) {
      if ((await provider.getCode(SINGLETON_FACTORY.address)) !== "0x") return;
      if (attempt >= 5) throw error;
    }
    await sleep(200 * attempt);
  }
}
