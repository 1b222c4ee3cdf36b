import * as z from "../zod.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { problem } from "../errors.js";

/** A problem, placed by its path. */
export interface PlacedProblem {
  readonly path: (string | number)[];
  readonly problem: Problem;
}

/** A problem of a kind with what is at a path. */
export function at<Code extends ProblemCode>(
  path: (string | number)[],
  code: Code,
  told: Telling<Code>,
): PlacedProblem {
  return { path, problem: problem(code, told) };
}

/** The value of a field, unless it was wrong. */
export function given<T>(value: T): T | undefined {
  return Object.is(value, z.NEVER) ? undefined : value;
}
