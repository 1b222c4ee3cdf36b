import type { PageDocument } from "@kyoso/sdk/page";
import type { Act, AnyActAnswer, ToSign } from "./acts.js";
import type { NodeFault } from "./nodes.js";
import type {
  Chosen,
  EvidenceView,
  HomeView,
  MembersView,
  MemberView,
  NicknameView,
  PassesView,
  PerksView,
  PowersView,
  ProposalsView,
  ProposalView,
} from "./answers.js";
import type { IdeaCallsView, IdeaCallView, IdeaView, YoungVoices } from "./ideaAnswers.js";

/** What the page asks its reader. */
export type Question =
  | { readonly what: "home" }
  /** How many proposals are open to votes. */
  | { readonly what: "open" }
  | { readonly what: "proposals" }
  | { readonly what: "proposal"; readonly number: number }
  /** Null for all time, undefined for the season that runs. */
  | { readonly what: "members"; readonly season?: number | null }
  | { readonly what: "member"; readonly account: string }
  | { readonly what: "powers" }
  | IdeaQuestion
  /** Whether there are badges for what these make. */
  | { readonly what: "evidence"; readonly all: readonly TextAndSalt[] }
  /** The passes that an account holds, or could have. */
  | { readonly what: "passes"; readonly account: string }
  /** What members get; with an account, what of it that one gets. */
  | { readonly what: "perks"; readonly account?: string | undefined }
  /** What an account calls itself. */
  | { readonly what: "nickname"; readonly account: string };

/** What a badge is said to have been given for, and the 32 bytes in hexadecimal that its hash was made with. */
export interface TextAndSalt {
  readonly text: string;
  readonly salt: string;
}

/** What is asked of calls for ideas. */
type IdeaQuestion =
  | { readonly what: "ideaCalls" }
  /** A call with as many of its ideas as are to be shown; those with something in their titles, or all. */
  | { readonly what: "ideaCall"; readonly number: number; readonly shown: number; readonly find: string }
  /** For how long those are members who support anything: it takes a while where these are many. */
  | { readonly what: "youngVoices"; readonly number: number }
  | { readonly what: "idea"; readonly id: number };

interface IdeaAnswers {
  readonly ideaCalls: IdeaCallsView;
  /** These are null where there is none of the number. */
  readonly ideaCall: IdeaCallView | null;
  readonly youngVoices: YoungVoices | null;
  readonly idea: IdeaView | null;
}

interface Answers extends IdeaAnswers {
  readonly home: HomeView;
  readonly open: number;
  readonly proposals: ProposalsView;
  /** Null where there is none of the number. */
  readonly proposal: ProposalView | null;
  /** Null for a season that hasn't begun. */
  readonly members: MembersView | null;
  readonly member: MemberView;
  readonly powers: PowersView;
  readonly evidence: EvidenceView;
  /** Null where the DAO has no passes. */
  readonly passes: PassesView | null;
  readonly perks: PerksView | null;
  /** Null where the chain has no nicknames. */
  readonly nickname: NicknameView | null;
}

export type AnswerTo<Asked extends Question> = Answers[Asked["what"]];

/** An answer to any question. */
export type AnyAnswer = Answers[keyof Answers];

/** Why there is no answer. */
export type Failure =
  /** No node answers. */
  | { readonly of: "nodes"; readonly faults: readonly NodeFault[] }
  /** Something that the SDK can say; with its code, and what the command line says of it. */
  | { readonly of: "told"; readonly code: string; readonly message: string }
  | { readonly of: "defect"; readonly message: string };

/**
 * What the page sends to its reader: once the DAO that it is of, and then questions; and what an account signed, or that it
 * didn't.
 */
export type ToReader =
  | { readonly open: PageDocument; readonly base: string }
  | { readonly id: number; readonly question: Question }
  | { readonly id: number; readonly act: Act }
  | { readonly id: number; readonly signature: string | null };

/** What comes back. To some questions there is something to sign first. */
export type FromReader =
  | { readonly id: number; readonly answer: AnyAnswer | AnyActAnswer }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly sign: ToSign }
  /** That the page's snapshot of the logs isn't used, and why. */
  | { readonly unused: string }
  /** What those who were in an answer call themselves, by their addresses in small letters; null for nothing. */
  | { readonly chosen: readonly (readonly [string, Chosen | null])[] };
