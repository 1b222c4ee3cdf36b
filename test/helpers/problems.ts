import { expect } from "chai";
import type { Problem } from "../../sdk/errors.js";
import { KyosoError } from "../../sdk/errors.js";
import { toJson } from "../../sdk/json.js";

/** What a problem is to programs: its code and its data, without the command line's words. */
export function kindOf({
  code,
  data,
}: Pick<Problem, "code" | "data">): readonly [code: string, data: unknown] {
  return [code, data];
}

/**
 * Expects that others can word a problem again: each address and each hash that the command line's message names is
 * among its data.
 */
export function expectData(problem: Problem): void {
  const data = JSON.stringify(toJson(problem.data)).toLowerCase();
  for (const [address] of problem.message.matchAll(/0x[0-9a-f]{8,}/giu)) {
    expect(data, `${problem.code}: the data of "${problem.message}"`).to.include(address.toLowerCase());
  }
}

/** The one problem that `call` throws. */
export function problemThrownBy(call: () => unknown): Problem {
  let problem: Problem | undefined;
  try {
    call();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    expect(error.problems).to.have.length(1);
    problem = error.problems[0];
  }
  return problem ?? expect.fail("nothing was thrown");
}
