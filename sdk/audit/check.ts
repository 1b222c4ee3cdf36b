import type { Provider } from "ethers";
import type { BrandConfig } from "../config/schema.js";
import type { Addresses, ImplementationName } from "../implementations.js";
import type { DaoModule, DaoRecord } from "../daoRecord.js";

/** One thing that was compared. */
export interface Check {
  readonly area: "code" | "parameters" | "powers" | "proof";
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
  /** Factories of other versions that whoever asks knows and trusts. */
  readonly factories?: readonly string[];
}

/** What its parts work with. */
export interface Audited extends AuditContext {
  /** What the DAO's factory makes DAOs and their modules of. */
  readonly made: Addresses<ImplementationName>;
  /** Where the modules are, or will be. */
  readonly places: Addresses<DaoModule>;
}

/** A comparison of two values as text. */
export function check(area: Check["area"], name: string, expected: unknown, actual: unknown): Check {
  const [wanted, found] = [String(expected), String(actual)];
  return { area, name, expected: wanted, actual: found, ok: wanted === found };
}
