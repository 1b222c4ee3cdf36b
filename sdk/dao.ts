import type { ContractRunner } from "ethers";
import {
  BrandAccessManager,
  BrandDAOFactory,
  BrandGovernor,
  BrandTimelock,
  BrandToken,
  ContributionBadge,
  ContributionRewards,
  DecisionRecorder,
  Handover,
  IdeaBoard,
  LoyaltyDrop,
  MembershipPass,
  ModuleFactory,
  Nicknames,
} from "../typechain-types/abi/index.js";
import { IMPLEMENTATIONS } from "../typechain-types/abi/implementations.js";
import type { DaoRecord } from "./daoRecord.js";
import { whenAsked } from "./lazy.js";
import { addressOf } from "./modules/module.js";

/**
 * The contracts of a DAO, typed, at the addresses of its record. A module is asked for only where the DAO has it: `board` and
 * `pass` throw KyosoError otherwise. What DAOs share is where its code says, whatever a record says.
 */
export function connectDao(
  record: Pick<DaoRecord, "contracts" | "factory" | "modules"> & Partial<Pick<DaoRecord, "slug">>,
  runner: ContractRunner,
) {
  const { contracts } = record;
  return whenAsked({
    manager: () => BrandAccessManager.connect(contracts.manager, runner),
    token: () => BrandToken.connect(contracts.token, runner),
    timelock: () => BrandTimelock.connect(contracts.timelock, runner),
    governor: () => BrandGovernor.connect(contracts.governor, runner),
    badge: () => ContributionBadge.connect(contracts.badge, runner),
    drop: () => LoyaltyDrop.connect(contracts.drop, runner),
    rewards: () => ContributionRewards.connect(contracts.rewards, runner),
    handover: () => Handover.connect(contracts.handover, runner),
    factory: () => BrandDAOFactory.connect(record.factory, runner),
    board: () => IdeaBoard.connect(addressOf(record, "board"), runner),
    pass: () => MembershipPass.connect(addressOf(record, "pass"), runner),
    modules: () => ModuleFactory.connect(IMPLEMENTATIONS.ModuleFactory, runner),
    nicknames: () => Nicknames.connect(IMPLEMENTATIONS.Nicknames, runner),
    decisions: () => DecisionRecorder.connect(IMPLEMENTATIONS.DecisionRecorder, runner),
  });
}

export type Dao = ReturnType<typeof connectDao>;

/** How far power has been handed over, in the order of the contract's enum. */
export const PHASES = ["brand-led", "shared", "community"] as const;
export type Phase = (typeof PHASES)[number];

/** The DAO's phase at this moment. */
export async function readPhase(dao: Dao): Promise<Phase> {
  return phaseOf(await dao.handover.phase());
}

/** The phase that the contract gives a number. */
export function phaseOf(value: unknown): Phase {
  const phase = PHASES[Number(value)];
  if (phase === undefined) throw new RangeError("The Handover names a phase that is not known");
  return phase;
}
