import type { Idea, IdeaCall, IdeaEvents, LiveDao } from "@kyoso/sdk";
import {
  callOfIdea,
  fromBoard,
  ideaCallsIn,
  isOf,
  KyosoError,
  readAdoptions,
  readIdea,
  readKindNames,
  readSomeIdeas,
  readVoices,
  oneLine,
  textInURI,
  unbroken,
  visible,
} from "@kyoso/sdk";
import type {
  IdeaCallsView,
  IdeaCallSummary,
  IdeaCallView,
  IdeaSummary,
  IdeaView,
  Turnout,
  YoungVoices,
} from "../ideaAnswers.js";
import { answerOf, readTitlesOf } from "./common.js";

/** Of hidden ideas as many are named. */
const MOST_HIDDEN = 50;

/** All calls; none where the DAO has no board. */
export async function readIdeaCallList(live: LiveDao): Promise<IdeaCallsView> {
  if (live.record.modules?.board === undefined) return { ...answerOf(live), open: [], over: [] };
  const calls = await fromBoard(live, async (events) =>
    (await ideaCallsIn(live, events)).map((call) => summaryOf(call, events.ideas)),
  );
  return {
    ...answerOf(live),
    open: calls.filter(({ state }) => state !== "final").sort((one, other) => nextOf(one) - nextOf(other)),
    over: calls.filter(({ state }) => state === "final").reverse(),
  };
}

/** When a call goes on to what comes next. */
function nextOf({ state, snapshot, end }: IdeaCallSummary): number {
  return state === "ideas" ? snapshot : end;
}

function summaryOf(call: IdeaCall, ideas: ReadonlyMap<number, IdeaEvents>): IdeaCallSummary {
  const { number, question, state, snapshot, end, isPoll, ideas: count, winners, counting, leaders } = call;
  return {
    ...{ number, state, snapshot, end, isPoll, winners, counting },
    question: oneLine(question),
    ideas: count,
    leaders: leaders.map(({ idea, name, tally }) => {
      const { title = "", hidden = false } = ideas.get(idea) ?? {};
      return { name, title: hidden ? null : oneLine(title), tally };
    }),
  };
}

/** Which ideas of a call are looked at. */
export interface LookedAt {
  readonly number: number;
  /** How many of them. */
  readonly shown: number;
  /** What is in their titles; empty for all. */
  readonly find: string;
}

/** A call with as many of its ideas as are looked at; null where there is none of the number. */
export async function readIdeaCallPage(live: LiveDao, looked: LookedAt): Promise<IdeaCallView | null> {
  const read = await knownOnly(() =>
    readSomeIdeas(live, looked.number, (call, { ideas, voices }) => {
      const chosen = chooseIdeas(call, ideas, looked);
      const { badgeKind } = call;
      // Asked in the same request as the ideas themselves.
      const beside = Promise.all([
        readTitlesOf(live, authorsOf(chosen.wanted)),
        badgeKind === null ? undefined : readKindNames(live, new Set([badgeKind])),
      ]);
      // Whoever waits for it is told; where the ideas can't be read, nobody does.
      beside.catch(() => undefined);
      return {
        ...chosen,
        beside,
        turnout: turnoutOf(voices()),
        summary: summaryOf(call, new Map(ideas.map((idea) => [idea.id, idea]))),
      };
    }),
  );
  if (read === null) return null;
  const { call, chosen, ideas } = read;
  const { rules, ideasPerMember, choice, memberDays, badgeKind } = call;
  const [authors, kinds] = await chosen.beside;
  const shown = ideas.map((idea) => ideaOf(idea, authors, chosen.tied));
  const isListed = new Set(chosen.list);
  return {
    ...answerOf(live),
    ...chosen.summary,
    ...{ ideasPerMember, choice, memberDays },
    rules: unbroken(rules.uri),
    badge: badgeKind === null ? null : (kinds?.get(badgeKind) ?? null),
    turnout: chosen.turnout,
    list: shown.filter(({ id }) => isListed.has(id)),
    found: chosen.found,
    hidden: shown.filter(({ id }) => !isListed.has(id)),
    hiddenCount: chosen.hiddenCount,
    withdrawn: chosen.withdrawn,
  };
}

function chooseIdeas(call: IdeaCall, ideas: readonly IdeaEvents[], { shown, find }: LookedAt) {
  const rank = new Map(call.leaders.map(({ idea }, i) => [idea, i]));
  const there = ideas.filter(({ status }) => status !== "withdrawn");
  const wanted = plain(find);
  // One that wins has its place, also where it is asked not to be shown: who counts along has to come to the same.
  const listed = there.filter(
    ({ id, hidden, title }) =>
      (!hidden || rank.has(id)) && (wanted === "" || (!hidden && plain(title).includes(wanted))),
  );
  const hidden = there.filter((idea) => idea.hidden && !rank.has(idea.id));
  const sorted =
    call.state === "ideas" && !call.isPoll
      ? listed.toReversed()
      : listed.toSorted(
          (one, other) =>
            (rank.get(one.id) ?? Infinity) - (rank.get(other.id) ?? Infinity) ||
            (one.tally === other.tally ? one.id - other.id : one.tally > other.tally ? -1 : 1),
        );
  const list = sorted.slice(0, shown);
  const folded = hidden.slice(0, MOST_HIDDEN);
  return {
    wanted: [...list, ...folded],
    list: list.map(({ id }) => id),
    found: listed.length,
    hiddenCount: hidden.length,
    withdrawn: ideas.length - there.length,
    tied: tiedIn(there),
  };
}

