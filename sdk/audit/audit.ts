import type { Provider } from "ethers";
import type { BrandConfig } from "../config/schema.js";
import { connectDao } from "../dao.js";
import type { Addresses, ImplementationName } from "../implementations.js";
import type { DaoRecord } from "../record.js";
import { auditCode } from "./code.js";
import { auditParameters } from "./parameters.js";
import { auditPowers } from "./powers.js";

/** One thing that was compared. */
export interface Check {
  readonly area: "code" | "parameters" | "powers";
  /** What it is, as a path in the brand file where it has one. */
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly ok: boolean;
}

/** What an audit works with. */
export interface AuditContext {
  readonly provider: Provider;
  readonly brand: BrandConfig;
  readonly record: DaoRecord;
  /** Where the implementations are, as this checkout compiles them. */
  readonly implementations: Addresses<ImplementationName>;
}

/** A comparison of two values as text. */
export function check(area: Check["area"], name: string, expected: unknown, actual: unknown): Check {
  const [wanted, found] = [String(expected), String(actual)];
  return { area, name, expected: wanted, actual: found, ok: wanted === found };
}

/**
 * Reads a DAO back from the chain and compares it with its brand file: code, parameters, and who holds which power.
 * Writes nothing, and can be run at any time. What a passed proposal changed shows as a difference: it is for the
 * reader to know of it, and to bring the file up to date.
 */
export async function audit(context: AuditContext): Promise<Check[]> {
  const dao = connectDao(context.record, context.provider);
  return [
    ...(await auditCode(context, dao)),
    ...(await auditParameters(context, dao)),
    ...(await auditPowers(context, dao)),
  ];
}
