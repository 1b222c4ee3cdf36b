import type { LiveDao } from "../live.js";
import type { DecodedCall, RawCall } from "./decode.js";
import { decodeCall } from "./decode.js";
import type { SettingChange } from "./settings.js";
import { settingChanges } from "./settings.js";
import type { Simulation } from "./simulate.js";
import { simulate, simulateDecided } from "./simulate.js";

/** A call with all that somebody should know of it before it is signed. */
export interface ReviewedCall {
  readonly call: DecodedCall;
  readonly changes: readonly SettingChange[];
  /** By itself, at the newest block: what comes before it in a batch has not happened. */
  readonly simulation: Simulation;
  /** Of a call that only announces another one: that one. */
  readonly announced?: ReviewedCall;
}

/** Decodes calls, compares them with what is, and tries them as `from`. */
export async function reviewCalls(
  live: LiveDao,
  calls: readonly RawCall[],
  from: string,
): Promise<ReviewedCall[]> {
  return Promise.all(
    calls.map(async (raw) => {
      const call = decodeCall(raw, live);
      const [changes, simulation] = await Promise.all([
        settingChanges(call, live.contracts, live),
        from === live.record.contracts.timelock
          ? simulateDecided(raw, live)
          : simulate(raw, from, live.provider),
      ]);
      return { call, changes, simulation };
    }),
  );
}
