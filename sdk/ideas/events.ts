import type { ParamType } from "ethers";
import { ZeroHash } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { Reader } from "../chain/abi.js";
import { addressIn, bigIntIn, decode, readerOf, readNumber, WORD } from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { topicIn, wordIn } from "../chain/packedLogs.js";
import { incompleteLogs } from "../chain/whole.js";
import { whenAsked } from "../lazy.js";
import type { Choice, Counting, IdeaStatus, RawRules } from "./choices.js";
import { CHOICES, COUNTINGS } from "./choices.js";
import { callOfIdea, ideaName } from "./names.js";

/** What a call asks, and by which rules. Texts are those of whoever opened it. */
export interface CallEvents {
  readonly number: number;
  /** Who called the board: the AccessManager for a call that it executes for somebody else. */
  readonly opener: string;
  readonly question: string;
  readonly rules: { readonly uri: string; readonly hash: string | null };
  /** When ideas are taken no more, and what counts is counted. */
  readonly snapshot: number;
  /** From when on support is taken no more. */
  readonly end: number;
  /** Whether it has options of its opener's, and takes no ideas. */
  readonly isPoll: boolean;
  readonly ideasPerMember: number;
  /** How many ideas win. */
  readonly winners: number;
  readonly counting: Counting;
  readonly choice: Choice;
  readonly memberDays: number;
  /** What shipping a winner earns its author; null for nothing. */
  readonly badgeKind: number | null;
  readonly blockNumber: number;
  readonly transaction: string;
}

/** A step in the life of an idea, but for those who support it. */
export interface IdeaStep {
  readonly what: "submitted" | "withdrawn" | "hidden" | "shown" | "adopted" | "shipped";
  /** Who took it; null for an option of a poll, and where the log doesn't say. */
  readonly by: string | null;
  /** Of a steward who hides it or shows it again: why. Empty for all else. */
  readonly reason: string;
  /** Of what was shipped: where to see it. */
  readonly uri: string;
  /** Of what was shipped: the badge that its author was awarded. */
  readonly badge: number | null;
  readonly blockNumber: number;
  readonly transaction: string;
}

/** An idea as the board's logs tell it. Its texts are its author's. */
export interface IdeaEvents {
  readonly id: number;
  /** `3-12`. */
  readonly name: string;
  readonly call: number;
  /** Null for an option of a poll. */
  readonly author: string | null;
  readonly title: string;
  /** Where more is said; may be empty. */
  readonly uri: string;
  readonly contentHash: string | null;
  readonly status: IdeaStatus;
  readonly hidden: boolean;
  /** What all who support it weigh together: voices, or 10^-8 tokens. */
  readonly tally: bigint;
  readonly supporters: number;
  readonly steps: readonly IdeaStep[];
}

/** That somebody supports an idea. */
export interface SupportEvent {
  readonly idea: number;
  readonly supporter: string;
  readonly weight: bigint;
  readonly blockNumber: number;
  readonly transaction: string;
}

