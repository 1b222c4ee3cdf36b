import { AbiCoder, dataLength, dataSlice, getAddress, keccak256 } from "ethers";
import type { RawCall } from "../calls/decode.js";
import { INTERFACES } from "../calls/known.js";
import type { Call, Plan } from "../calls/plan.js";
import { call, named } from "../calls/plan.js";
import { customError, revertDataOf } from "../calls/revert.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs } from "../chain/whole.js";
import type { LiveDao } from "../live.js";
import { ROLES } from "../roles.js";

/**
 * How a call of the Safe stands with the AccessManager: whether it has to be announced first because the Safe holds the
 * role for it with a delay, or was announced already. Times as timestamps, the delay in seconds.
 */
export type Scheduling =
  | { readonly kind: "not needed" }
  | { readonly kind: "needed"; readonly delay: number }
  | { readonly kind: "scheduled"; readonly due: number };

/** Something that was announced through the AccessManager and is still to be done. Times as timestamps. */
export interface ScheduledOperation {
  readonly id: string;
  readonly caller: string;
  readonly call: RawCall;
  readonly due: number;
  /** From then on it has to be announced anew. */
  readonly expires: number;
  readonly state: "waiting" | "due" | "expired";
}

const OPERATION_EVENTS = ["OperationScheduled", "OperationExecuted", "OperationCanceled"];

/** How the AccessManager identifies a call that an account announced. */
export function operationId(caller: string, { to, data }: Pick<RawCall, "to" | "data">): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["address", "address", "bytes"], [caller, to, data]));
}

/** The calls that calls announce: what `schedule` of the AccessManager is called with. */
export function scheduledBy(live: Pick<LiveDao, "record">, calls: readonly RawCall[]): RawCall[] {
  const { interface: manager, selector } = scheduleFunction();
  return calls.flatMap(({ to, data }) => {
    if (getAddress(to) !== live.record.contracts.manager || !data.startsWith(selector)) return [];
    try {
      const args = manager.decodeFunctionData("schedule", data);
      return [{ to: String(args.getValue("target")), data: String(args.getValue("data")), value: 0n }];
    } catch {
      return [];
    }
  });
}

/** When the last of the calls that the Safe announced is due; 0 where it announced none of them, or not any more. */
export async function dueOf(live: LiveDao, calls: readonly RawCall[]): Promise<number> {
  const { manager } = live.contracts;
  const times = await Promise.all(
    calls.map(async (each) => Number(await manager.getSchedule(operationId(live.safe, each)))),
  );
  return Math.max(0, ...times);
}

/**
 * Finds out how a call of the Safe stands with the AccessManager, by trying to announce it: that is refused for whatever
 * needs no announcement, or may not be called at all.
 */
export async function schedulingOf(live: LiveDao, each: RawCall): Promise<Scheduling> {
  if (dataLength(each.data) < 4) return { kind: "not needed" };
  const { manager } = live.contracts;
  const { interface: contract } = scheduleFunction();
  const data = contract.encodeFunctionData("schedule", [each.to, each.data, 0]);
  try {
    await live.provider.call({ from: live.safe, to: live.record.contracts.manager, data });
  } catch (error) {
    const reverted = revertDataOf(error);
    // If it is the node that doesn't answer, this says so.
    if (reverted === undefined) await live.provider.getBlockNumber();
    const known = reverted === undefined ? undefined : customError(reverted);
    if (known?.name !== "AccessManagerAlreadyScheduled") return { kind: "not needed" };
    return { kind: "scheduled", due: Number(await manager.getSchedule(operationId(live.safe, each))) };
  }
  return { kind: "needed", delay: await delayOf(live, each) };
}

/** Announces calls, each by itself; what the Safe may do at once isn't touched. */
export async function planSchedule(live: LiveDao, { title, calls }: Plan): Promise<Plan> {
  const manager = await named("manager", live.contracts.manager);
  return {
    title: `Schedule: ${title}`,
    calls: calls.map((each): Call =>
      call(manager, "schedule", [each.to, each.data, 0], `Schedule: ${each.purpose}`),
    ),
  };
}

/**
 * What is announced and not done, newest last. What has expired is told for as long again as it could have been done.
 */
export async function scheduledOperations(live: LiveDao): Promise<ScheduledOperation[]> {
  return fromLogs(live, "manager", (logs) => operationsIn(live, logs));
}

async function operationsIn(live: LiveDao, logs: readonly ChainLog[]): Promise<ScheduledOperation[]> {
  const contract = INTERFACES.manager;
  const open = new Map<string, Omit<ScheduledOperation, "expires" | "state">>();
  for (const log of logs) {
    if (log.blockNumber > live.block) break;
    const event = contract.parseLog(log);
    if (event === null || !OPERATION_EVENTS.includes(event.name)) continue;
    const value = (name: string): unknown => event.args.getValue(name);
    const id = String(value("operationId"));
    if (event.name !== "OperationScheduled") {
      open.delete(id);
      continue;
    }
    // Anew at the end, where it was announced before and expired.
    open.delete(id);
    open.set(id, {
      id,
      caller: String(value("caller")),
      call: { to: String(value("target")), data: String(value("data")), value: 0n },
      due: Number(value("schedule")),
    });
  }
  const { manager } = live.record.contracts;
  const ask = (name: string, ...args: readonly unknown[]) => ({
    address: manager,
    interface: contract,
    name,
    args,
  });
  const [lasts = 0, ...times] = await live.readMany<number>([
    ask("expiration"),
    ...[...open.keys()].map((id) => ask("getSchedule", id)),
  ]);
  for (const [i, { id, due }] of [...open.values()].entries()) {
    // Of what has expired the manager says nothing any more.
    if (due + lasts > live.now && times[i] !== due) {
      throw incompleteLogs("manager", `They don't agree with what the manager says of the operation ${id}`);
    }
  }
  return [...open.values()]
    .map((operation) => {
      const expires = operation.due + lasts;
      const state =
        operation.due > live.now
          ? ("waiting" as const)
          : expires > live.now
            ? ("due" as const)
            : ("expired" as const);
      return { ...operation, expires, state };
    })
    .filter(({ expires }) => expires + lasts > live.now);
}

async function delayOf({ contracts, safe, record }: LiveDao, { to, data }: RawCall): Promise<number> {
  const { manager } = contracts;
  // What is asked of the manager itself depends on arguments; a steward's only power there is to appoint issuers.
  if (getAddress(to) === record.contracts.manager) {
    return Number((await manager.hasRole(ROLES.STEWARD, safe)).executionDelay);
  }
  return Number((await manager.canCall(safe, to, dataSlice(data, 0, 4))).delay);
}

function scheduleFunction() {
  const fragment = INTERFACES.manager.getFunction("schedule");
  if (fragment === null) throw new TypeError("The AccessManager has no function schedule");
  return { interface: INTERFACES.manager, selector: fragment.selector };
}
