/** What counts in a call, in the order of the contract's enum: votes at the snapshot, or one voice for each member. */
export const COUNTINGS = ["weight", "voice"] as const;
export type Counting = (typeof COUNTINGS)[number];

/** How many ideas of a call somebody can support: up to ten, or one. */
export const CHOICES = ["approve", "pick one"] as const;
export type Choice = (typeof CHOICES)[number];

/** By which rules a call goes, as the board has them. */
export interface RawRules {
  readonly ideasPerMember: number;
  readonly winners: number;
  /** Places of {@link COUNTINGS} and {@link CHOICES}. */
  readonly counting: number;
  readonly choice: number;
  readonly memberDays: number;
  /** 0 for none. */
  readonly badgeKind: number;
}

/** How far an idea is. */
export const IDEA_STATUSES = ["none", "submitted", "withdrawn", "adopted", "shipped"] as const;
export type IdeaStatus = Exclude<(typeof IDEA_STATUSES)[number], "none">;

/** Most ideas that somebody can support where it may approve of several: contracts/ideas/PackedVoice.sol. */
export const MOST_SUPPORTED = 10;

/** Of what supports an idea by votes: contracts/ideas/IdeaBoard.sol counts in 10^-8 tokens. */
export const WEIGHT_DECIMALS = 8;
