import { ZeroAddress } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { ChainLog } from "../chain/packedLogs.js";
import type { Read } from "../chain/reads.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { addressOf } from "../modules/module.js";
import type { IdeaStatus, RawRules } from "./choices.js";
import { CHOICES, COUNTINGS, IDEA_STATUSES } from "./choices.js";
import type { BoardEvents, CallEvents, IdeaEvents, IdeaStep } from "./events.js";
import { readBoardEvents } from "./events.js";
import { ideaName } from "./names.js";

/** Where a call is: ideas are taken, then support, and then its result is final. */
export type CallState = "ideas" | "support" | "final";

/** An idea that wins at this moment, and with how much. */
export interface Leader {
  readonly idea: number;
  readonly name: string;
  readonly tally: bigint;
}

/** A call as it stands. */
export interface IdeaCall extends CallEvents {
  readonly state: CallState;
  /** How many ideas it has, withdrawn ones included. */
  readonly ideas: number;
  /** Whether a passed proposal opened it: its badges are awarded whoever issues others. */
  readonly byTreasury: boolean;
  /** The ideas that win at this moment, the highest first: the chain's own answer. */
  readonly leaders: readonly Leader[];
}

/** An idea as it stands, compared with what the chain says of it. */
export interface Idea extends IdeaEvents {
  /** Its place among the winners at this moment, from 1; null where it doesn't win. */
  readonly rank: number | null;
}

/** A call with all its ideas, in the order in which they were submitted. */
export interface CallWithIdeas extends IdeaCall {
  readonly list: readonly Idea[];
}

/** As `callOf` returns it. */
interface RawCall extends RawRules {
  readonly snapshot: number;
  readonly end: number;
  readonly ideas: number;
  readonly byTreasury: boolean;
}

/** As `ideaOf` returns it. */
interface RawIdea {
  readonly author: string;
  readonly tally: bigint;
  readonly status: number;
  readonly hidden: boolean;
}

/** As `winnersOf` returns it. */
type RawWinners = readonly { readonly idea: bigint; readonly tally: bigint }[];

/** Reads all calls, the first one first, as of the block that the DAO was opened at. */
export async function readIdeaCalls(live: LiveDao): Promise<IdeaCall[]> {
  return fromBoard(live, (events) => ideaCallsIn(live, events));
}

/**
 * Reads a call and its ideas.
 *
 * @throws KyosoError where there is no such call.
 */
export async function readIdeaCall(live: LiveDao, number: number): Promise<CallWithIdeas> {
  const { call, ideas } = await readSomeIdeas(live, number, (_, { ideas: wanted }) => ({ wanted }));
  return { ...call, list: ideas };
}

/** What the logs say of a call's ideas, in the order in which they were submitted, and of who supports them. */
export interface CallLogs {
  readonly ideas: readonly IdeaEvents[];
  /** What each of them weighs: see {@link BoardEvents.voicesOf}. */
  readonly voices: () => ReadonlyMap<string, bigint>;
}

/** Which ideas of a call are wanted; and what else is to be known of all of them. */
export interface WantedIdeas {
  readonly wanted: readonly IdeaEvents[];
}

/**
 * Reads a call and some of its ideas: of ten thousand nobody looks at all, and the board is asked only for those that are looked at.
 * Who leads is the board's own answer, whatever the logs say.
 *
 * @throws KyosoError where there is no such call.
 */
export async function readSomeIdeas<Chosen extends WantedIdeas>(
  live: LiveDao,
  number: number,
  choose: (call: IdeaCall, logs: CallLogs) => Chosen,
): Promise<{ readonly call: IdeaCall; readonly chosen: Chosen; readonly ideas: readonly Idea[] }> {
  return fromBoard(live, async (events) => {
    const calls = await ideaCallsIn(live, events);
    const call = calls[number - 1];
    if (call === undefined) throw unknownCall(number, calls.length);
    const own = [...events.ideas.values()].filter((idea) => idea.call === number);
    const chosen = choose(call, { ideas: own, voices: () => events.voicesOf(number) });
    return { call, chosen, ideas: await compared(live, chosen.wanted, call.leaders) };
  });
}

/** What happened to an idea, with the time of it. */
export interface TimedStep extends IdeaStep {
  /** Timestamp. */
  readonly at: number;
}

/** An idea, the call that it is of, and its whole life. */
export interface IdeaLife {
  readonly call: IdeaCall;
  readonly idea: Omit<Idea, "steps"> & { readonly steps: readonly TimedStep[] };
}

/**
 * Reads an idea's whole life.
 *
 * @throws KyosoError where there is no such idea.
 */
export async function readIdea(live: LiveDao, id: number): Promise<IdeaLife> {
  const { call, idea } = await fromBoard(live, async (events) => {
    const calls = await ideaCallsIn(live, events);
    const found = events.ideas.get(id);
    const of = calls[(found?.call ?? 0) - 1];
    if (found === undefined || of === undefined) throw unknownIdea(id);
    const [one] = await compared(live, [found], of.leaders);
    if (one === undefined) throw unknownIdea(id);
    return { call: of, idea: one };
  });
  const numbers = [...new Set(idea.steps.map(({ blockNumber }) => blockNumber))];
  const blocks = await Promise.all(numbers.map((number) => live.provider.getBlock(number)));
  const times = new Map(numbers.map((number, i) => [number, blocks[i]?.timestamp ?? 0]));
  const steps = idea.steps.map((step) => ({ ...step, at: times.get(step.blockNumber) ?? 0 }));
  return { call, idea: { ...idea, steps } };
}

