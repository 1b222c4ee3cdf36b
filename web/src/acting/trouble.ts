import { NoAnswer } from "../reader/client.js";
import type { Failure } from "../reader/protocol.js";

/** Why something came to nothing. */
export type Trouble =
  | { readonly of: "refused"; readonly code: string; readonly text: string }
  /** The account didn't sign: in its words. */
  | { readonly of: "unsigned"; readonly text: string }
  | { readonly of: "failure"; readonly failure: Failure };

/** What a person is told of an error; what is a defect is thrown on. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof NoAnswer)) {
    return { of: "unsigned", text: error instanceof Error ? error.message : String(error) };
  }
  const { failure } = error;
  if (failure.of !== "told") return { of: "failure", failure };
  return { of: "refused", code: failure.code, text: failure.message };
}
