import type { LiveDao } from "../live.js";
import type { RawCall } from "./decode.js";
import { simulateDecided } from "./decided.js";
import type { ReadCall } from "./reading.js";
import { namesFor, readCalls } from "./reading.js";
import type { RevertNames } from "./revert.js";
import { simulateSequence } from "./sequence.js";
import type { Simulation } from "./simulate.js";
import { simulate } from "./simulate.js";

/** A call with all that somebody should know of it before it is signed. */
export interface ReviewedCall extends ReadCall {
  /** At the newest block: by itself, or after those before it. */
  readonly simulation: Simulation;
  /** Of a call that only announces another one: that one. */
  readonly announced?: ReviewedCall;
}

/**
 * Decodes calls, compares them with what is, and tries them as `from`. The treasury's are tried one after the other, as a
 * passed proposal makes them all or none; an account's each by itself, or where that fails after those before it, such as a
 * payment after its approval.
 */
export async function reviewCalls(
  live: LiveDao,
  calls: readonly RawCall[],
  from: string,
): Promise<ReviewedCall[]> {
  const names = await namesFor(live, calls);
  const [read, simulations] = await Promise.all([
    readCalls(live, calls, names),
    simulateAll(live, calls, from, names),
  ]);
  return read.map((each, i) => ({
    ...each,
    simulation: simulations[i] ?? { ok: false, reason: "it was not tried" },
  }));
}

async function simulateAll(
  live: LiveDao,
  calls: readonly RawCall[],
  from: string,
  names: RevertNames,
): Promise<Simulation[]> {
  if (from === live.record.contracts.timelock) return simulateDecided(calls, live, names);
  const alone = await Promise.all(calls.map((raw) => simulate(raw, from, live.provider, names)));
  const simulations: Simulation[] = [];
  for (const [i, simulation] of alone.entries()) {
    const after = i > 0 && simulations.every(({ ok }) => ok);
    simulations.push(
      simulation.ok || !after ? simulation : await simulateSequence(calls.slice(0, i + 1), from, live, names),
    );
  }
  return simulations;
}
