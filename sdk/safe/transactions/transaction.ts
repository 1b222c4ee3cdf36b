import { calculateSafeTransactionHash, preimageSafeTransactionHash } from "@safe-global/protocol-kit";
import type { SafeTransactionData } from "@safe-global/types-kit";
import type { TypedDataField } from "ethers";
import { getAddress, Interface, TypedDataEncoder } from "ethers";
import type { RawCall } from "../../calls/decode.js";
import type { SafeAccount } from "../../node/safe/account.js";

export type { SafeTransactionData } from "@safe-global/types-kit";

/** What tells the Safe of one chain from all others. */
export type SafeIdentity = Pick<SafeAccount, "address" | "version" | "chainId">;

/** The functions and events of a Safe that this project uses beyond protocol-kit; the same from version 1.3.0 on. */
export const SAFE_CORE = new Interface([
  "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable returns (bool success)",
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

/** One transaction of a Safe that makes calls: several become one MultiSend, so it is all or nothing. */
export async function buildTransaction(
  { kit }: Pick<SafeAccount, "kit">,
  calls: readonly RawCall[],
  nonce: number,
): Promise<SafeTransactionData> {
  const { data } = await kit.createTransaction({
    transactions: calls.map((call) => ({
      to: getAddress(call.to),
      data: call.data,
      value: call.value.toString(),
    })),
    onlyCalls: true,
    // No gas of its own: the transaction reverts where a call fails, and its nonce stays free.
    options: { nonce, safeTxGas: "0" },
  });
  return { ...data, to: getAddress(data.to), data: data.data.toLowerCase() };
}

/** What owners sign, by its hash: of this Safe, on this chain. */
export function transactionHash(safe: SafeIdentity, transaction: SafeTransactionData): string {
  return calculateSafeTransactionHash(safe.address, transaction, safe.version, safe.chainId);
}

/** What {@link transactionHash} is the hash of; contracts that sign may ask for it. */
export function transactionPreimage(safe: SafeIdentity, transaction: SafeTransactionData): string {
  return preimageSafeTransactionHash(safe.address, transaction, safe.version, safe.chainId);
}

/** What a wallet is given to sign, as `eth_signTypedData_v4` takes it. */
export function typedTransaction(safe: SafeIdentity, transaction: SafeTransactionData): string {
  const domain = { chainId: safe.chainId, verifyingContract: safe.address };
  const message = Object.fromEntries(
    Object.entries(transaction).filter(([name]) => TYPES.SafeTx?.some((field) => field.name === name)),
  );
  return JSON.stringify(TypedDataEncoder.getPayload(domain, TYPES, message));
}

/** Whether two transactions do the same, whatever their nonces. */
export function doesTheSame(one: SafeTransactionData, other: SafeTransactionData): boolean {
  return (
    getAddress(one.to) === getAddress(other.to) &&
    BigInt(one.value) === BigInt(other.value) &&
    one.data.toLowerCase() === other.data.toLowerCase() &&
    one.operation === other.operation
  );
}
