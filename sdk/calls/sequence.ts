// cspell:ignore CODECOPY ISZERO JUMPI RETURNDATACOPY
import { concat, dataLength, toBeHex } from "ethers";
import type { LiveDao } from "../live.js";
import type { RawCall } from "./decode.js";
import { reasonOf, revertDataOf } from "./revert.js";
import type { Simulation } from "./simulate.js";

/**
 * Tries calls one after the other, each with the effects of those before it, as one account would make them. Nothing is
 * sent: the node is asked to suppose that the account is a contract which makes these calls.
 *
 * @param from Who would make them: a person, a Safe or the timelock.
 */
export async function simulateSequence(
  calls: readonly RawCall[],
  from: string,
  live: LiveDao,
): Promise<Simulation> {
  const overrides = { [from]: { code: programOf(calls) } };
  try {
    const params = [{ to: from, data: "0x" }, "latest", overrides];
    return { ok: true, result: String(await live.eip1193.request({ method: "eth_call", params })) };
  } catch (error) {
    const reason = reasonOf(error);
    if (revertDataOf(error) !== undefined || /revert/iu.test(reason)) return { ok: false, reason };
    return { ok: true, result: "0x", note: "can't be tried on this node, which lets nothing be supposed" };
  }
}

/** Bytes of the code that makes one call, and of what comes after the last one. */
const CALL_SIZE = 83;
const RETURN_SIZE = 7;
const REVERT_SIZE = 8;

/** Code that makes calls in order, returns what the last one returned, and reverts with what the first one that fails does. */
function programOf(calls: readonly RawCall[]): string {
  const failure = CALL_SIZE * calls.length + RETURN_SIZE;
  let offset = failure + REVERT_SIZE;
  const parts: string[] = [];
  for (const { to, data, value } of calls) {
    const size = dataLength(data);
    parts.push(
      // The call's data into memory: CODECOPY(0, offset, size).
      push4(size),
      push4(offset),
      "0x5f39",
      // CALL(GAS, to, value, 0, size, 0, 0)
      "0x5f5f",
      push4(size),
      "0x5f7f",
      toBeHex(value, 32),
      "0x73",
      to,
      "0x5af1",
      // Where it fails, to the end: ISZERO, JUMPI.
      "0x15",
      push4(failure),
      "0x57",
    );
    offset += size;
  }
  // RETURNDATACOPY(0, 0, RETURNDATASIZE), RETURN; and at `failure` the same with REVERT.
  parts.push("0x3d5f5f3e3d5ff3", "0x5b3d5f5f3e3d5ffd", ...calls.map(({ data }) => data));
  return concat(parts);
}

function push4(value: number): string {
  return concat(["0x63", toBeHex(value, 4)]);
}