/** What was read of logs already: several questions are about the same ones. */
const known = new WeakMap<readonly ChainLog[], BoardEvents>();

/** Reads what a board has logged, and compares how much there is with what it counts. */
export async function fromBoard<Found>(
  live: LiveDao,
  read: (events: BoardEvents) => Promise<Found>,
): Promise<Found> {
  return fromLogs(live, "board", (all) => {
    const logs = logsUntil(all, live.block);
    const events = known.get(logs) ?? readBoardEvents(logs);
    known.set(logs, events);
    return read(events);
  });
}

/**
 * All calls of a board's logs, as they stand.
 *
 * @throws KyosoError where the board says that there are other calls, or other numbers of ideas.
 */
export async function ideaCallsIn(live: LiveDao, events: BoardEvents): Promise<IdeaCall[]> {
  const { calls, ideas } = events;
  const counting = live.readMany<bigint>([boardRead(live, "callCount", [])]);
  const reading = Promise.all([
    live.readMany<RawCall>(calls.map(({ number }) => boardRead(live, "callOf", [number]))),
    live.readMany<RawWinners>(calls.map(({ number }) => boardRead(live, "winnersOf", [number]))),
  ]);
  // A call that there isn't can't be read: then it is said what is wrong.
  reading.catch(() => undefined);
  const [count = 0n] = await counting;
  if (count !== BigInt(calls.length)) {
    throw incompleteLogs("board", `They show ${calls.length} calls, and the board has counted ${count}`);
  }
  const counts = new Map<number, number>();
  for (const { call } of ideas.values()) counts.set(call, (counts.get(call) ?? 0) + 1);
  const [raw, winners] = await reading;
  return calls.map((call, i) => {
    const [told, own] = [raw[i], counts.get(call.number) ?? 0];
    if (told?.ideas !== own || !sameTerms(call, told)) {
      throw incompleteLogs("board", `They don't agree with what the board says of call ${call.number}`);
    }
    return {
      ...call,
      state: stateAt(call, live.now),
      ideas: own,
      byTreasury: told.byTreasury,
      leaders: (winners[i] ?? []).map(({ idea, tally }) => ({
        idea: Number(idea),
        name: ideaName(idea),
        tally,
      })),
    };
  });
}

/** Whether a call was opened as the board has kept it. Texts it keeps none of. */
function sameTerms(call: CallEvents, told: RawCall): boolean {
  return (
    told.snapshot === call.snapshot &&
    told.end === call.end &&
    told.winners === call.winners &&
    told.ideasPerMember === call.ideasPerMember &&
    COUNTINGS[told.counting] === call.counting &&
    CHOICES[told.choice] === call.choice &&
    told.memberDays === call.memberDays &&
    told.badgeKind === (call.badgeKind ?? 0)
  );
}

/** @throws KyosoError where the board says anything else of one of them than its logs do. */
async function compared(
  live: LiveDao,
  ideas: readonly IdeaEvents[],
  leaders: readonly Leader[],
): Promise<Idea[]> {
  const raw = await live.readMany<RawIdea>(ideas.map(({ id }) => boardRead(live, "ideaOf", [id])));
  return ideas.map((idea, i) => {
    const told = raw[i];
    const same =
      told?.tally === idea.tally &&
      told.hidden === idea.hidden &&
      told.author === (idea.author ?? ZeroAddress) &&
      statusOf(told.status) === idea.status;
    if (!same)
      throw incompleteLogs("board", `They don't agree with what the board says of idea ${idea.name}`);
    const place = leaders.findIndex((leader) => leader.idea === idea.id);
    return { ...idea, rank: place === -1 ? null : place + 1 };
  });
}

/** Where a call is at a moment. */
export function stateAt({ snapshot, end }: Pick<CallEvents, "snapshot" | "end">, now: number): CallState {
  if (now < snapshot) return "ideas";
  return now < end ? "support" : "final";
}

function statusOf(value: number): IdeaStatus | undefined {
  const status = IDEA_STATUSES[value];
  return status === "none" ? undefined : status;
}

/** A view function of a board. */
export function boardRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: boardAddress(live), interface: INTERFACES.board, name, args };
}

/**
 * Where the DAO's board of ideas is.
 *
 * @throws KyosoError where it has none.
 */
export function boardAddress({ record }: Pick<LiveDao, "record">): string {
  return addressOf(record, "board");
}

/** That there is no such call. */
export function unknownCall(call: number, count: number): KyosoError {
  return KyosoError.of("idea-call.unknown", {
    data: { call, count },
    place: `call ${call}`,
    message: "There is no such call",
    remedy:
      count === 0
        ? "None has been opened yet: `npx hardhat idea call` opens one."
        : `They are numbered from 1 to ${count}: \`npx hardhat idea list\` shows them.`,
  });
}

/** That there is no such idea. */
export function unknownIdea(id: number): KyosoError {
  return KyosoError.of("idea.unknown", {
    data: { idea: ideaName(id) },
    place: `idea ${ideaName(id)}`,
    message: "There is no such idea",
    remedy: "See which there are: `npx hardhat idea list`.",
  });
}
