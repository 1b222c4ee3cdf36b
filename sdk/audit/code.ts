import { dataSlice, getAddress } from "ethers";
import type { Dao } from "../dao.js";
import type { ImplementationName } from "../implementations.js";
import {
  cloneCode,
  handoverArguments,
  IMPLEMENTATION_SLOT,
  MODULE_IMPLEMENTATIONS,
  moduleCodeOf,
  proxyCodeOf,
} from "../launch/predict.js";
import type { DaoContract } from "../daoRecord.js";
import { DAO_CONTRACTS, DAO_MODULES } from "../daoRecord.js";
import { SHARED_CONTRACTS } from "../namedContracts.js";
import { madeAsTold, wrongAddresses } from "../launch/made.js";
import type { AuditedCode, Check, CodeContext } from "./check.js";
import { check } from "./check.js";

/** The contracts that can be upgraded, each with what it runs. */
export const PROXIES: readonly (readonly [DaoContract, ImplementationName])[] = [
  ["token", "BrandToken"],
  ["timelock", "BrandTimelock"],
  ["governor", "BrandGovernor"],
  ["badge", "ContributionBadge"],
  ["drop", "LoyaltyDrop"],
  ["rewards", "ContributionRewards"],
];

/** That each contract runs the code that this checkout compiles. */
export async function auditCode(audited: AuditedCode, dao: Dao): Promise<Check[]> {
  const { provider, record, implementations, made, known = [] } = audited;
  const checks: Check[] = [];
  for (const [name, implementation] of PROXIES) {
    const address = record.contracts[name];
    const [code, slot] = await Promise.all([
      provider.getCode(address),
      provider.getStorage(address, IMPLEMENTATION_SLOT),
    ]);
    checks.push(
      check(
        "code",
        `${name} is an ERC-1967 proxy`,
        true,
        code === proxyCodeOf(name, record.contracts).toLowerCase(),
      ),
    );
    checks.push(
      check(
        "code",
        `${name} runs ${implementation}`,
        record.implementations[implementation],
        getAddress(dataSlice(slot, 12)),
      ),
    );
    const recorded = record.implementations[implementation];
    const expected = known.includes(recorded) ? recorded : implementations[implementation];
    checks.push(check("code", `${implementation} is one that this version knows`, expected, recorded));
  }
  const [manager, handover] = await Promise.all([
    provider.getCode(record.contracts.manager),
    provider.getCode(record.contracts.handover),
  ]);
  const args = handoverArguments(
    await dao.governor.getAddress(),
    await dao.badge.getAddress(),
    record.safe,
    record.terms.communityDate,
  );
  const isManager = manager === cloneCode(made.BrandAccessManager).toLowerCase();
  const isHandover = handover === cloneCode(made.Handover, args).toLowerCase();
  checks.push(check("code", "manager is a clone of BrandAccessManager", true, isManager));
  checks.push(check("code", "handover is a clone of Handover, with the launch's terms", true, isHandover));
  return [...checks, ...auditFactory(audited), ...(await auditModules(audited))];
}

/** That the modules which are there are what they are called, and that the chain has what DAOs share. */
async function auditModules({
  provider,
  record,
  implementations,
  made,
  places,
}: AuditedCode): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of DAO_MODULES) {
    const recorded = record.modules?.[name];
    if (recorded !== undefined) {
      checks.push(check("code", `${name} is where the factory of modules makes it`, places[name], recorded));
    }
    const code = await provider.getCode(places[name]);
    if (recorded === undefined && code === "0x") continue;
    const isClone = code === moduleCodeOf(name, made, record.contracts).toLowerCase();
    checks.push(check("code", `${name} is a clone of ${MODULE_IMPLEMENTATIONS[name]}`, true, isClone));
  }
  for (const [name, contract] of Object.entries(SHARED_CONTRACTS)) {
    const code = await provider.getCode(implementations[contract]);
    checks.push(check("code", `${name} (${contract}) is on the chain`, true, code !== "0x"));
  }
  return checks;
}

/** That a known factory made the contracts: an address is the hash of who made what is there, and of what. */
function auditFactory({ record, implementations, factories = [], made }: AuditedCode): Check[] {
  const { factory, contracts } = record;
  const known = [implementations.BrandDAOFactory, ...factories];
  const expected = known.includes(factory) ? factory : implementations.BrandDAOFactory;
  const checks = [check("code", "the factory is one that this version knows", expected, factory)];
  const wrong = new Map(wrongAddresses(record, made).map((each) => [each.name, each.expected]));
  for (const name of DAO_CONTRACTS) {
    const where = wrong.get(name) ?? contracts[name];
    checks.push(check("code", `${name} is where the factory made it`, where, contracts[name]));
  }
  return checks;
}

/** What a factory makes DAOs of: its own word counts only as far as the addresses that follow from it are right. */
export async function madeOf(
  implementations: CodeContext["implementations"],
  factory: string,
  dao: Dao,
): Promise<CodeContext["implementations"]> {
  if (factory === implementations.BrandDAOFactory) return implementations;
  try {
    return madeAsTold(implementations, await dao.factory.implementations());
  } catch {
    return implementations;
  }
}
