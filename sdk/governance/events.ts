import { keccak256, ParamType, toUtf8String, Utf8ErrorFuncs } from "ethers";
import { INTERFACES } from "../calls/known.js";
import {
  addressIn,
  bigIntIn,
  bytesOf,
  decode,
  readBigInt,
  readBytesAt,
  readerOf,
  readNumber,
  WORD,
} from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { topicIn, wordIn } from "../chain/packedLogs.js";
import { incompleteLogs } from "../chain/whole.js";
import { KyosoError } from "../errors.js";
import { oneLine } from "../text.js";

/** How a ballot is marked, in the order of the governor's enum. */
export const SUPPORTS = ["against", "for", "abstain"] as const;
export type Support = (typeof SUPPORTS)[number];

/** A ballot that was cast. */
export interface ProposalVote {
  readonly voter: string;
  readonly support: Support;
  /** Votes, in the token's smallest unit; 0 for somebody who had none. */
  readonly weight: bigint;
  /** Empty where none was given. */
  readonly reason: string;
  readonly blockNumber: number;
  readonly transactionHash: string;
}

export interface Veto {
  readonly guardian: string;
  readonly reason: string;
}

/** Votes in the token's smallest unit. */
export type Tally = Readonly<Record<Support, bigint>>;

/**
 * What the governor's logs say of a proposal: all but the states that come with time. Times are timestamps. What a list of
 * a thousand proposals doesn't show, as what they call and who voted why, is read from the logs when it is asked for.
 */
