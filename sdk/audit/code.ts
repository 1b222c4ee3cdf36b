import { dataSlice, getAddress } from "ethers";
import type { Dao } from "../dao.js";
import type { ImplementationName } from "../implementations.js";
import { cloneCode, handoverArguments, IMPLEMENTATION_SLOT, proxyCode } from "../launch/predict.js";
import type { DaoContract } from "../daoRecord.js";
import type { AuditContext, Check } from "./check.js";
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
export async function auditCode(
  { provider, record, implementations }: AuditContext,
  dao: Dao,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, implementation] of PROXIES) {
    const address = record.contracts[name];
    const [code, slot] = await Promise.all([
      provider.getCode(address),
      provider.getStorage(address, IMPLEMENTATION_SLOT),
    ]);
    checks.push(check("code", `${name} is an ERC-1967 proxy`, true, code === proxyCode()));
    checks.push(
      check(
        "code",
        `${name} runs ${implementation}`,
        implementations[implementation],
        getAddress(dataSlice(slot, 12)),
      ),
    );
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
  const isManager = manager === cloneCode(implementations.BrandAccessManager).toLowerCase();
  const isHandover = handover === cloneCode(implementations.Handover, args).toLowerCase();
  checks.push(check("code", "manager is a clone of BrandAccessManager", true, isManager));
  checks.push(check("code", "handover is a clone of Handover, with the launch's terms", true, isHandover));
  return checks;
}
