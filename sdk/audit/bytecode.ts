import { keccak256 } from "ethers";
import type { DaoRecord } from "../daoRecord.js";
import type { ImplementationName } from "../implementations.js";
import { IMPLEMENTATION_NAMES } from "../implementations.js";
import type { Check, CodeContext } from "./check.js";
import { check } from "./check.js";

/** What is known of code that isn't this DAO's own. */
export interface Compiled {
  /** What sources compile to that are at hand: code, by the address that it has on any chain. */
  readonly codes: ReadonlyMap<string, string>;
  /** What releases say of theirs: hashes of code, by address; null where a release can't say, as it is another one on each chain. */
  readonly hashes: ReadonlyMap<string, string | null>;
}

/**
 * That what a DAO runs, is linked with and was made by has the code that sources compile to, with all that its constructors and
 * the linker wrote into it; or, where those sources aren't at hand, the one of which a release names the hash.
 */
export async function auditBytecode({
  provider,
  record,
  codes,
  hashes,
}: CodeContext & Compiled): Promise<Check[]> {
  const all = IMPLEMENTATION_NAMES.map((name) => [name, addressOf(record, name)] as const);
  const found = await Promise.all(all.map(([, address]) => provider.getCode(address)));
  return all.map(([name, address], i) => {
    const code = keccak256(found[i] ?? "0x");
    const compiled = codes.get(address);
    if (compiled !== undefined)
      return check("code", `${name} has the code of its sources`, keccak256(compiled), code);
    const hash = hashes.get(address) ?? "known to no release, and compiled from no source that is here";
    return check("code", `${name} has the code that its release names`, hash, code);
  });
}

/** The factory that a DAO was made by is the record's, whatever its implementations say. */
function addressOf(record: DaoRecord, name: ImplementationName): string {
  return name === "BrandDAOFactory" ? record.factory : record.implementations[name];
}
