import { NoAnswer } from "../reader/client.js";
import type { Failure } from "../reader/protocol.js";

/** Why something came to nothing. */
export type Trouble =
  | { readonly of: "refused"; readonly code: string; readonly text: string }
  /** The account didn't sign, or didn't send: what it says of that. */
  | { readonly of: "account"; readonly error: unknown }
  | { readonly of: "failure"; readonly failure: Failure };

/** What a person is told of an error. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof NoAnswer)) return { of: "account", error };
  const { failure } = error;
  if (failure.of !== "told") return { of: "failure", failure };
  return { of: "refused", code: failure.code, text: failure.message };
}
