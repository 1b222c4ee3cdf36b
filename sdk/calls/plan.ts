import type { BaseContract, Interface } from "ethers";

/** A call that is still to be made: decoded, so that whoever signs it can read it. */
export interface Call {
  /** Name of the contract in the address book, or "Safe", "account". */
  readonly contract: string;
  readonly to: string;
  /** Signature of the function; empty for a plain transfer of ETH. */
  readonly signature: string;
  readonly args: readonly unknown[];
  readonly data: string;
  /** Wei. */
  readonly value: bigint;
  /** What it is for, in words. */
  readonly purpose: string;
}

/** An ordered list of calls that belong together. Nothing is sent until an executor takes it. */
export interface Plan {
  readonly title: string;
  /** Markdown: why, where a proposal of it is drafted; without it, whoever proposes it writes that. */
  readonly body?: string;
  readonly calls: readonly Call[];
}

/** A call of a function, encoded. */
export function call(
  contract: { readonly name: string; readonly address: string; readonly interface: Interface },
  functionName: string,
  args: readonly unknown[],
  purpose: string,
): Call {
  const fragment = contract.interface.getFunction(functionName);
  if (fragment === null) throw new TypeError(`${contract.name} has no function ${functionName}`);
  return {
    contract: contract.name,
    to: contract.address,
    signature: fragment.format("sighash"),
    args,
    data: contract.interface.encodeFunctionData(fragment, args),
    value: 0n,
    purpose,
  };
}

/** A contract of ethers with the name that a plan shows. */
export async function named(name: string, contract: BaseContract) {
  return { name, address: await contract.getAddress(), interface: contract.interface };
}
