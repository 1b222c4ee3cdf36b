// cspell:ignore Marsaglia's xorshift

/** Inputs of each parser. */
export const INPUTS = 10_000;

/** Numbers from 0 to under `below` that are the same in each run. */
export function randomFrom(seed: number) {
  let state = seed;
  return (below: number): number => {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
