import { KyosoError } from "@kyoso/sdk";
import { nodesFailedIn } from "./opened.js";
import type { Failure } from "./protocol.js";

/** Where nodes don't answer, that is what is wrong, whatever was made of it on the way. */
export function failureOf(error: unknown): Failure {
  const failed = nodesFailedIn(error);
  if (failed !== undefined) return { of: "nodes", faults: failed.faults };
  if (error instanceof KyosoError) {
    const [first] = error.problems;
    return { of: "told", code: first?.code ?? "", message: error.message };
  }
  return { of: "defect", message: error instanceof Error ? error.message : String(error) };
}
