import { governorPowers, handoverPowers, timelockPowers } from "./governance.js";
import { managerPowers } from "./manager.js";
import type { Power } from "./power.js";
import { badgePowers, dropPowers, rewardsPowers, tokenPowers } from "./satellites.js";

export { type Actor, ACTORS } from "./power.js";

/** The table of powers, contract by contract. */
export const POWERS: Record<string, Power[]> = {
  BrandAccessManager: managerPowers,
  BrandToken: tokenPowers,
  ContributionBadge: badgePowers,
  LoyaltyDrop: dropPowers,
  ContributionRewards: rewardsPowers,
  BrandTimelock: timelockPowers,
  BrandGovernor: governorPowers,
  Handover: handoverPowers,
};
