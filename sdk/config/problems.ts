import { closest, distance } from "fastest-levenshtein";
import type * as z from "../zod.js";
import type { Problem } from "../errors.js";
import { problem, isProblem } from "../errors.js";
import { quote } from "../units.js";
import { FIELDS } from "./fields.js";

/** What inside { } becomes of an amount with commas: YAML reads `{ amount: 600,000 }` as 600 and a key "000". */
export const COMMA_REMEDY =
  'inside { } a comma ends a value: put an amount in quotes, as in "600,000", or write 600_000';

/** Zod's issues as problems with a place, a message and a remedy that are ours throughout. */
export function problemsOf(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const place = placeOf(issue.path);
    switch (issue.code) {
      case "custom": {
        const told: unknown = issue.params?.problem;
        if (!isProblem(told)) throw new TypeError(`A check says "${issue.message}" without its problem`);
        return [{ place, ...told }];
      }
      case "unrecognized_keys":
        return issue.keys.map((key) => unknownKey(issue.path, key, issue.message.split(" ")));
      default:
        return [wrongKind(issue, place)];
    }
  });
}

/** `token.allocations[2].to` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./u, "");
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): Problem {
  const place = placeOf([...path, key]);
  const message = `there is no key ${quote(key)} here`;
  if (/^\d{3}(?:\.\d+)?$/u.test(key))
    return problem("key.of-comma", {
      data: { key },
      place,
      message,
      remedy: COMMA_REMEDY,
    });

  const elsewhere = sectionsWith(key);
  if (elsewhere.length !== 0) {
    const where = elsewhere.map((section) => (section === "" ? "at the top level" : `under ${section}`));
    return problem("key.elsewhere", {
      data: { key, sections: elsewhere },
      place,
      message,
      remedy: `it belongs ${where.join(" or ")}: check how far the line is indented`,
    });
  }
  const bare = known.map(bareKey);
  const nearest = closest(bareKey(key), bare);
  const near = distance(bareKey(key), nearest) <= Math.max(2, Math.floor(key.length / 3));
  const keys = `the keys here are ${known.join(", ")}`;
  return problem("key.unknown", {
    data: { key, known },
    place,
    message,
    remedy: near ? `did you mean ${known[bare.indexOf(nearest)] ?? nearest}? ${keys}` : keys,
  });
}

/** What people may write differently: voting_period, Voting-Period. */
function bareKey(key: string): string {
  return key.toLowerCase().replaceAll(/[_\s-]/gu, "");
}

/** Sections in which `key` would be right; "" is the top level. */
function sectionsWith(key: string): string[] {
  const sections = new Set<string>();
  for (const field of Object.keys(FIELDS)) {
    const steps = field.split(".");
    const index = steps.indexOf(key);
    if (index >= 0) sections.add(steps.slice(0, index).join("."));
  }
  return [...sections];
}

/** A section or a list that is something else. */
function wrongKind(issue: z.core.$ZodIssue, place: string): Problem {
  const text = typeof issue.input === "string" ? issue.input : undefined;
  const keys = issue.message.split(" ");
  const value = text === undefined ? "is" : `${quote(text)} is`;
  if (issue.code === "invalid_type" && issue.expected === "array") {
    return problem("value.not-list", {
      data: { text },
      place,
      message: `${value} no list`,
      remedy: 'write one entry per line, each beginning with "- "',
    });
  }
  return problem("value.not-section", {
    data: { text, keys },
    place,
    message: `${value} no section with keys of its own`,
    remedy: `write keys below it, indented: ${keys.join(", ")}`,
  });
}
