import fallbackHandlerArtifact from "@safe-global/safe-smart-account/build/artifacts/contracts/handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler.json" with { type: "json" };
import proxyFactoryArtifact from "@safe-global/safe-smart-account/build/artifacts/contracts/proxies/SafeProxyFactory.sol/SafeProxyFactory.json" with { type: "json" };
import safeArtifact from "@safe-global/safe-smart-account/build/artifacts/contracts/Safe.sol/Safe.json" with { type: "json" };
import {
  concat,
  ContractFactory,
  Interface,
  type Provider,
  type TransactionResponse,
  type TypedDataDomain,
  type TypedDataField,
  ZeroAddress,
} from "ethers";
import type { Call, Connection, Signer } from "./chain.js";

/** A Safe 1.5.0, the real contracts. */
export interface Safe {
  address: string;
  threshold: number;
  chainId: bigint;
}

/** An owner, with whatever has its key. */
export interface Owner {
  readonly address: string;
  readonly provider: Pick<Provider, "call"> | null;
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

const SAFE = new Interface(safeArtifact.abi);
const PROXY_FACTORY = new Interface(proxyFactoryArtifact.abi);

const SAFE_TX: Record<string, TypedDataField[]> = {
  SafeTx: [
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "data", type: "bytes" },
    { name: "operation", type: "uint8" },
    { name: "safeTxGas", type: "uint256" },
    { name: "baseGas", type: "uint256" },
    { name: "gasPrice", type: "uint256" },
    { name: "gasToken", type: "address" },
    { name: "refundReceiver", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

const SAFE_MESSAGE: Record<string, TypedDataField[]> = {
  SafeMessage: [{ name: "message", type: "bytes" }],
};

interface Artifact {
  abi: ConstructorParameters<typeof ContractFactory>[0];
  bytecode: string;
}

async function deploy({ abi, bytecode }: Artifact, deployer: Signer): Promise<string> {
  const contract = await new ContractFactory(abi, bytecode, deployer).deploy();
  return contract.getAddress();
}

/** Deploys the Safe's contracts, and with them a Safe of `owners`. */
export async function createSafe(
  { ethers }: Connection,
  deployer: Signer,
  owners: Signer[],
  threshold: number,
  saltNonce = 0n,
): Promise<Safe> {
  const singleton = await deploy(safeArtifact, deployer);
  const fallbackHandler = await deploy(fallbackHandlerArtifact, deployer);
  const factory = await deploy(proxyFactoryArtifact, deployer);
  const setup = SAFE.encodeFunctionData("setup", [
    owners.map((owner) => owner.address),
    threshold,
    ZeroAddress,
    "0x",
    fallbackHandler,
    ZeroAddress,
    0,
    ZeroAddress,
  ]);
  const data = PROXY_FACTORY.encodeFunctionData("createProxyWithNonce", [singleton, setup, saltNonce]);
  const transaction = await deployer.sendTransaction({ to: factory, data });
  const receipt = await transaction.wait();
  for (const log of receipt?.logs ?? []) {
    const event = log.address === factory ? PROXY_FACTORY.parseLog(log) : null;
    if (event?.name === "ProxyCreation") {
      const { chainId } = await ethers.provider.getNetwork();
      return { address: event.args.getValue("proxy") as string, threshold, chainId };
    }
  }
  throw new Error("the Safe's factory has emitted no ProxyCreation");
}

/** The owners whose signatures are needed, in the order that a Safe wants them. */
function signersOf(safe: Safe, owners: readonly Owner[]): Owner[] {
  return owners.slice(0, safe.threshold).sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
}

async function sign(
  safe: Safe,
  owners: readonly Owner[],
  types: Record<string, TypedDataField[]>,
  value: Record<string, unknown>,
): Promise<string> {
  const domain = { chainId: safe.chainId, verifyingContract: safe.address };
  const signatures = signersOf(safe, owners).map((owner) => owner.signTypedData(domain, types, value));
  return concat(await Promise.all(signatures));
}

/** The Safe transaction that carries `call`, signed by the owners, as a call that anybody may send. */
export async function signedBySafe(safe: Safe, owners: readonly Owner[], call: Call): Promise<Call> {
  const [sender] = owners;
  if (!sender?.provider) throw new Error("a Safe needs an owner with a provider");
  const nonceData = await sender.provider.call({
    to: safe.address,
    data: SAFE.encodeFunctionData("nonce"),
  });
  const transaction = {
    to: call.to,
    value: call.value ?? 0n,
    data: call.data,
    operation: 0,
    safeTxGas: 0n,
    baseGas: 0n,
    gasPrice: 0n,
    gasToken: ZeroAddress,
    refundReceiver: ZeroAddress,
  };
  const signatures = await sign(safe, owners, SAFE_TX, { ...transaction, nonce: BigInt(nonceData) });
  const data = SAFE.encodeFunctionData("execTransaction", [...Object.values(transaction), signatures]);
  return { to: safe.address, data };
}

/** Sends `call` from the Safe, with real signatures. What the call reverts with comes through. */
export async function execAsSafe(safe: Safe, owners: Signer[], call: Call): Promise<TransactionResponse> {
  const signed = await signedBySafe(safe, owners, call);
  const [sender] = owners;
  if (sender === undefined) throw new Error("a Safe needs owners");
  return sender.sendTransaction(signed);
}

/** The Safe's ERC-1271 signature of a 32-byte hash. */
export function signAsSafe(safe: Safe, owners: readonly Owner[], hash: string): Promise<string> {
  return sign(safe, owners, SAFE_MESSAGE, { message: hash });
}
