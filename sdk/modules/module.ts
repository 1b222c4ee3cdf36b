import type { DaoModule, DaoRecord, OwnContract } from "../daoRecord.js";
import { DAO_MODULES, OWN_CONTRACTS } from "../daoRecord.js";
import { KyosoError } from "../errors.js";

/** What people call each module. */
export const MODULE_WORDS: Readonly<Record<DaoModule, string>> = {
  board: "idea board",
  pass: "membership pass",
};

export function isModule(name: string): name is DaoModule {
  return DAO_MODULES.some((module) => module === name);
}

/** The contracts that a DAO has: those that it was launched with, and its modules. */
export function ownContracts({ modules }: Pick<DaoRecord, "modules">): OwnContract[] {
  return OWN_CONTRACTS.filter((name) => !isModule(name) || modules?.[name] !== undefined);
}

/**
 * Where a contract of a DAO is.
 *
 * @throws KyosoError for a module that the DAO doesn't have.
 */
export function addressOf(
  { contracts, modules, slug }: Pick<DaoRecord, "contracts" | "modules"> & Partial<Pick<DaoRecord, "slug">>,
  name: OwnContract,
): string {
  if (!isModule(name)) return contracts[name];
  const address = modules?.[name];
  if (address !== undefined) return address;
  const words = MODULE_WORDS[name];
  throw KyosoError.of("dao.no-module", {
    data: { slug, module: name },
    place: slug === undefined ? name : `${name} of "${slug}"`,
    message: `This DAO has no ${words}`,
    remedy: `It gets one by a proposal: \`npx hardhat dao enable-modules ${name} --via proposal\`.`,
  });
}
