import type { Meaning, Unit } from "./known.js";

/** What a number in an error stands for; `spent` is an amount of the token that is spent, whichever that is. */
export type ErrorUnit = Unit | Meaning | "ether" | "spent" | "setting";

const tokens = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "tokens" as const]));
const spent = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "spent" as const]));
const seconds = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "seconds" as const]));
const times = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "timestamp" as const]));
const kind = { kind: "kind" } as const;
const campaign = { campaign: "campaign" } as const;

/** By the names of errors and of what they carry. */
export const ERROR_UNITS: Readonly<Record<string, Readonly<Record<string, ErrorUnit>>>> = {
  InsufficientBalance: { balance: "ether", needed: "ether" },
  ERC20InsufficientBalance: spent("balance", "needed"),
  ERC20InsufficientAllowance: spent("allowance", "needed"),
  ERC20ExceededSafeSupply: tokens("increasedSupply", "cap"),
  ERC2612ExpiredSignature: times("deadline"),
  ERC5805FutureLookup: times("timepoint", "clock"),
  VotesExpiredSignature: times("expiry"),
  AccessManagedRequiredDelay: seconds("delay"),
  AccessManagerLockedRole: { roleId: "role" },
  AccessManagerUnauthorizedAccount: { roleId: "role" },
  RoleRestrictedUnauthorized: { role: "role" },
  AccessControlUnauthorizedAccount: { neededRole: "timelock role" },
  BrandTokenInsufficientContributionVotes: tokens("votes", "needed"),
  BrandTokenInvalidShare: { shareBps: "basis points", highest: "basis points" },
  BrandTokenInvalidWindow: seconds("window"),
  BrandTokenMintLimited: tokens("amount", "available"),
  BrandTimelockInvalidDelay: seconds("delay"),
  BrandTimelockRoleIsFixed: { role: "timelock role" },
  TimelockInsufficientDelay: seconds("delay", "minDelay"),
  BrandGovernorOutOfBounds: { value: "setting", lowest: "setting", highest: "setting" },
  GovernorInsufficientProposerVotes: tokens("votes", "threshold"),
  GovernorInvalidQuorumFraction: { quorumNumerator: "basis points", quorumDenominator: "basis points" },
  GovernorInvalidVotingPeriod: seconds("votingPeriod"),
  GovernorPreventLateQuorumVoteExtensionTooLarge: seconds("newVoteExtension", "maxVoteExtension"),
  ContributionBadgeClaimsClosed: times("opens", "closes"),
  ContributionBadgeDailyPointsLimited: kind,
  ContributionBadgeHaltHeld: times("until"),
  ContributionBadgeInvalidDisputeWindow: seconds("window", "seasonLength"),
  ContributionBadgeInvalidIssuerRole: { role: "role" },
  ContributionBadgeInvalidSeasonLength: seconds("length"),
  ContributionBadgeKindClosed: kind,
  ContributionBadgeNonexistentKind: kind,
  ContributionBadgeNotClaimable: kind,
  ContributionBadgeNotHolder: { id: "badge" },
  ContributionBadgeNotRecoverable: { id: "badge" },
  ContributionBadgeRecoveryTooEarly: times("eta"),
  ContributionBadgeSharesFixed: times("opens"),
  ContributionBadgeSupplyLimited: kind,
  ContributionBadgeVoucherExpired: times("expiry"),
  LoyaltyDropAlreadyClaimed: campaign,
  LoyaltyDropCampaignOver: campaign,
  LoyaltyDropCampaignRunning: campaign,
  LoyaltyDropInvalidAmount: tokens("amount"),
  LoyaltyDropInvalidCampaign: campaign,
  LoyaltyDropInvalidDeadline: times("deadline"),
  LoyaltyDropInvalidProof: campaign,
  LoyaltyDropIssuerRotated: campaign,
  LoyaltyDropNonexistentCampaign: campaign,
  LoyaltyDropNoReferrals: campaign,
  LoyaltyDropUnclaimableReferral: kind,
  LoyaltyDropUnderfunded: { ...campaign, ...tokens("requested", "available") },
  LoyaltyDropVotingReferral: kind,
  ContributionRewardsBudgetExceeded: spent("amount", "rest"),
  ContributionRewardsFeeOnTransfer: spent("amount", "received"),
  ContributionRewardsInvalidAmount: spent("amount"),
  HandoverHaltedBefore: times("from"),
  HandoverInvalidDate: times("date"),
  HandoverTooEarly: times("communityDate"),
  BrandDAOFactoryDatesOutOfOrder: times("guardianExpiry", "communityDate"),
};
