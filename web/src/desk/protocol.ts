import type { Language, PageDocument } from "@kyoso/sdk/page";
import type { PreparedCall, TriedCall } from "../reader/acts.js";
import type { Failure } from "../reader/protocol.js";

// The desk reads what somebody writes before they propose it. It is a Worker of its own, as it takes what nobody else needs.

/** What is asked of it. */
export type DeskQuestion =
  /** The text of a file, as `proposal create` reads it. */
  | { readonly what: "check"; readonly text: string; readonly proposer: string | null }
  /** The parts of such a file, to go on writing. */
  | { readonly what: "open"; readonly text: string }
  /** A draft that adopts an idea, in a language; `link` is where the idea can be seen. */
  | { readonly what: "adoption"; readonly idea: number; readonly language: Language; readonly link: string }
  /** The number of the proposal that a transaction made; null where it made none. */
  | { readonly what: "made"; readonly hash: string };

/** Something that is wrong with a draft. */
export interface DraftProblem {
  readonly code: string;
  readonly text: string;
  /** Of the action that it is about, from 0; null for what is about the text. */
  readonly action: number | null;
}

export interface CheckedDraft {
  readonly title: string;
  readonly problems: readonly DraftProblem[];
  /** Each call as the treasury would make it after those before it. Empty where something is wrong. */
  readonly calls: readonly TriedCall[];
  /** The file, written anew; null where something is wrong. */
  readonly file: string | null;
  /** What the proposer's wallet sends; null without a proposer, and where something is wrong. */
  readonly call: PreparedCall | null;
  /** Votes that proposing takes, and those that the proposer has. */
  readonly threshold: bigint;
  readonly votes: bigint;
}

interface OpenedDraft {
  readonly title: string;
  readonly body: string;
  readonly actions: readonly unknown[];
}

export interface AdoptionDraft {
  readonly title: string;
  readonly body: string;
}

interface Answers {
  readonly adoption: AdoptionDraft;
  readonly check: CheckedDraft;
  readonly open: OpenedDraft;
  readonly made: number | null;
}

export type DeskAnswer<Asked extends DeskQuestion> = Answers[Asked["what"]];

export type ToDesk =
  | { readonly open: PageDocument; readonly base: string }
  | { readonly id: number; readonly question: DeskQuestion };

export type FromDesk =
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly failure: Failure };