/** All that a board's logs tell. */
export interface BoardEvents {
  readonly calls: readonly CallEvents[];
  /** By their ids, in the order in which they were submitted. */
  readonly ideas: ReadonlyMap<number, IdeaEvents>;
  /** What each who supports anything in a call weighs there, by the word that logs name an account with: of a hundred thousand
   * supports, the capitals of addresses would take longer than all else. */
  readonly voicesOf: (call: number) => ReadonlyMap<string, bigint>;
  /** Who supports an idea of a call, in the order of their support. */
  readonly supportOf: (call: number, idea: number) => SupportEvent[];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Writable<IdeaEvents> & { readonly steps: IdeaStep[] };

interface Book {
  readonly calls: CallEvents[];
  readonly ideas: Map<number, Draft>;
  readonly supports: Map<number, ChainLog[]>;
}

/** As the log of an opened call has it. */
interface RawTerms extends RawRules {
  readonly question: string;
  readonly rulesURI: string;
  readonly rulesHash: string;
}

/**
 * Reads a board's logs, each once: a hundred thousand supports in a moment. Texts that aren't UTF-8 have U+FFFD where they
 * aren't, so that nobody's keeps all else from being read.
 *
 * @throws KyosoError where a log is missing that others speak of.
 */
export function readBoardEvents(logs: readonly ChainLog[]): BoardEvents {
  const book: Book = { calls: [], ideas: new Map(), supports: new Map() };
  for (const log of logs) READERS.byTopic.get(topicIn(log, 0))?.(log, book);
  return {
    calls: book.calls,
    ideas: book.ideas,
    voicesOf: (call) =>
      new Map(book.supports.get(call)?.map((log) => [topicIn(log, 2), bigIntIn(wordIn(log, 0))])),
    supportOf: (call, idea) =>
      (book.supports.get(call) ?? []).filter((log) => numberIn(log, 1) === idea).map(toSupport),
  };
}

/** What isn't indexed of the events. */
const DATA = whenAsked({
  opened: () => dataOf("CallOpened"),
  submitted: () => dataOf("IdeaSubmitted"),
  hidden: () => dataOf("IdeaHidden"),
  shipped: () => dataOf("IdeaShipped"),
});

type EventReader = (log: ChainLog, book: Book) => void;

/** What to make of each event, by the digits of its topic. */
const READERS = whenAsked({
  byTopic: () =>
    new Map<string, EventReader>([
      [topicOf("CallOpened"), open],
      [topicOf("IdeaSubmitted"), submit],
      [topicOf("IdeaSupported"), support],
      [topicOf("IdeaWithdrawn"), withdraw],
      [
        topicOf("IdeaHidden"),
        (log, book) => {
          hide(log, book, true);
        },
      ],
      [
        topicOf("IdeaShown"),
        (log, book) => {
          hide(log, book, false);
        },
      ],
      [
        topicOf("IdeaAdopted"),
        (log, book) => {
          const idea = draftOf(log, book);
          // A passed proposal may say it again of one that was adopted, or shipped, before.
          if (idea.status === "submitted") idea.status = "adopted";
          idea.steps.push(stepOf(log, "adopted", { by: addressIn(topicIn(log, 2)) }));
        },
      ],
      [
        topicOf("IdeaShipped"),
        (log, book) => {
          const idea = draftOf(log, book);
          const [badge, uri] = decode(DATA.shipped, log.data) as readonly [bigint, string];
          idea.status = "shipped";
          const by = addressIn(topicIn(log, 2));
          idea.steps.push(stepOf(log, "shipped", { by, uri, badge: badge === 0n ? null : Number(badge) }));
        },
      ],
    ]),
});

function open(log: ChainLog, { calls }: Book): void {
  const number = numberIn(log, 1);
  if (number !== calls.length + 1)
    throw incompleteLogs("board", `That of call ${calls.length + 1} isn't there`);
  const [snapshot, end, terms] = decode(DATA.opened, log.data) as readonly [number, number, RawTerms];
  const [counting, choice] = [COUNTINGS[terms.counting], CHOICES[terms.choice]];
  if (counting === undefined || choice === undefined) {
    throw incompleteLogs("board", `That of call ${number} says how it counts in a way that there isn't`);
  }
  calls.push({
    number,
    opener: addressIn(topicIn(log, 2)),
    question: terms.question,
    rules: { uri: terms.rulesURI, hash: hashOrNull(terms.rulesHash) },
    snapshot,
    end,
    isPoll: terms.ideasPerMember === 0,
    ideasPerMember: terms.ideasPerMember,
    winners: terms.winners,
    counting,
    choice,
    memberDays: terms.memberDays,
    badgeKind: terms.badgeKind === 0 ? null : terms.badgeKind,
    blockNumber: log.blockNumber,
    transaction: log.transactionHash,
  });
}

function submit(log: ChainLog, { calls, ideas }: Book): void {
  const [id, call] = [numberIn(log, 1), numberIn(log, 2)];
  if (calls[call - 1] === undefined) throw incompleteLogs("board", `That of call ${call} isn't there`);
  const author = topicIn(log, 3) === NOBODY ? null : addressIn(topicIn(log, 3));
  const [title, uri, hash] = decode(DATA.submitted, log.data) as readonly [string, string, string];
  ideas.set(id, {
    id,
    name: ideaName(id),
    call,
    author,
    title,
    uri,
    contentHash: hashOrNull(hash),
    status: "submitted",
    hidden: false,
    tally: 0n,
    supporters: 0,
    steps: [stepOf(log, "submitted", { by: author })],
  });
}

function support(log: ChainLog, book: Book): void {
  const idea = draftOf(log, book);
  idea.tally += bigIntIn(wordIn(log, 0));
  idea.supporters += 1;
  const known = book.supports.get(idea.call);
  if (known === undefined) book.supports.set(idea.call, [log]);
  else known.push(log);
}

function withdraw(log: ChainLog, book: Book): void {
  const idea = draftOf(log, book);
  idea.status = "withdrawn";
  idea.steps.push(stepOf(log, "withdrawn", { by: idea.author }));
}

function hide(log: ChainLog, book: Book, hidden: boolean): void {
  const idea = draftOf(log, book);
  const [reason] = decode(DATA.hidden, log.data) as readonly [string];
  idea.hidden = hidden;
  idea.steps.push(stepOf(log, hidden ? "hidden" : "shown", { by: addressIn(topicIn(log, 2)), reason }));
}

function stepOf(
  { blockNumber, transactionHash: transaction }: ChainLog,
  what: IdeaStep["what"],
  more: Partial<IdeaStep>,
): IdeaStep {
  return { what, by: null, reason: "", uri: "", badge: null, ...more, blockNumber, transaction };
}

function toSupport(log: ChainLog): SupportEvent {
  const { blockNumber, transactionHash: transaction } = log;
  const supporter = addressIn(topicIn(log, 2));
  return { idea: numberIn(log, 1), supporter, weight: bigIntIn(wordIn(log, 0)), blockNumber, transaction };
}

/** @throws KyosoError where no log says that the idea was submitted. */
function draftOf(log: ChainLog, { ideas }: Book): Draft {
  const id = numberIn(log, 1);
  const idea = ideas.get(id);
  if (idea !== undefined) return idea;
  throw incompleteLogs("board", `That of idea ${ideaName(id)} of call ${callOfIdea(id)} isn't there`);
}

/** An address's word for nobody. */
const NOBODY = "0".repeat(WORD);

function numberIn(log: ChainLog, topic: number): number {
  return readNumber(topicIn(log, topic), 0);
}

function hashOrNull(hash: string): string | null {
  return hash === ZeroHash ? null : hash;
}

function topicOf(event: string): string {
  return fragmentOf(event).topicHash.slice(2);
}

/** Reads what isn't indexed of an event. */
function dataOf(event: string): Reader {
  const inputs: readonly ParamType[] = fragmentOf(event).inputs;
  return readerOf(inputs.filter(({ indexed }) => indexed !== true));
}

function fragmentOf(event: string) {
  const found = INTERFACES.board.getEvent(event);
  if (found === null) throw new TypeError(`IdeaBoard has no event ${event}`);
  return found;
}
