import type { Interface } from "ethers";
import type { Abi, Address } from "viem";
import { createPublicClient, custom } from "viem";
import { reasonOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import type { Eip1193Provider } from "./eip1193.js";

/** One call of a view function. */
export interface Read {
  readonly address: string;
  readonly interface: Interface;
  readonly name: string;
  readonly args?: readonly unknown[];
}

/** The same on every chain that has it; most public ones do. */
const MULTICALL3 = "0xcA11bde05977b3631167028862bE2a173976CA11";
const READS_PER_REQUEST = 500;

/**
 * Without it the calls travel as the creation code of a contract that makes them, and the results come back as its code,
 * which may have 24,576 bytes (EIP-170). One result takes up to some 400.
 */
const READS_PER_CREATION = 60;

const abis = new WeakMap<Interface, Abi>();

/**
 * Calls many view functions in few requests, all as of one block, on any chain: nothing has to be deployed for it.
 *
 * @returns Their results in order: structs as objects; integers of up to 48 bits as numbers, larger ones as bigints.
 * @throws KyosoError if one reverts.
 */
export async function readMany<Result>(
  provider: Eip1193Provider,
  blockNumber: number,
  reads: readonly Read[],
): Promise<Result[]> {
  const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
  const block = BigInt(blockNumber);
  const code =
    reads.length === 0 ? undefined : await client.getCode({ address: MULTICALL3, blockNumber: block });
  const deployless = code === undefined;
  const size = deployless ? READS_PER_CREATION : READS_PER_REQUEST;
  const results: Result[] = [];
  for (let i = 0; i < reads.length; i += size) {
    const contracts = reads.slice(i, i + size).map((read) => ({
      address: read.address as Address,
      abi: abiOf(read.interface),
      functionName: read.name,
      args: read.args ?? [],
    }));
    try {
      const part: unknown[] = await client.multicall({
        contracts,
        allowFailure: false,
        batchSize: 0,
        blockNumber: block,
        ...(deployless ? { deployless } : { multicallAddress: MULTICALL3 }),
      });
      for (const result of part) results.push(result as Result);
    } catch (cause) {
      // Not its own message: that one lists all calls.
      throw new KyosoError({
        place: `reading ${[...new Set(contracts.map(({ functionName }) => functionName))].join(", ")}`,
        message: reasonOf(cause),
        remedy: "Run the same command again, or use another node.",
      });
    }
  }
  return results;
}

function abiOf(contract: Interface): Abi {
  const known = abis.get(contract);
  if (known !== undefined) return known;
  const abi = JSON.parse(contract.formatJson()) as Abi;
  abis.set(contract, abi);
  return abi;
}
