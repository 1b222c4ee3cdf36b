import type { BadgeLedger } from "../badges/ledger.js";
import { incomplete, withLedger } from "../badges/ledger.js";
import { badgeRead } from "../badges/reads.js";
import { addressIn } from "../chain/abi.js";
import type { Read } from "../chain/reads.js";
import { incompleteLogs } from "../chain/whole.js";
import type { LiveDao } from "../live.js";
import { tokenRead } from "../token/holders.js";
import { boardRead, fromBoard, unknownCall } from "./board.js";
import type { SupportEvent } from "./events.js";

const DAY = 86_400;

/** Members that have their first badge for less than this at the snapshot are told apart. */
export const YOUNG_DAYS = 30;

/** What an account did in a call, and what it could do now. */
export interface Voice {
  readonly account: string;
  /** What each of its support weighs: voices, or 10^-8 tokens; 0 where it has supported nothing yet. */
  readonly weight: bigint;
  /** What its support would weigh at this moment; 0 for nothing, also before the snapshot. */
  readonly wouldWeigh: bigint;
  /** How many ideas it has submitted. */
  readonly submitted: number;
  /** What it supports, in the order of its support. */
  readonly ideas: readonly number[];
}

/** Reads what an account did in a call, as of the block that the DAO was opened at. */
export async function readVoice(live: LiveDao, call: number, account: string): Promise<Voice> {
  const [voice, wouldWeigh] = await live.readMany<RawVoice | bigint>(voiceReads(live, { call, account }));
  return voiceOf(account, voice as RawVoice, wouldWeigh as bigint);
}

/** An account, and the call in which it says something. */
export interface CallMember {
  readonly call: number;
  readonly account: string;
}

/** What an account did in a call, and what its voice there hangs on. */
export interface SupporterStanding extends Voice {
  /** The day of its first badge; undefined for none. */
  readonly since: number | undefined;
  /** How many badges it has now. */
  readonly badges: number;
  /** What it has to vote with now, in the token's smallest unit. */
  readonly votes: bigint;
}

/** Reads how accounts stand in calls that there are: one request, however many. */
export async function readSupporterStandings(
  live: LiveDao,
  members: readonly CallMember[],
): Promise<SupporterStanding[]> {
  const READS = 5;
  const read = await live.readMany<RawVoice | bigint | number>(
    members.flatMap((member) => [
      ...voiceReads(live, member),
      badgeRead(live, "memberSince", [member.account]),
      badgeRead(live, "balanceOf", [member.account]),
      tokenRead(live, "getVotes", [member.account]),
    ]),
  );
  return members.map(({ account }, i) => {
    const [voice, wouldWeigh, since, badges, votes] = read.slice(READS * i, READS * (i + 1));
    return {
      ...voiceOf(account, voice as RawVoice, wouldWeigh as bigint),
      since: Number(since) === 0 ? undefined : Number(since),
      badges: Number(badges),
      votes: votes as bigint,
    };
  });
}

function voiceReads(live: LiveDao, { call, account }: CallMember): Read[] {
  return ["voiceOf", "weightOf"].map((name) => boardRead(live, name, [call, account]));
}

function voiceOf(account: string, { weight, submitted, ideas }: RawVoice, wouldWeigh: bigint): Voice {
  return { account, weight, wouldWeigh, submitted, ideas: ideas.map(Number) };
}

/** As `voiceOf` returns it. */
interface RawVoice {
  readonly weight: bigint;
  readonly submitted: number;
  readonly ideas: readonly bigint[];
}

/** Who has a say in a call. */
export interface Voices {
  /** Accounts that support anything. */
  readonly count: number;
  /** What all support weighs together. */
  readonly weight: bigint;
  /** Those whose first badge came less than {@link YOUNG_DAYS} days before the snapshot. */
  readonly young: number;
  /** Those that have never had a badge: with votes, anybody who has some can support. */
  readonly strangers: number;
}

