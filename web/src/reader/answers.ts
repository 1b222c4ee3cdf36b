// What the reader answers: plain values that pass from one thread to the other. Amounts are in the smallest unit, times are
// timestamps of the chain, durations seconds.
import type { IdeaCallSummary } from "./ideaAnswers.js";
import type { DaoModule, Phase, ProposalState, SeasonState, Subject, Support, Tally } from "@kyoso/sdk";

/** What all answers have: the chain's own time, by which deadlines are told. */
export interface Answer {
  readonly now: number;
  readonly symbol: string;
}

/** A proposal as lists show it. */
export interface ProposalSummary {
  readonly number: number;
  readonly title: string;
  readonly state: ProposalState;
  readonly proposer: string;
  readonly snapshot: number;
  readonly deadline: number;
  readonly eta: number | null;
  readonly tally: Tally;
  readonly quorum: bigint;
  readonly voters: number;
  readonly vetoed: string | null;
  /** Of its text, what a list shows: the first lines after the title. */
  readonly excerpt: string;
}

export interface HomeView extends Answer {
  /** Votes that can be cast today. */
  readonly electorate: bigint;
  /** Open to votes now, the first to end first. */
  readonly open: readonly ProposalSummary[];
  readonly pending: readonly ProposalSummary[];
  /** Passed, and waiting for somebody to queue or execute them. */
  readonly passed: readonly ProposalSummary[];
  readonly proposals: number;
  readonly season: SeasonView;
  readonly newest: readonly NewBadge[];
  readonly handover: HandoverView;
  readonly members: number;
  /** Calls that take ideas or support, those first that go on first. */
  readonly calls: readonly IdeaCallSummary[];
}

export interface SeasonView {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly state: SeasonState;
  readonly opens: number;
  readonly closes: number;
  readonly points: number;
  readonly budgets: readonly BudgetView[];
}

interface BudgetView {
  readonly symbol: string;
  readonly decimals: number;
  readonly budget: bigint;
  readonly paid: bigint;
}

/** A badge that was just awarded, with its holder. */
export interface NewBadge {
  readonly id: number;
  readonly account: string;
  readonly kind: string;
  readonly points: number;
  readonly awardedAt: number;
}

export interface HandoverView {
  readonly phase: Phase;
  /** When the veto ends; 0 for none. */
  readonly vetoUntil: number;
  readonly communityDate: number;
}

export interface ProposalsView extends Answer {
  readonly electorate: bigint;
  /** Those of which something can still become, the newest first. */
  readonly current: readonly ProposalSummary[];
  /** Those that are over, the newest first; of an earlier visit only the newest of them. */
  readonly past: readonly ProposalSummary[];
  /** How many are over. */
  readonly pastCount: number;
  readonly proposalThreshold: bigint;
}

export interface ProposalView extends Answer, ProposalSummary {
  readonly id: string;
  readonly electorate: bigint;
  /** Markdown, without its title. */
  readonly text: string;
  readonly extended: boolean;
  readonly calls: readonly CallView[];
  readonly votes: readonly VoteView[];
  readonly timelockDelay: number;
  readonly gracePeriod: number;
  readonly createdAt: number | null;
  readonly vetoedBy: string | null;
  readonly guardianExpiry: number;
}

export interface VoteView {
  readonly voter: string;
  readonly support: Support;
  readonly weight: bigint;
  readonly reason: string;
}

/** A call that a proposal makes. */
export interface CallView {
  /** The DAO's name of the contract; its address for a stranger's. */
  readonly contract: string;
  readonly to: string;
  readonly value: bigint;
  readonly data: string;
  /** Empty for a plain transfer. */
  readonly name: string;
  readonly args: readonly ArgumentView[];
  readonly changes: readonly ChangeView[];
  readonly inner: readonly CallView[];
  /** Why it can't be read whole. */
  readonly unread: string | null;
  /** Whether it can't be taken back. */
  readonly irreversible: boolean;
}

export type Plain = string | bigint | number | boolean | readonly Plain[];

/** How a value is shown: as an amount of a token, as a duration, a date, a fraction, somebody, or as it is. */
export type Shown =
  | { readonly as: "amount"; readonly symbol: string; readonly decimals: number }
  | { readonly as: "seconds" | "timestamp" | "basis points" | "account" | "text" };

export interface ArgumentView {
  readonly name: string;
  readonly value: Plain;
  readonly shown: Shown;
  /** As the command line shows it. */
  readonly text: string;
}

export interface ChangeView {
  readonly name: string;
  readonly shown: Shown;
  readonly from: Plain;
  readonly to: Plain;
  readonly fromText: string;
  readonly toText: string;
}

