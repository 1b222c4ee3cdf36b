import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { FIELDS } from "../../config/fields.js";
import { count, label } from "../../config/values.js";
import type { LiveDao } from "../../live.js";
import { nameKey } from "../../sameName.js";
import { quote } from "../../units.js";
import { twice } from "../../chain/whole.js";
import { incomplete, readLedger } from "../ledger.js";
import { badgeRead } from "../reads.js";
import type { GuardedPlan } from "../plans.js";
import { guardedPlan } from "../plans.js";

/** A rung of the ladder that members climb with their points. */
export interface Title {
  readonly name: string;
  /** From how many points on a member has it; 0 for the first. */
  readonly points: number;
}

/** The title that an account has. */
export interface OwnTitle {
  /** From 1, the lowest. */
  readonly rank: number;
  readonly name: string;
}

/** A title, and how many of those who hold badges have it. */
export interface Rung extends Title {
  readonly rank: number;
  readonly members: number;
}

/** As many as fit the contract's slot. */
const MOST_TITLES = 5;

const FORM = 'Write each title as "name:points", the lowest first: "Guest:0" "常連:100" "Ambassador:1,000".';

/** The ladder, lowest title first; empty where there are no titles. As of the block that the DAO was opened at. */
export async function readTitles(live: LiveDao): Promise<Title[]> {
  const [titles = []] = await live.readMany<readonly Title[]>([badgeRead(live, "titles", [])]);
  return titles.map(({ name, points }) => ({ name, points }));
}

/** The title that comes with so many points; null where there are no titles. */
export function titleAt(titles: readonly Title[], points: number): OwnTitle | null {
  const rank = titles.filter((title) => title.points <= points).length;
  const title = titles[rank - 1];
  return title === undefined ? null : { rank, name: title.name };
}

/** The ladder with its members. Whoever holds no badge isn't counted. */
export async function readLadder(live: LiveDao): Promise<Rung[]> {
  return twice(
    () => readOnce(live),
    () => live.forgetLogs("badge"),
  );
}

async function readOnce(live: LiveDao): Promise<Rung[]> {
  const [titles, { holders }] = await Promise.all([readTitles(live), readLedger(live)]);
  const [total = 0n, ...points] = await live.readMany<bigint>([
    badgeRead(live, "totalPoints", []),
    ...holders.map((account) => badgeRead(live, "pointsOf", [account])),
  ]);
  if (points.reduce((sum, each) => sum + each, 0n) !== total) {
    throw incomplete("The points of those who hold badges don't add up to the points of all badges");
  }
  const ranks = points.map((each) => titleAt(titles, Number(each))?.rank);
  return titles.map((title, i) => ({
    rank: i + 1,
    ...title,
    members: ranks.filter((rank) => rank === i + 1).length,
  }));
}

/**
 * Reads a ladder as people write it: each title as "name:points", the lowest first; or "none".
 *
 * @throws KyosoError naming everything that is wrong, each by its text.
 */
export function parseTitles(texts: readonly string[]): Title[] {
  if (texts.length === 1 && texts[0]?.trim().toLowerCase() === "none") return [];
  const problems: Problem[] = [];
  const titles: Title[] = [];
  for (const text of texts) {
    try {
      titles.push(parseTitle(text));
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((problem) => ({ ...problem, place: `title ${quote(text)}` })));
    }
  }
  // Only a whole ladder has an order.
  if (problems.length === 0) problems.push(...orderProblems(titles));
  if (problems.length > 0) throw new KyosoError(problems);
  return titles;
}

/**
 * Plans to replace the ladder. Members' titles follow at once.
 *
 * @throws KyosoError where it is the same already.
 */
export async function planSetTitles(live: LiveDao, titles: readonly Title[]): Promise<GuardedPlan> {
  const current = await readTitles(live);
  const same =
    current.length === titles.length &&
    current.every(({ name, points }, i) => name === titles[i]?.name && points === titles[i].points);
  if (same) {
    throw KyosoError.of("titles.same-already", {
      data: { count: titles.length },
      place: "titles",
      message: titles.length === 0 ? "There are none already" : "The ladder is the same already",
      remedy: "There is nothing to do.",
    });
  }
  const title =
    titles.length === 0 ? "End the titles" : `Set the titles ${titles.map(({ name }) => name).join(", ")}`;
  return guardedPlan(live, "setTitles", [titles.map(({ name, points }) => ({ name, points }))], title);
}

function parseTitle(text: string): Title {
  // The last one, as a name may have one too; also as a Japanese keyboard writes it.
  const [, name, points] = /^(.*)[:：]([^:：]*)$/su.exec(text) ?? [];
  if (name === undefined || points === undefined) {
    throw KyosoError.of("titles.points-missing", {
      data: {},
      message: "There are no points",
      remedy: FORM,
    });
  }
  return { name: label("titles.name")(name), points: count("titles.points")(points.trim()) };
}

function* orderProblems(titles: readonly Title[]): Generator<Problem> {
  if (titles.length > MOST_TITLES) {
    yield problem("titles.too-many", {
      data: { count: titles.length, most: MOST_TITLES },
      place: "titles",
      message: `There are ${titles.length}, and a ladder has at most ${MOST_TITLES}`,
      remedy: "Leave some out.",
    });
  }
  for (const [i, { name, points }] of titles.entries()) {
    const before = titles[i - 1];
    if (before === undefined && points !== 0) {
      yield problem("titles.first-not-zero", {
        data: { name, points },
        place: `title ${quote(name)}`,
        message: `It is the first and has ${points} points, and so members with less would have no title`,
        remedy: `Give it 0, or write a lower one before it: "${FIELDS["titles.name"].example}:0".`,
      });
    } else if (before !== undefined && points <= before.points) {
      yield problem("titles.not-rising", {
        data: { name, points, before: before.points },
        place: `title ${quote(name)}`,
        message: `It has ${points} points, not more than the ${before.points} of the title before it`,
        remedy: FORM,
      });
    }
    if (titles.findIndex((other) => nameKey(other.name) === nameKey(name)) < i) {
      yield problem("titles.name-twice", {
        data: { name },
        place: `title ${quote(name)}`,
        message: "There are two of this name, or people can't tell the two apart",
        remedy: "Give one of them another name.",
      });
    }
  }
}
