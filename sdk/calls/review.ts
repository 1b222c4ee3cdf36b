import { getAddress } from "ethers";
import type { LiveDao } from "../live.js";
import type { DecodedCall, RawCall } from "./decode.js";
import { decodeCall } from "./decode.js";
import type { SettingChange } from "./settings.js";
import { settingChanges } from "./settings.js";
import type { Simulation } from "./simulate.js";
import { simulate, simulateDecided } from "./simulate.js";
import { simulateSequence } from "./sequence.js";

/** A call with all that somebody should know of it before it is signed. */
export interface ReviewedCall {
  readonly call: DecodedCall;
  readonly changes: readonly SettingChange[];
  /** At the newest block, by itself; where that would fail, after those that come before it. */
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
    calls.map(async (raw, i) => {
      const call = decodeCall(raw, live);
      const [changes, alone] = await Promise.all([
        settingChanges(call, live.contracts, live),
        from === live.record.contracts.timelock
          ? simulateDecided(raw, live)
          : simulate(raw, from, live.provider),
      ]);
      const before = calls.slice(0, i + 1);
      // What the governor does to itself needs more than what comes before it: see simulateDecided.
      const inTurn = i > 0 && before.every(({ to }) => getAddress(to) !== live.record.contracts.governor);
      const simulation = alone.ok || !inTurn ? alone : await simulateSequence(live, before, from);
      return { call, changes, simulation };
    }),
  );
}