/** What several ideas of a call have the same of. */
function tiedIn(ideas: readonly { readonly tally: bigint }[]): ReadonlySet<bigint> {
  const [once, tied] = [new Set<bigint>(), new Set<bigint>()];
  for (const { tally } of ideas) (once.has(tally) ? tied : once).add(tally);
  tied.delete(0n);
  return tied;
}

/** Titles are found as people write them, in wide letters or narrow ones. */
function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

function turnoutOf(voices: ReadonlyMap<string, bigint>): Turnout {
  return { count: voices.size, weight: [...voices.values()].reduce((sum, weight) => sum + weight, 0n) };
}

/** Those who put ideas forward; options of polls are nobody's. */
function authorsOf(ideas: readonly Pick<Idea, "author">[]): string[] {
  return ideas.flatMap(({ author }) => author ?? []);
}

function ideaOf(
  idea: Omit<Idea, "steps"> & {
    readonly steps: readonly { readonly what: string; readonly reason: string }[];
  },
  titles: ReadonlyMap<string, string>,
  tied: ReadonlySet<bigint>,
): IdeaSummary {
  const { id, name, title, author, status, hidden, tally, supporters, rank, steps } = idea;
  return {
    ...{ id, name, author, status, tally, supporters, rank },
    title: oneLine(title),
    authorTitle: author === null ? null : (titles.get(author) ?? null),
    hidden: hidden ? oneLine(steps.findLast(({ what }) => what === "hidden")?.reason ?? "") : null,
    isTied: tied.has(tally),
  };
}

/** How many of those who support anything are members for a short time; null where there is no such call. */
export async function readYoungVoices(live: LiveDao, number: number): Promise<YoungVoices | null> {
  const found = await knownOnly(() => readVoices(live, number));
  return found === null ? null : { count: found.count, young: found.young, strangers: found.strangers };
}

/** An idea's whole life; null where there is no such idea. */
export async function readIdeaPage(live: LiveDao, id: number): Promise<IdeaView | null> {
  const found = await knownOnly(async () =>
    Promise.all([readIdea(live, id), readAdoptions(live, id), readBeside(live, id)]),
  );
  if (found === null) return null;
  const [{ call, idea }, adoptions, { turnout, tied, summary }] = found;
  const { badgeKind } = call;
  const [titles, kinds] = await Promise.all([
    readTitlesOf(live, authorsOf([idea])),
    badgeKind === null ? undefined : readKindNames(live, new Set([badgeKind])),
  ]);
  const kind = badgeKind === null ? null : (kinds?.get(badgeKind) ?? null);
  const text = textInURI(idea.uri);
  return {
    ...answerOf(live),
    ...ideaOf(idea, titles, tied),
    call: summary,
    turnout,
    text: text === undefined ? null : visible(text),
    uri: text === undefined ? unbroken(idea.uri) : "",
    steps: idea.steps.map(({ what, by, reason, uri, badge, at }) => ({
      ...{ what, by, at },
      reason: oneLine(reason),
      uri: unbroken(uri),
      badge: badge === null ? null : kind,
    })),
    proposals: adoptions.map(({ number, title, state, veto, snapshot }) => ({
      ...{ number, title, state },
      at: snapshot,
      vetoed: veto?.reason ?? null,
    })),
  };
}

/** What the call of an idea says of it: how many take part, what others have the same, and what was asked. */
async function readBeside(live: LiveDao, id: number) {
  const { chosen } = await readSomeIdeas(live, callOfIdea(id), (call, { ideas, voices }) => ({
    wanted: [],
    turnout: turnoutOf(voices()),
    tied: tiedIn(ideas.filter(({ status }) => status !== "withdrawn")),
    summary: summaryOf(call, new Map(ideas.map((idea) => [idea.id, idea]))),
  }));
  return chosen;
}

/** What is read of a call or an idea; null where there is none. */
async function knownOnly<Found>(read: () => Promise<Found>): Promise<Found | null> {
  try {
    return await read();
  } catch (error) {
    const isUnknown =
      error instanceof KyosoError &&
      error.problems.some(
        (each) =>
          isOf(each, "idea-call.unknown") || isOf(each, "idea.unknown") || isOf(each, "dao.no-module"),
      );
    if (isUnknown) return null;
    throw error;
  }
}
