/** What all DAOs of a chain share, in the order in which it is deployed. */
export const IMPLEMENTATION_NAMES = [
  "BrandAccessManager",
  "BrandToken",
  "BrandTimelock",
  "BrandGovernor",
  "IdeaBoard",
  "PassRenderer",
  "MembershipPass",
  "ModuleFactory",
  "BadgeRenderer",
  "BadgeCatalog",
  "RecoveryBook",
  "VoucherVerifier",
  "ContributionBadge",
  "LoyaltyDrop",
  "ContributionRewards",
  "Handover",
  "BrandDAOFactory",
  "BallotRelay",
  "Nicknames",
  "DecisionRecorder",
] as const;

export type ImplementationName = (typeof IMPLEMENTATION_NAMES)[number];
export type Addresses<Name extends string = string> = Readonly<Record<Name, string>>;
