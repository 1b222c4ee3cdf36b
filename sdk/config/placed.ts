import * as z from "zod";
import type { Problem } from "../errors.js";

/** A problem, placed by its path. */
export interface PlacedProblem extends Problem {
  readonly path: (string | number)[];
}

/** The value of a field, unless it was wrong. */
export function given<T>(value: T): T | undefined {
  return Object.is(value, z.NEVER) ? undefined : value;
}
