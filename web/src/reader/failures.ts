import { KyosoError } from "@kyoso/sdk";
import { NodesFailed } from "./nodes.js";
import type { Failure } from "./protocol.js";

/** Where nodes don't answer, that is what is wrong, whatever was made of it on the way. */
export function failureOf(error: unknown): Failure {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof NodesFailed) return { of: "nodes", faults: each.faults };
  }
  if (error instanceof KyosoError) {
    const [first] = error.problems;
    return { of: "told", code: first?.code ?? "", message: error.message };
  }
  return { of: "defect", message: error instanceof Error ? error.message : String(error) };
}