export interface MembersView extends Answer {
  /** Null for all time. */
  readonly season: { readonly number: number; readonly start: number; readonly end: number } | null;
  readonly current: number;
  readonly points: number;
  readonly entries: readonly BoardLine[];
}

export interface BoardLine {
  readonly rank: number;
  readonly account: string;
  readonly points: number;
  readonly badges: number;
  readonly title: string | null;
}

export interface MemberView extends Answer {
  readonly account: string;
  readonly points: number;
  readonly title: string | null;
  /** The ladder, the lowest first. */
  readonly titles: readonly { readonly name: string; readonly points: number }[];
  readonly badges: readonly BadgeView[];
  readonly votes: {
    readonly votes: bigint;
    readonly earned: bigint;
    readonly tokens: bigint;
    readonly delegate: string;
  };
  readonly referrer: string | null;
  readonly brought: readonly { readonly account: string; readonly points: number }[];
  readonly seasons: readonly MemberSeasonView[];
  readonly recovery: { readonly from: string; readonly to: string; readonly eta: number } | null;
}

export interface MemberSeasonView extends SeasonView {
  readonly own: number;
  readonly rewards: readonly RewardView[];
}

export interface RewardView {
  /** Address of the token that it is paid in. */
  readonly token: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly share: bigint;
  readonly claimed: bigint;
  readonly claimable: bigint;
}

export interface BadgeView {
  readonly id: number;
  readonly kind: number;
  readonly name: string;
  readonly description: string;
  readonly points: number;
  readonly season: number;
  readonly votes: bigint;
  readonly awardedAt: number;
  readonly hasEvidence: boolean;
}

export interface EvidenceView extends Answer {
  /** For each text and salt, in their order: the badge that was given for it; null where there is none. */
  readonly verdicts: readonly (VerdictView | null)[];
}

export interface VerdictView {
  readonly id: number;
  readonly kind: string;
  /** Who holds it now; null for nobody. */
  readonly holder: string | null;
  /** Null where the node doesn't know the block any more. */
  readonly awardedAt: number | null;
}

export interface PowersView extends Answer {
  readonly handover: HandoverView;
  readonly safe: { readonly address: string; readonly owners: readonly string[]; readonly threshold: number };
  readonly holders: number;
  readonly treasury: { readonly wei: bigint; readonly tokens: bigint };
  readonly supply: {
    readonly total: bigint;
    readonly cap: bigint;
    readonly circulating: bigint;
    /** As much can be minted by decisions within so many seconds. */
    readonly minting: { readonly amount: bigint; readonly window: number };
  };
  readonly rules: {
    readonly votingDelay: number;
    readonly votingPeriod: number;
    readonly timelockDelay: number;
    readonly proposalThreshold: bigint;
    readonly quorum: bigint;
  };
  /** What the DAO has besides. */
  readonly modules: readonly DaoModule[];
  readonly contracts: readonly { readonly name: string; readonly address: string }[];
}

/** What somebody calls themselves: their own words, made harmless, which prove nothing of them. */
export interface Chosen {
  readonly text: string;
  /** The title that stands beside it; null for none. */
  readonly title: string | null;
  /** Whether it seems to be an address, the brand or somebody with a role: then it is nobody's name. */
  readonly imitates: boolean;
}

export interface NicknameView extends Answer {
  readonly account: string;
  /** Empty for nothing. */
  readonly nickname: string;
}

export interface PassesView extends Answer {
  readonly account: string;
  /** How many passes it holds. */
  readonly count: number;
  /** The first of them. */
  readonly passes: readonly PassView[];
  /** How their holder stands. */
  readonly title: string | null;
  readonly points: number;
  /** The kind of badge that entitles to one; null where no more are minted. */
  readonly kind: string | null;
  /** A badge of the account's that entitles to one and has none yet; null for none. */
  readonly mintable: number | null;
}

export interface PassView {
  readonly number: number;
  /** An SVG document, of the chain: to be shown as a picture, and never as a part of the page. */
  readonly picture: string;
}

export interface PerksView extends Answer {
  readonly perks: readonly PerkView[];
}

export interface PerkView {
  readonly number: number;
  readonly name: string;
  readonly uri: string;
  /** Whether somebody gets it once; and then, whether once for each pass. */
  readonly once: boolean;
  readonly byPass: boolean;
  readonly closed: boolean;
  /** The groups of conditions, each of which is enough. */
  readonly rule: readonly (readonly ConditionView[])[];
  /** Whether the account gets it; null where none is asked for. */
  readonly eligible: boolean | null;
  /** What the account misses of the group that it is nearest to. */
  readonly missing: readonly ConditionView[];
}

export interface ConditionView {
  readonly subject: Subject;
  readonly amount: number;
  /** The name of the kind or of the title that it is about; null for another one. */
  readonly name: string | null;
}