/**
 * Reads who supports anything in a call, and for how long they are members.
 *
 * @throws KyosoError where there is no such call.
 */
export async function readVoices(live: LiveDao, call: number): Promise<Voices> {
  return fromBoard(live, async (events) => {
    const terms = events.calls[call - 1];
    if (terms === undefined) throw unknownCall(call, events.calls.length);
    const voices = events.voicesOf(call);
    const isYoung = (since: number) => (terms.snapshot - since) / DAY < YOUNG_DAYS;
    const { members, young } = await withLedger(live, (ledger) =>
      countMembers(live, ledger, [...voices.keys()], isYoung),
    );
    return {
      count: voices.size,
      weight: [...voices.values()].reduce((sum, weight) => sum + weight, 0n),
      young,
      strangers: voices.size - members,
    };
  });
}

/** How many of some accounts, as logs name them, are members, and young ones: asked of the few that tell it of all. */
async function countMembers(
  live: LiveDao,
  ledger: BadgeLedger,
  words: readonly string[],
  isYoung: (since: number) => boolean,
): Promise<{ readonly members: number; readonly young: number }> {
  // Whose badges were moved away by a recovery is a member since later, or none.
  const moved = words.filter((word) => ledger.hasLeft(word));
  const byArrival = words
    .flatMap((word) => {
      const arrival = ledger.hasLeft(word) ? undefined : ledger.arrivalOf(word);
      return arrival === undefined ? [] : [{ word, arrival }];
    })
    .sort((one, other) => one.arrival - other.arrival);
  const [old, days] = await Promise.all([
    // Who came later isn't a member for longer.
    beginOf(byArrival.length, async (places) => {
      const since = await readSince(
        live,
        places.map((place) => byArrival[place]?.word ?? ""),
      );
      if (since.includes(0)) throw incomplete("They show badges of somebody who never had one");
      return since.map(isYoung);
    }),
    readSince(live, moved),
  ]);
  const again = days.filter((since) => since !== 0);
  return {
    members: byArrival.length + again.length,
    young: byArrival.length - old + again.filter(isYoung).length,
  };
}

/** Of so many places it is asked at once what is there: of ten thousand, two such questions find where something begins. */
const ASKED_AT_ONCE = 100;

/**
 * Where something begins that goes on to the end, among places from 0 to `count` - 1; `count` where it is nowhere.
 *
 * @param isThere Says of some of the places, in their order, whether it is there.
 */
export async function beginOf(
  count: number,
  isThere: (places: readonly number[]) => Promise<readonly boolean[]>,
): Promise<number> {
  // It is nowhere before `low`, and everywhere from `high` on.
  let [low, high] = [0, count];
  while (low < high) {
    const step = Math.ceil((high - low) / ASKED_AT_ONCE);
    const places: number[] = [];
    for (let place = low + step - 1; place < high; place += step) places.push(place);
    const first = (await isThere(places)).indexOf(true);
    const lastWithout = first === -1 ? places.length - 1 : first - 1;
    low = (places[lastWithout] ?? low - 1) + 1;
    high = places[first] ?? high;
  }
  return low;
}

/** The days on which accounts, as logs name them, got their first badges, as timestamps; 0 for never. */
async function readSince(live: LiveDao, words: readonly string[]): Promise<number[]> {
  const days = await live.readMany<bigint | number>(
    words.map((word) => badgeRead(live, "memberSince", [addressIn(word)])),
  );
  return days.map(Number);
}

/** Reads who supports an idea, in the order of their support. */
export async function readSupporters(live: LiveDao, idea: number): Promise<SupportEvent[]> {
  return fromBoard(live, async (events) => {
    const found = events.ideas.get(idea);
    if (found === undefined) return [];
    const [told] = await live.readMany<{ readonly tally: bigint }>([boardRead(live, "ideaOf", [idea])]);
    if (told?.tally !== found.tally) {
      throw incompleteLogs("board", `They don't agree with what the board says of idea ${found.name}`);
    }
    return events.supportOf(found.call, idea);
  });
}
