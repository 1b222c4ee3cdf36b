import type { KindName } from "../badges/kinds/kinds.js";
import { requireKind } from "../badges/kinds/kinds.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import { textProblem } from "../label.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import { parseAmount } from "../units.js";
import type { Subject } from "./choices.js";
import type { Condition } from "./conditions.js";
import { againstOnce, toRaw } from "./conditions.js";
import { guardedPass } from "./pass.js";
import type { Perk } from "./perks.js";

/** Bytes of a perk's texts, and its bounds: contracts/pass/Perks.sol and PackedPerk.sol. */
const LONGEST_NAME = 64;
const LONGEST_URI = 256;
const MOST_CONDITIONS = 4;
const MOST_AMOUNT = 2 ** 24 - 1;
const MOST_RANK = 5;

const FORMS =
  'Write such as "1 pass", "3 badges", "2 badges of レビュー", "100 points", "50 points this season", "50 points last season", "rank 3", "30 days", "1,000 tokens"; and between alternatives "or".';

/** A perk as people describe it. */
export interface PerkTexts {
  readonly name: string;
  readonly uri: string | undefined;
  readonly once: boolean;
  /** Conditions, of which those between two "or" are all needed. */
  readonly conditions: readonly string[];
}

/** A perk that is still to be added. */
export type NewPerk = Pick<Perk, "name" | "uri" | "once" | "conditions">;

/**
 * Reads a new perk, within the contract's bounds.
 *
 * @throws KyosoError naming everything that is wrong.
 */
export function readNewPerk(texts: PerkTexts, kinds: readonly KindName[]): NewPerk {
  const [name, uri] = [texts.name.trim(), (texts.uri ?? "").trim()];
  const problems = [
    textProblem(name, "name", 1, LONGEST_NAME),
    textProblem(uri, "--uri", 0, LONGEST_URI),
  ].filter((each): each is Problem => each !== undefined);
  const conditions: Condition[] = [];
  let group = 0;
  for (const [i, text] of texts.conditions.entries()) {
    if (text.trim().toLowerCase() === "or") {
      const isBetween = conditions.some((each) => each.group === group) && i < texts.conditions.length - 1;
      if (!isBetween) {
        problems.push(
          problem("perk.or-misplaced", {
            data: {},
            place: "conditions",
            message: '"or" has no condition before it, or none behind it',
            remedy: 'Write it between conditions: "1 pass" or "rank 3".',
          }),
        );
      }
      group += 1;
      continue;
    }
    try {
      conditions.push({ ...parseCondition(text, kinds), group });
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((told) => ({ ...told, place: `condition ${quote(text)}` })));
    }
  }
  if (problems.length === 0 && (conditions.length === 0 || conditions.length > MOST_CONDITIONS)) {
    problems.push(
      problem("perk.conditions-count", {
        data: { count: conditions.length, most: MOST_CONDITIONS },
        place: "conditions",
        message:
          conditions.length === 0
            ? "There is none"
            : `There are ${conditions.length}, more than ${MOST_CONDITIONS}`,
        remedy: conditions.length === 0 ? FORMS : "Leave some out.",
      }),
    );
  }
  if (texts.once) problems.push(...againstOnce(conditions).map((found) => AGAINST_ONCE[found]()));
  if (problems.length > 0) throw new KyosoError(problems);
  return { name, uri, once: texts.once, conditions };
}

const AGAINST_ONCE = {
  mixed: () =>
    problem("perk.once-mixed", {
      data: {},
      place: "conditions",
      message:
        "Who gets it once is marked by pass or by account, and this asks for a pass or for something else",
      remedy: "Ask for a pass in each alternative, or in none.",
    }),
  "handed-on": () =>
    problem("perk.once-handed-on", {
      data: {},
      place: "conditions",
      message:
        "Tokens alone are enough for it, and can be handed on: the next account that has them would get it once more",
      remedy: 'Ask for something besides that nobody can hand on, such as "1 badge"; or leave --once out.',
    }),
} as const;

/** What a condition is about, by its words. */
const WORDS: readonly (readonly [RegExp, Subject])[] = [
  [/^pass(?:es)?$/u, "passes"],
  [/^badges?$/u, "badges"],
  [/^points?$/u, "points"],
  [/^points? this season$/u, "points this season"],
  [/^points? last season$/u, "points last season"],
  [/^(?:days?|days? of membership)$/u, "member days"],
  [/^tokens?$/u, "tokens"],
];

/**
 * Reads a condition: "2 badges of レビュー".
 *
 * @throws KyosoError where it isn't one.
 */
export function parseCondition(text: string, kinds: readonly KindName[]): Omit<Condition, "group"> {
  const written = text
    .trim()
    .normalize("NFKC")
    .replaceAll(/\s+/gu, " ")
    .replace(/^member for /iu, "");
  const [, rank] = /^rank ([\d,_]{1,12})$/iu.exec(written) ?? [];
  if (rank !== undefined) return { subject: "rank", kind: null, amount: amountIn(rank, text, MOST_RANK) };
  const [, count = "", rest = ""] = /^([\d,_]{1,12}) (.+)$/u.exec(written) ?? [];
  const [, kind] = /^badges? of (.+)$/iu.exec(rest) ?? [];
  if (kind !== undefined) {
    // Names of kinds are matched as they are written, and not in another form.
    const name = /badges? of (.+)$/iu.exec(text.trim())?.[1] ?? kind;
    const found = requireKind(name, kinds);
    return { subject: "badges of kind", kind: found.number, amount: amountIn(count, text, MOST_AMOUNT) };
  }
  const subject = WORDS.find(([word]) => word.test(rest.toLowerCase()))?.[1];
  if (subject !== undefined) return { subject, kind: null, amount: amountIn(count, text, MOST_AMOUNT) };
  throw KyosoError.of("perk.condition-unreadable", {
    data: { text },
    message: `${quote(text)} is no condition`,
    remedy: FORMS,
  });
}

function amountIn(count: string, text: string, highest: number): number {
  const amount = parseAmount(count, 0);
  if (amount >= 1n && amount <= BigInt(highest)) return Number(amount);
  throw KyosoError.of("perk.amount-out-of-range", {
    data: { text, lowest: 1, highest },
    message: `${quote(text)} asks for ${amount.toLocaleString("en")}`,
    remedy: `Write from 1 to ${highest.toLocaleString("en")}.`,
  });
}

/** Plans to add a perk. */
export function planAddPerk(live: LiveDao, { name, uri, once, conditions }: NewPerk): Plan {
  const config = { name, uri, once, conditions: conditions.map(toRaw) };
  const title = `Add the perk ${quote(name)}`;
  return { title, calls: [call(guardedPass(live), "addPerk", [config], title)] };
}

/**
 * Plans to close a perk, for ever.
 *
 * @throws KyosoError where it is closed.
 */
export function planClosePerk(live: LiveDao, { number, name, closed }: Perk): Plan {
  if (closed) {
    throw KyosoError.of("perk.closed-already", {
      data: { perk: number, name },
      place: `perk ${number} ${quote(name)}`,
      message: "It is closed already",
      remedy: "There is nothing to do.",
    });
  }
  const title = `Close the perk ${quote(name)}`;
  return { title, calls: [call(guardedPass(live), "closePerk", [number], title)] };
}
