import type { ContractRunner } from "ethers";
import {
  BrandAccessManager__factory,
  BrandDAOFactory__factory,
  BrandGovernor__factory,
  BrandTimelock__factory,
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
  Handover__factory,
  LoyaltyDrop__factory,
} from "../typechain-types/index.js";
import type { DaoRecord } from "./daoRecord.js";

/** The contracts of a DAO, typed, at the addresses of its record. */
export function connectDao(record: Pick<DaoRecord, "contracts" | "factory">, runner: ContractRunner) {
  const { contracts } = record;
  return {
    manager: BrandAccessManager__factory.connect(contracts.manager, runner),
    token: BrandToken__factory.connect(contracts.token, runner),
    timelock: BrandTimelock__factory.connect(contracts.timelock, runner),
    governor: BrandGovernor__factory.connect(contracts.governor, runner),
    badge: ContributionBadge__factory.connect(contracts.badge, runner),
    drop: LoyaltyDrop__factory.connect(contracts.drop, runner),
    rewards: ContributionRewards__factory.connect(contracts.rewards, runner),
    handover: Handover__factory.connect(contracts.handover, runner),
    factory: BrandDAOFactory__factory.connect(record.factory, runner),
  };
}

export type Dao = ReturnType<typeof connectDao>;

/** How far power has been handed over, in the order of the contract's enum. */
export const PHASES = ["brand-led", "shared", "community"] as const;
export type Phase = (typeof PHASES)[number];

/** The DAO's phase at this moment. */
export async function readPhase(dao: Dao): Promise<Phase> {
  const phase = PHASES[Number(await dao.handover.phase())];
  if (phase === undefined) throw new RangeError("The Handover names a phase that is not known");
  return phase;
}
