import { id } from "ethers";
import type { OwnContract } from "../daoRecord.js";
import { isOf, KyosoError } from "../errors.js";
import { isModule } from "../modules/module.js";
import { UnreadableData } from "./abi.js";
import type { LogOwner } from "./codes.js";
import type { ChainLog } from "./packedLogs.js";
import { topicIn } from "./packedLogs.js";

/** What each of a DAO's contracts logs when the factory sets it up; the Handover and the modules have nothing to be set up. */
const INITIALIZED = id("Initialized(uint64)").slice(2);

/** What has the logs of a DAO's contracts. */
interface Logs {
  readonly logsOf: (contract: OwnContract) => Promise<readonly ChainLog[]>;
  readonly forgetLogs: (contract: OwnContract) => Promise<void>;
}

/** That logs can't be all that there are: `detail` says how that shows. */
export function incompleteLogs(contract: LogOwner, detail: string): KyosoError {
  return KyosoError.of("logs.incomplete", {
    data: { contract, detail },
    place: `logs of the ${contract}`,
    message: detail,
    remedy: "The node has left some out, and nothing of it was kept. Use another node.",
  });
}

/** Whether an error says that logs aren't what the chain has. */
export function isOfLogs(error: unknown): boolean {
  return (
    error instanceof KyosoError &&
    error.problems.some((told) => isOf(told, "logs.incomplete") || isOf(told, "proposal.not-its-content"))
  );
}

/** The logs until a block: the same ones, where no later one is there, as nearly always. They are in the order of their blocks. */
export function logsUntil(logs: readonly ChainLog[], block: number): readonly ChainLog[] {
  const last = logs.at(-1);
  return last === undefined || last.blockNumber <= block
    ? logs
    : logs.filter(({ blockNumber }) => blockNumber <= block);
}

/** @throws KyosoError where not even the launch's own logs are there: a node that has thrown old ones away answers with none. */
export function requireLaunch(contract: OwnContract, logs: readonly ChainLog[]): void {
  if (contract === "handover" || isModule(contract) || logs.some((log) => topicIn(log, 0) === INITIALIZED))
    return;
  throw incompleteLogs(contract, "Those of the launch aren't there");
}

/**
 * Reads something from all logs of a contract, and has `read` compare it with what the chain says itself. Where they can't be
 * whole, the kept ones are forgotten and all are asked for anew, once; those that fail are never kept.
 *
 * @param read Throws {@link incompleteLogs}, or what says that a log isn't true.
 */
export async function fromLogs<Found>(
  live: Logs,
  contract: OwnContract,
  read: (logs: readonly ChainLog[]) => Found | Promise<Found>,
): Promise<Found> {
  return twice(
    async () => {
      const logs = await live.logsOf(contract);
      try {
        return await read(logs);
      } catch (error) {
        if (error instanceof UnreadableData) throw incompleteLogs(contract, "One of them can't be read");
        throw error;
      }
    },
    () => live.forgetLogs(contract),
  );
}

/** Does something with logs, and once again from the beginning where they turn out not to be the chain's. */
export async function twice<Found>(use: () => Promise<Found>, forget: () => Promise<void>): Promise<Found> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await use();
    } catch (error) {
      if (!isOfLogs(error)) throw error;
      await forget();
      if (attempt === 2) throw error;
    }
  }
}
