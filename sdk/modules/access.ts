import { INTERFACES } from "../calls/known.js";
import type { DaoModule } from "../daoRecord.js";
import type { RoleName } from "../roles.js";
import { STEWARD_FUNCTIONS } from "../roles.js";

/** The selectors of a module's functions that stewards call. */
export function stewardSelectors(module: DaoModule): string[] {
  return STEWARD_FUNCTIONS[module].map((name) => INTERFACES[module].getFunction(name)?.selector ?? "");
}

/** The role that a module has itself; undefined for one that needs none. */
export function ownRoleOf(module: DaoModule): RoleName | undefined {
  return module === "board" ? "BOARD" : undefined;
}
