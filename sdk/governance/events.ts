import { getAddress, keccak256, toUtf8String, Utf8ErrorFuncs } from "ethers";
import type { AbiParameter, Hex } from "viem";
import { decodeAbiParameters, parseAbiParameters } from "viem";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/logCache.js";
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

/** What the governor's logs say of a proposal: all but the states that come with time. */
export interface ProposalEvents {
  readonly number: number;
  readonly id: string;
  readonly proposer: string;
  readonly targets: readonly string[];
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly descriptionHash: string;
  readonly title: string;
  readonly description: string;
  readonly snapshot: number;
  readonly deadline: number;
  readonly extended: boolean;
  readonly eta: number | undefined;
  readonly votes: readonly ProposalVote[];
  readonly veto: Veto | undefined;
  readonly transactions: Readonly<Partial<Record<"propose" | "queue" | "execute" | "cancel", string>>>;
  /** The final state that somebody brought about. */
  readonly end: "Executed" | "Canceled" | undefined;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Writable<ProposalEvents> & {
  votes: ProposalVote[];
  transactions: Writable<ProposalEvents["transactions"]>;
};

// What isn't indexed of the events. Texts are read as bytes, which look the same: one that isn't UTF-8, as anybody can
// send with a vote, must not keep all others from being read; and the hash of a description is that of its bytes.
const CREATED = parseAbiParameters(
  "uint256 id, address proposer, address[] targets, uint256[] values, bytes[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, bytes description",
);
const VOTE = parseAbiParameters("uint256 id, uint8 support, uint256 weight, bytes reason");
const TEXT = parseAbiParameters("bytes text");
const MOMENT = parseAbiParameters("uint256 moment");
const ID = parseAbiParameters("uint256 id");
const ID_AND_MOMENT = parseAbiParameters("uint256 id, uint256 moment");

/** Reads proposals from the governor's logs, each of them once. In the order in which the proposals were made. */
export function readEvents(logs: readonly ChainLog[]): ProposalEvents[] {
  const drafts = new Map<string, Draft>();
  for (const log of logs) READERS.get(log.topics[0] ?? "")?.(log, drafts);
  return [...drafts.values()];
}

type Reader = (log: ChainLog, drafts: Map<string, Draft>) => void;

/** What to make of an event, by its topic. */
const READERS = new Map<string, Reader>([
  [topicOf("ProposalCreated"), create],
  [topicOf("VoteCast"), vote],
  [topicOf("VoteCastWithParams"), vote],
  [
    topicOf("ProposalExtended"),
    (log, drafts) => {
      const draft = drafts.get(indexed(log, 1).toString());
      const [deadline] = decode(MOMENT, log);
      if (draft !== undefined) Object.assign(draft, { deadline: Number(deadline), extended: true });
    },
  ],
  [
    topicOf("ProposalQueued"),
    (log, drafts) => {
      const [id, eta] = decode(ID_AND_MOMENT, log);
      const draft = drafts.get(id.toString());
      if (draft === undefined) return;
      draft.eta = Number(eta);
      draft.transactions.queue = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalExecuted"),
    (log, drafts) => {
      const draft = drafts.get(decode(ID, log)[0].toString());
      if (draft === undefined) return;
      draft.end = "Executed";
      draft.transactions.execute = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalCanceled"),
    (log, drafts) => {
      const draft = drafts.get(decode(ID, log)[0].toString());
      if (draft === undefined) return;
      draft.end = "Canceled";
      draft.transactions.cancel = log.transactionHash;
    },
  ],
  [
    topicOf("ProposalVetoed"),
    (log, drafts) => {
      const draft = drafts.get(indexed(log, 1).toString());
      const [reason] = decode(TEXT, log);
      if (draft !== undefined) draft.veto = { guardian: addressIn(log, 2), reason: text(reason) };
    },
  ],
]);

function create(log: ChainLog, drafts: Map<string, Draft>): void {
  const [id, proposer, targets, values, , calldatas, start, end, bytes] = decode(CREATED, log);
  const whole = text(bytes);
  const mark = /#proposer=0x[0-9a-f]{40}$/iu.exec(whole);
  const description = mark === null ? whole : whole.slice(0, mark.index).trimEnd();
  drafts.set(id.toString(), {
    number: drafts.size + 1,
    id: id.toString(),
    proposer,
    targets,
    values,
    calldatas,
    descriptionHash: keccak256(bytes),
    title: titleOf(description),
    description,
    snapshot: Number(start),
    deadline: Number(end),
    extended: false,
    eta: undefined,
    votes: [],
    veto: undefined,
    transactions: { propose: log.transactionHash },
    end: undefined,
  });
}

function vote(log: ChainLog, drafts: Map<string, Draft>): void {
  const [id, support, weight, reason] = decode(VOTE, log);
  const name = SUPPORTS[support];
  // Another way of counting, after an upgrade, may know more.
  if (name === undefined) return;
  drafts.get(id.toString())?.votes.push({
    voter: addressIn(log, 1),
    support: name,
    weight,
    reason: text(reason),
    blockNumber: log.blockNumber,
    transactionHash: log.transactionHash,
  });
}

/** The first heading; without one, the first line that says anything. As a terminal can show it. */
export function titleOf(description: string): string {
  const title = /^# +(\S.*)$/mu.exec(description)?.[1] ?? /\S.*/u.exec(description)?.[0] ?? "";
  return title.trim() === "" ? "(no title)" : oneLine(title);
}

function topicOf(event: string): string {
  const fragment = INTERFACES.governor.getEvent(event);
  if (fragment === null) throw new TypeError(`The governor has no event ${event}`);
  return fragment.topicHash;
}

function decode<const Parameters extends readonly AbiParameter[]>(parameters: Parameters, log: ChainLog) {
  return decodeAbiParameters(parameters, log.data as Hex);
}

function indexed(log: ChainLog, index: number): bigint {
  return BigInt(log.topics[index] ?? 0);
}

function addressIn(log: ChainLog, index: number): string {
  return getAddress(`0x${(log.topics[index] ?? "").slice(-40)}`);
}

function text(bytes: Hex): string {
  return toUtf8String(bytes, Utf8ErrorFuncs.replace);
}
