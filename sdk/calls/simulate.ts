import type { Provider } from "ethers";
import type { RawCall } from "./decode.js";
import type { RevertNames } from "./revert.js";
import { reasonOf } from "./revert.js";

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
 * @param names What is said with of why it would fail.
 */
export async function simulate(
  call: RawCall,
  from: string,
  provider: Provider,
  names?: RevertNames,
): Promise<Simulation> {
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
    return { ok: false, reason: reasonOf(error, names) };
  }
}
