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

/** What an audit of code works with. */
export interface CodeContext {
  readonly provider: Provider;
  readonly record: DaoRecord;
  /** Where the implementations are, as this checkout compiles them. */
  readonly implementations: Addresses<ImplementationName>;
  /** Implementations of other versions that whoever asks knows. */
  readonly known?: readonly string[];
  /** Factories of other versions that whoever asks knows and trusts. */
  readonly factories?: readonly string[];
}

/** What an audit works with. */
export interface AuditContext extends CodeContext {
  readonly brand: BrandConfig;
}

/** What is found out first. */
interface Found {
  /** What the DAO's factory makes DAOs and their modules of. */
  readonly made: Addresses<ImplementationName>;
  /** Where the modules are, or will be. */
  readonly places: Addresses<DaoModule>;
}

/** What its parts work with. */
export type Audited = AuditContext & Found;

/** What those work with that only look at code. */
export type AuditedCode = CodeContext & Found;

/** A comparison of two values as text. */
export function check(area: Check["area"], name: string, expected: unknown, actual: unknown): Check {
  const [wanted, found] = [String(expected), String(actual)];
  return { area, name, expected: wanted, actual: found, ok: wanted === found };
}
