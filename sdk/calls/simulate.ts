import type { Provider } from "ethers";
import { AbiCoder, getAddress, keccak256, toBeHex, toQuantity } from "ethers";
import type { LiveDao } from "../live.js";
import type { RawCall } from "./decode.js";
import { reasonOf, revertDataOf } from "./revert.js";

/** How a call would end if it were made now. */
export type Simulation =
  | {
      readonly ok: true;
      readonly result: string;
      /** What has to be known beside it, where it wasn't tried as it will be made. */
      readonly note?: string;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Tries a call at the newest block without sending it.
 *
 * @param from Who would make it.
 */
export async function simulate(call: RawCall, from: string, provider: Provider): Promise<Simulation> {
  try {
    // A call of nothing always succeeds; what was meant to be a contract is missing.
    if (call.data !== "0x" && (await provider.getCode(call.to)) === "0x") {
      return { ok: false, reason: `there is no contract at ${call.to}` };
    }
    return {
      ok: true,
      result: await provider.call({ from, to: call.to, data: call.data, value: call.value }),
    };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/**
 * Tries a call as the timelock would make it for a passed proposal. What the governor does to itself it takes only while
 * it executes the proposal that says so: then this call is in a queue in its storage, and here the node is asked to
 * suppose so.
 */
export async function simulateDecided(call: RawCall, live: LiveDao): Promise<Simulation> {
  const { governor, timelock } = live.record.contracts;
  if (getAddress(call.to) !== governor) return simulate(call, timelock, live.provider);
  const transaction = { from: timelock, to: governor, data: call.data, value: toQuantity(call.value) };
  const overrides = { [governor]: { stateDiff: queueOf(call.data) } };
  try {
    const params = [transaction, "latest", overrides];
    return { ok: true, result: String(await live.eip1193.request({ method: "eth_call", params })) };
  } catch (error) {
    const reason = reasonOf(error);
    if (revertDataOf(error) !== undefined || /revert/iu.test(reason)) return { ok: false, reason };
    return { ok: true, result: "0x", note: "can't be tried on this node, which lets nothing be supposed" };
  }
}

// `_governanceCall` of OpenZeppelin's Governor (erc7201:openzeppelin.storage.Governor): the begin and end of a queue in
// one slot, and in the next one the mapping of what is in it.
const GOVERNANCE_CALL = 0x7c712897014dbe49c045ef1299aa2d5f9e67e48eea4403efa21f1e0f3ac0cb02n;

/** The governor's storage with one call in the queue, at index 0. */
function queueOf(data: string): Record<string, string> {
  const slot = (key: bigint) => toBeHex(key, 32);
  const first = keccak256(
    AbiCoder.defaultAbiCoder().encode(["uint256", "uint256"], [0, GOVERNANCE_CALL + 1n]),
  );
  return { [slot(GOVERNANCE_CALL)]: slot(1n << 128n), [first]: keccak256(data) };
}