export interface ProposalEvents {
  /** 1 for the first that was made, and so on. */
  readonly number: number;
  /** What the governor calls it: a decimal number of up to 78 digits. */
  readonly id: string;
  readonly proposer: string;
  readonly targets: readonly string[];
  /** Wei. */
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  /** Of the whole description, as it is on the chain. */
  readonly descriptionHash: string;
  /** Its first heading, or its first line. On one line, not empty. */
  readonly title: string;
  /** Markdown, without the mark of its proposer at the end. */
  readonly description: string;
  /** Whose votes count is decided then; they can be cast from the second after it. */
  readonly snapshot: number;
  /** Last second in which votes can be cast, extensions included. */
  readonly deadline: number;
  /** Whether a late quorum moved the deadline. */
  readonly extended: boolean;
  /** From when on it can be executed; undefined for one that was never queued. */
  readonly eta: number | undefined;
  readonly tally: Tally;
  /** How many voted. */
  readonly voters: number;
  /** In the order in which they were cast. */
  readonly votes: readonly ProposalVote[];
  /** Who vetoed it, and why. */
  readonly veto: Veto | undefined;
  /** Hashes of the transactions that moved it on. */
  readonly transactions: Readonly<Partial<Record<"propose" | "queue" | "execute" | "cancel", string>>>;
  /** The final state that somebody brought about. */
  readonly end: "Executed" | "Canceled" | undefined;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A proposal while its logs are read. */
interface Draft {
  readonly events: Writable<ProposalEvents> & {
    readonly tally: Writable<Tally>;
    readonly transactions: Writable<ProposalEvents["transactions"]>;
  };
  /** Logs of the votes. */
  readonly votes: ChainLog[];
}

/** Drafts by the word that the governor's logs name them by. */
type Drafts = Map<string, Draft>;

// What isn't indexed of the events. Texts are read as bytes, which look the same: one that isn't UTF-8, as anybody can
// send with a vote, must not keep all others from being read; and the hash of a description is that of its bytes.
const CALLS = readerOf(
  ["uint256", "address", "address[]", "uint256[]", "bytes[]", "bytes[]"].map((type) => ParamType.from(type)),
);
const SUPPORT_WORDS = new Map(SUPPORTS.map((support, i) => [i.toString(16).padStart(WORD, "0"), support]));
const strictly = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads proposals from the governor's logs, each of them once. In the order in which the proposals were made.
 *
 * @throws KyosoError where a log says something else than what was proposed, or of a proposal that no log says was made.
 */
export function readEvents(logs: readonly ChainLog[]): ProposalEvents[] {
  const drafts: Drafts = new Map();
  for (const log of logs) {
    try {
      READERS.get(topicIn(log, 0))?.(log, drafts);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw incompleteLogs("governor", `That of block ${log.blockNumber}, ${log.index}, can't be read`);
    }
  }
  return [...drafts.values()].map(({ events }) => events);
}

type Reader = (log: ChainLog, drafts: Drafts) => void;

/** What to make of an event, by the digits of its topic. */
const READERS = new Map<string, Reader>([
  [topicOf("ProposalCreated"), create],
  [topicOf("VoteCast"), vote],
  [topicOf("VoteCastWithParams"), vote],
  [
    topicOf("ProposalExtended"),
    (log, drafts) => {
      const deadline = momentIn(log, 0);
      Object.assign(draftOf(topicIn(log, 1), drafts).events, { deadline, extended: true });
    },
  ],
  [
    topicOf("ProposalQueued"),
    (log, drafts) => {
      const { events } = draftOf(idIn(log), drafts);
      events.eta = momentIn(log, 1);
      events.transactions.queue = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalExecuted"),
    (log, drafts) => {
      const { events } = draftOf(idIn(log), drafts);
      events.end = "Executed";
      events.transactions.execute = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalCanceled"),
    (log, drafts) => {
      const { events } = draftOf(idIn(log), drafts);
      events.end = "Canceled";
      events.transactions.cancel = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalVetoed"),
    (log, drafts) => {
      const reason = text(bytesIn(log, 0));
      draftOf(topicIn(log, 1), drafts).events.veto = { guardian: addressIn(topicIn(log, 2)), reason };
    },
  ],
]);

/** @throws KyosoError where no log says that the proposal was made. */
function draftOf(word: string, drafts: Drafts): Draft {
  const draft = drafts.get(word);
  if (draft !== undefined) return draft;
  throw incompleteLogs("governor", `The one in which proposal ${BigInt(`0x${word}`)} was made isn't there`);
}

function create(log: ChainLog, drafts: Drafts): void {
  const word = idIn(log);
  const { data } = log;
  const bytes = readBytesAt(data, 2 + 8 * WORD, 2);
  const hash = once(() => keccak256(bytesOf(bytes)));
  if (proposalIdOf(data, hash()) !== word) throw untrue(log);
  if (drafts.has(word))
    throw incompleteLogs("governor", `They say twice that proposal ${BigInt(`0x${word}`)} was made`);
  const whole = text(bytes);
  const mark = /#proposer=0x[0-9a-f]{40}$/iu.exec(whole);
  const description = mark === null ? whole : whole.slice(0, mark.index).trimEnd();
  const cast: ChainLog[] = [];
  const calls = once(
    () => decode(CALLS, data) as readonly [bigint, string, string[], bigint[], string[], string[]],
  );
  const votes = once(() => cast.map(readVote));
  const events: Draft["events"] = {
    number: drafts.size + 1,
    id: BigInt(`0x${word}`).toString(),
    proposer: addressIn(wordIn(log, 1)),
    get targets() {
      return calls()[2];
    },
    get values() {
      return calls()[3];
    },
    get calldatas() {
      return calls()[5];
    },
    get descriptionHash() {
      return hash();
    },
    title: titleOf(description),
    description,
    snapshot: momentIn(log, 6),
    deadline: momentIn(log, 7),
    extended: false,
    eta: undefined,
    tally: { against: 0n, for: 0n, abstain: 0n },
    voters: 0,
    get votes() {
      return votes();
    },
    veto: undefined,
    transactions: { propose: log.transactionHash },
    end: undefined,
  };
  drafts.set(word, { events, votes: cast });
}

/**
 * The id that what ProposalCreated says belongs to: the hash of it, in the form in which the governor hashes it. The lists
 * lie in the log as they do in what is hashed, so they are taken as they are; where they lie otherwise, or anything of them is
 * other than it was, another id comes out.
 */
function proposalIdOf(data: string, descriptionHash: string): string {
  const placeOf = (index: number) => 2 + 2 * readNumber(data, 2 + index * WORD);
  const [targets, values, signatures, calldatas, description] = [
    placeOf(2),
    placeOf(3),
    placeOf(4),
    placeOf(5),
    placeOf(8),
  ];
  const lists = [data.slice(targets, values), data.slice(values, signatures)];
  let place = HASHED_WORDS * (WORD / 2);
  const places = [wordOf(place)];
  for (const list of lists) places.push(wordOf((place += list.length / 2)));
  const calls = data.slice(calldatas, description);
  const hashed = [...places, descriptionHash.slice(2), ...lists, calls].join("");
  return /^(?:[0-9a-f]{2})+$/u.test(hashed) ? keccak256(bytesOf(`0x${hashed}`)).slice(2) : "";
}

/** Words at the begin of what is hashed: the places of three lists, and the hash of the description. */
const HASHED_WORDS = 4;

function wordOf(value: number): string {
  return value.toString(16).padStart(WORD, "0");
}

function untrue(log: ChainLog): KyosoError {
  const proposal = BigInt(`0x${idIn(log)}`).toString();
  return KyosoError.of("proposal.not-its-content", {
    data: { proposal, transaction: log.transactionHash },
    place: "logs of the governor",
    message: `What the node says of proposal ${proposal} isn't what was proposed: its id is the hash of its content, and this content has another one`,
    remedy:
      "The node lies, or is broken, and nothing of it was kept. Sign nothing that it shows, and use another node.",
  });
}

function vote(log: ChainLog, drafts: Drafts): void {
  const support = supportIn(log);
  const weight = bigIntIn(wordIn(log, 2));
  const draft = draftOf(idIn(log), drafts);
  // Another way of counting, after an upgrade, may know more.
  if (support === undefined) return;
  draft.events.tally[support] += weight;
  draft.events.voters += 1;
  draft.votes.push(log);
}

function readVote(log: ChainLog): ProposalVote {
  return {
    voter: addressIn(topicIn(log, 1)),
    support: supportIn(log) ?? "abstain",
    weight: bigIntIn(wordIn(log, 2)),
    reason: text(bytesIn(log, 3)),
    blockNumber: log.blockNumber,
    transactionHash: log.transactionHash,
  };
}

function supportIn(log: ChainLog): Support | undefined {
  const word = wordIn(log, 1);
  return SUPPORT_WORDS.get(word) ?? SUPPORTS[readNumber(word, 0)];
}

/** The first heading; without one, the first line that says anything. As a terminal can show it. */
export function titleOf(description: string): string {
  const title = /^# +(\S.*)$/mu.exec(description)?.[1] ?? /\S.*/u.exec(description)?.[0] ?? "";
  return title.trim() === "" ? "(no title)" : oneLine(title);
}

function topicOf(event: string): string {
  const fragment = INTERFACES.governor.getEvent(event);
  if (fragment === null) throw new TypeError(`The governor has no event ${event}`);
  return fragment.topicHash.slice(2);
}

/** The word that names a proposal, where it comes first. */
function idIn(log: ChainLog): string {
  return wordIn(log, 0);
}

/** Bytes that the data has further behind; their place is in a word of it. */
function bytesIn({ data }: ChainLog, index: number): string {
  return readBytesAt(data, 2 + index * WORD, 2);
}

/** A timestamp in a word of the data. */
function momentIn(log: ChainLog, index: number): number {
  return Number(readBigInt(wordIn(log, index), 0));
}

function text(hex: string): string {
  const bytes = bytesOf(hex);
  try {
    return strictly.decode(bytes);
  } catch {
    return toUtf8String(bytes, Utf8ErrorFuncs.replace);
  }
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
