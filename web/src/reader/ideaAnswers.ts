// What the reader answers of calls for ideas: plain values, as in answers.ts. Weights are voices, or 10^-8 tokens.
import type { CallState, Choice, Counting, IdeaStatus, IdeaStep, ProposalState } from "@kyoso/sdk";
import type { Refused } from "./acts.js";
import type { Answer } from "./answers.js";

/** A call as lists show it. */
export interface IdeaCallSummary {
  readonly number: number;
  readonly question: string;
  readonly state: CallState;
  /** When ideas are taken no more, and what counts is counted. */
  readonly snapshot: number;
  /** From when on support is taken no more. */
  readonly end: number;
  /** Whether it has options of its opener's. */
  readonly isPoll: boolean;
  /** How many ideas it has. */
  readonly ideas: number;
  /** How many win. */
  readonly winners: number;
  readonly counting: Counting;
  /** What wins at this moment, the highest first. */
  readonly leaders: readonly LeaderView[];
}

/** An idea that wins at this moment. */
interface LeaderView {
  readonly name: string;
  /** Null where a steward asks pages not to show it. */
  readonly title: string | null;
  readonly tally: bigint;
}

export interface IdeaCallsView extends Answer {
  /** Those that take ideas or support, the first to end first. */
  readonly open: readonly IdeaCallSummary[];
  /** Those that are over, the newest first. */
  readonly over: readonly IdeaCallSummary[];
}

/** What an idea is, wherever it is shown. Its texts are a stranger's. */
export interface IdeaSummary {
  /** `3-12`. */
  readonly name: string;
  readonly id: number;
  readonly title: string;
  /** Null for an option of a poll. */
  readonly author: string | null;
  /** The author's title in the community. */
  readonly authorTitle: string | null;
  readonly status: IdeaStatus;
  /** Why a steward asks pages not to show it; null where none does. */
  readonly hidden: string | null;
  readonly tally: bigint;
  readonly supporters: number;
  /** Its place among the winners at this moment, from 1. */
  readonly rank: number | null;
  /** Whether another one has the same: of those the earlier one comes first. */
  readonly isTied: boolean;
}

/** Who takes part in a call: accounts that support anything, and what they weigh together, each once. */
export interface Turnout {
  readonly count: number;
  readonly weight: bigint;
}

export interface IdeaCallView extends Answer, IdeaCallSummary {
  /** Where its rules are; empty for nowhere. */
  readonly rules: string;
  readonly ideasPerMember: number;
  readonly choice: Choice;
  readonly memberDays: number;
  /** The badge that a winner's author gets once it ships. */
  readonly badge: string | null;
  readonly turnout: Turnout;
  /** As many as were asked for: by their support; as long as ideas are taken, the newest first. */
  readonly list: readonly IdeaSummary[];
  /** How many there are of those that were looked for. */
  readonly found: number;
  /** Those that a steward asks pages not to show, and that don't win: the first of them. */
  readonly hidden: readonly IdeaSummary[];
  readonly hiddenCount: number;
  readonly withdrawn: number;
}

/** How long those are members that support anything in a call. */
export interface YoungVoices {
  readonly count: number;
  /** Members for less than 30 days when it was counted. */
  readonly young: number;
  /** Never had a badge. */
  readonly strangers: number;
}

export interface IdeaView extends Answer, IdeaSummary {
  readonly call: IdeaCallSummary;
  readonly turnout: Turnout;
  /** What its author says of it; null where that is elsewhere, or nothing. */
  readonly text: string | null;
  /** Where more is said; empty where it is said here, or nowhere. */
  readonly uri: string;
  readonly steps: readonly IdeaStepView[];
  /** Proposals that adopt it, the first one first. */
  readonly proposals: readonly {
    readonly number: number;
    readonly title: string;
    readonly state: ProposalState;
    readonly vetoed: string | null;
    /** When its votes are counted. */
    readonly at: number;
  }[];
}

export interface IdeaStepView {
  readonly what: IdeaStep["what"];
  readonly by: string | null;
  readonly reason: string;
  readonly uri: string;
  /** The badge that its author was given. */
  readonly badge: string | null;
  readonly at: number;
}

/** What somebody did in a call, and can do now. */
export interface VoiceView extends Answer {
  /** Names of the ideas that they support. */
  readonly supported: readonly string[];
  /** What their support weighs, or would at this moment. */
  readonly weight: bigint;
  /** How many ideas they can support still. */
  readonly left: number;
  /** Why they can support nothing now; null where they can. */
  readonly refused: Refused | null;
  /** How many ideas they can put forward still; and why none. */
  readonly submitting: { readonly left: number; readonly refused: Refused | null };
}
