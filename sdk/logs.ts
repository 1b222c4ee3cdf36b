import type { Filter, Log, Provider } from "ethers";
import { KyosoError } from "./errors.js";

const FIRST_RANGE = 10_000;
const SMALLEST_RANGE = 10;

/**
 * Reads logs over many blocks from a node that limits how many it searches at once: the range is halved where the node
 * refuses, and grows again where it doesn't.
 *
 * @throws KyosoError if the node refuses even a few blocks.
 */
export async function readLogs(provider: Provider, filter: Filter, fromBlock: number): Promise<Log[]> {
  const logs: Log[] = [];
  const lastBlock = await provider.getBlockNumber();
  let range = FIRST_RANGE;
  let next = fromBlock;
  while (next <= lastBlock) {
    const toBlock = Math.min(next + range - 1, lastBlock);
    try {
      logs.push(...(await provider.getLogs({ ...filter, fromBlock: next, toBlock })));
      next = toBlock + 1;
      range = Math.min(range * 2, FIRST_RANGE);
    } catch (cause) {
      if (range <= SMALLEST_RANGE) {
        throw new KyosoError(
          {
            message: `The node refuses to search blocks ${next} to ${toBlock}`,
            place: "eth_getLogs",
            remedy: "Try again later, or use another node.",
          },
          { cause },
        );
      }
      range = Math.max(SMALLEST_RANGE, Math.floor(range / 2));
    }
  }
  return logs;
}
