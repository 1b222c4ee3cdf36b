import type { TypedDataDomain, TypedDataField } from "ethers";
import { getAddress, Interface, TypedDataEncoder } from "ethers";
import type { SafeAccount } from "../account.js";

/** A transaction of a Safe, as owners sign it. Amounts as decimal strings, addresses with their checksums. */
export interface SafeTransactionData {
  readonly to: string;
  readonly value: string;
  readonly data: string;
  /** 0 for a call; 1 for a delegatecall, which runs foreign code in the Safe's own name. */
  readonly operation: 0 | 1;
  readonly safeTxGas: string;
  readonly baseGas: string;
  readonly gasPrice: string;
  readonly gasToken: string;
  readonly refundReceiver: string;
  readonly nonce: number;
}

/** What tells the Safe of one chain from all others. */
export type SafeIdentity = Pick<SafeAccount, "address" | "chainId">;

/** The functions and events of a Safe that this project uses by itself; the same from version 1.3.0 on. */
export const SAFE_CORE = new Interface([
  "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable returns (bool success)",
  "function approvedHashes(address owner, bytes32 hash) view returns (uint256)",
  "function getModulesPaginated(address start, uint256 pageSize) view returns (address[] modules, address next)",
  "function checkNSignatures(bytes32 dataHash, bytes data, bytes signatures, uint256 requiredSignatures) view",
  "function simulateAndRevert(address targetContract, bytes calldataPayload)",
  "event ExecutionSuccess(bytes32 indexed txHash, uint256 payment)",
  "event ExecutionFailure(bytes32 indexed txHash, uint256 payment)",
]);

const TYPES: Record<string, TypedDataField[]> = {
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

/** What owners sign, by its hash: of this Safe, on this chain. */
export function transactionHash(safe: SafeIdentity, transaction: SafeTransactionData): string {
  return TypedDataEncoder.hash(domainOf(safe), TYPES, messageOf(transaction));
}

/** What {@link transactionHash} is the hash of; contracts that sign may ask for it. */
export function transactionPreimage(safe: SafeIdentity, transaction: SafeTransactionData): string {
  return TypedDataEncoder.encode(domainOf(safe), TYPES, messageOf(transaction));
}

/** What a wallet is given to sign, as `eth_signTypedData_v4` takes it. */
export function typedTransaction(safe: SafeIdentity, transaction: SafeTransactionData): string {
  return JSON.stringify(TypedDataEncoder.getPayload(domainOf(safe), TYPES, messageOf(transaction)));
}

/** From version 1.3.0 on, which is the oldest that is taken. */
function domainOf({ chainId, address }: SafeIdentity): TypedDataDomain {
  return { chainId, verifyingContract: address };
}

/** The fields that are signed; a file may come with more. */
function messageOf(transaction: SafeTransactionData): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(transaction).filter(([name]) => TYPES.SafeTx?.some((field) => field.name === name)),
  );
}

/** Whether two transactions make the same calls, whatever else is signed with them. */
export function doesTheSame(one: SafeTransactionData, other: SafeTransactionData): boolean {
  return (
    getAddress(one.to) === getAddress(other.to) &&
    BigInt(one.value) === BigInt(other.value) &&
    one.data.toLowerCase() === other.data.toLowerCase() &&
    one.operation === other.operation
  );
}

/** Whether two transactions are the same in all that is signed but their numbers. */
export function isSameButNumber(one: SafeTransactionData, other: SafeTransactionData): boolean {
  const same = (names: readonly ("safeTxGas" | "baseGas" | "gasPrice" | "gasToken" | "refundReceiver")[]) =>
    names.every((name) => BigInt(one[name]) === BigInt(other[name]));
  return doesTheSame(one, other) && same(["safeTxGas", "baseGas", "gasPrice", "gasToken", "refundReceiver"]);
}
