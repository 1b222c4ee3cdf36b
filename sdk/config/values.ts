import * as z from "../zod.js";
import { utf8Length } from "../bytes.js";
import { KyosoError, type Problem, problem } from "../errors.js";
import { parseAddress, parseAmount, parseDuration, parsePercent, quote, TOKEN_DECIMALS } from "../units.js";
import { exampleOf, fieldOf, type FieldKey } from "./fields.js";

/** A point in time: seconds after the launch, or a timestamp. */
export type Moment = { readonly after: number } | { readonly at: number };

/** A field's text into its value, or a KyosoError. */
type Parse<T> = (text: string) => T;

/** What reads the field `key`, whose bounds and example are in {@link FIELDS}. */
type ParserOf<T> = (key: FieldKey) => Parse<T>;

/** Writes a problem down in zod's list, where it gets its place. */
function report(issues: z.core.$ZodRawIssue[], told: Problem): void {
  issues.push({ code: "custom", message: told.message, params: { problem: told }, input: undefined });
}

/**
 * A field of the file, which is always text there. One that is left out, or left empty, gets the default of
 * {@link FIELDS}. A field that is wrong yields `z.NEVER`, so that the checks across fields still see the others.
 */
export function field<T>(key: FieldKey, parserOf: ParserOf<T>) {
  const parse = parserOf(key);
  return optionalField(key, parse, (issues) => {
    const text = fieldOf(key).default;
    if (text !== undefined) return parse(text);
    report(
      issues,
      problem("value.missing", {
        data: { field: key, example: exampleOf(key) },
        message: "is missing",
        remedy: `write, for instance, "${exampleOf(key)}"`,
      }),
    );
    return z.NEVER;
  });
}

/** A field without a default of its own, or with one that depends on others: `undefined` if left out. */
export function maybe<T>(key: FieldKey, parserOf: ParserOf<T>) {
  return optionalField<T | undefined>(key, parserOf(key), () => undefined);
}

function optionalField<T>(key: FieldKey, parse: Parse<T>, absent: (issues: z.core.$ZodRawIssue[]) => T) {
  return z.transform((value: unknown, ctx): T => {
    if (value === undefined || value === "") return absent(ctx.issues);
    if (typeof value !== "string") {
      const kind = Array.isArray(value) ? "a list" : "a section with keys of its own";
      report(
        ctx.issues,
        problem("value.not-single", {
          data: { field: key, kind: Array.isArray(value) ? "list" : "section", example: exampleOf(key) },
          message: `is ${kind}, where one value belongs`,
          remedy: `write, for instance, "${exampleOf(key)}"`,
        }),
      );
      return z.NEVER;
    }
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      for (const told of error.problems) report(ctx.issues, told);
      return z.NEVER;
    }
  });
}

/** Refuses what is outside the field's bounds, and says them as they are written. */
function bounded<T extends number | bigint>(key: FieldKey, parse: Parse<T>): Parse<T> {
  const { least, most } = fieldOf(key);
  return (text) => {
    const value = parse(text);
    if ((least !== undefined && value < parse(least)) || (most !== undefined && value > parse(most))) {
      const range = least === undefined ? `at most ${most ?? ""}` : `${least} to ${most ?? ""}`;
      throw KyosoError.of("value.out-of-bounds", {
        data: { field: key, text, least, most, example: exampleOf(key) },
        message: `${quote(text)} is out of bounds: ${range}`,
        remedy: `write, for instance, "${exampleOf(key)}"`,
      });
    }
    return value;
  };
}

/** What is the same for every field: no bounds, no example. */
export function plain<T>(parse: Parse<T>): ParserOf<T> {
  return () => parse;
}

/** Seconds. */
export const duration: ParserOf<number> = (key) => bounded(key, parseDuration);

/** Basis points. */
export const percent: ParserOf<number> = (key) => bounded(key, parsePercent);

export const wholeNumber: ParserOf<bigint> = (key) => bounded(key, (text) => parseAmount(text, 0));

/** As {@link wholeNumber}, where the bounds are those of a `number`. */
export const count: ParserOf<number> = (key) => {
  const parse = wholeNumber(key);
  return (text) => Number(parse(text));
};

/** Whole tokens, perhaps with their symbol. */
export function wholeTokens(symbol: string | undefined): ParserOf<bigint> {
  return (key) => bounded(key, (text) => parseAmount(text, 0, symbol));
}

/** Tokens or votes in their smallest unit, perhaps with the token's symbol. */
export function amount(symbol: string | undefined): ParserOf<bigint> {
  return (key) => bounded(key, (text) => parseAmount(text, TOKEN_DECIMALS, symbol));
}

/** As {@link amount}, but not zero. */
export function positiveAmount(symbol: string | undefined): ParserOf<bigint> {
  return (key) => (text) => {
    const value = amount(symbol)(key)(text);
    if (value === 0n) {
      throw KyosoError.of("value.zero", {
        data: { field: key, text, example: exampleOf(key) },
        message: `${quote(text)} is zero`,
        remedy: `write more than that, for instance "${exampleOf(key)}"`,
      });
    }
    return value;
  };
}

/** `value` where the field says `word`: "none", "no limit". */
export function orWord<T, U>(word: string, value: U, parserOf: ParserOf<T>): ParserOf<T | U> {
  return (key) => {
    const parse = parserOf(key);
    return (text) => (text.trim().toLowerCase() === word ? value : parse(text));
  };
}

/** A text on one line, within its bounds in bytes. */
export const label: ParserOf<string> = (key) => text(key, /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);

/** As {@link label}, on several lines. */
export const lines: ParserOf<string> = (key) =>
  text(key, /[^\P{Cc}\n\t]|[\p{Cs}\p{Noncharacter_Code_Point}]/u);

/** @param unseen What it must not have: characters that a card or a wallet can't show. */
function text(key: FieldKey, unseen: RegExp): Parse<string> {
  const most = Number(parseAmount(fieldOf(key).most ?? "0", 0));
  return (input) => {
    const value = input.trim();
    if (value === "") {
      throw KyosoError.of("text.only-spaces", {
        data: { field: key, example: exampleOf(key) },
        message: "has only spaces",
        remedy: `write, for instance, "${exampleOf(key)}"`,
      });
    }
    if (unseen.test(value)) {
      throw KyosoError.of("text.unseen-characters", {
        data: { text: value },
        message: `${quote(value)} has a line break or another character that can't be seen`,
        remedy: "write it on one line, as plain text",
      });
    }
    const bytes = utf8Length(value);
    if (bytes > most) {
      throw KyosoError.of("text.too-long", {
        data: { text: value, bytes, most },
        message: `${quote(value)} has ${bytes} bytes (${Array.from(value).length} characters), more than ${most} bytes`,
        remedy: `shorten it: a Japanese character takes 3 bytes, so that about ${Math.floor(most / 3)} fit`,
      });
    }
    return value;
  };
}

/** A link that pages and wallets can follow. */
export const link: ParserOf<string> = (key) => {
  const parse = label(key);
  return (input) => {
    const value = parse(input);
    if (!/^(?:https:\/\/|ipfs:\/\/|ar:\/\/|data:)\S+$/u.test(value)) {
      throw KyosoError.of("text.not-link", {
        data: { text: value },
        message: `${quote(value)} isn't a link`,
        remedy: 'write one that begins with "https://", "ipfs://", "ar://" or "data:", and has no spaces',
      });
    }
    return value;
  };
};

/** See {@link webAddress}. */
export const WEB_ADDRESS = /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])[^\s"'<>#@]+$/u;

/** An address that browsers ask, of HTTPS, or of this computer while one tries things out; without what would be a secret. */
export const webAddress: ParserOf<string> = (key) => {
  const parse = label(key);
  const formed = pattern(WEB_ADDRESS, 'an address that begins with "https://"');
  return (input) => formed(key)(parse(input));
};

/** A text of a given form; `form` says it in words. */
export function pattern(expression: RegExp, form: string): ParserOf<string> {
  return (key) => (input) => {
    if (!expression.test(input)) {
      throw KyosoError.of("value.wrong-form", {
        data: { field: key, text: input, form, example: exampleOf(key) },
        message: `${quote(input)} isn't possible: it takes ${form}`,
        remedy: `write, for instance, "${exampleOf(key)}"`,
      });
    }
    return input;
  };
}

export const yesOrNo: ParserOf<boolean> = (key) => {
  const word = pattern(/^\s*(?:yes|no)\s*$/iu, '"yes" or "no"')(key);
  return (input) => word(input).trim().toLowerCase() === "yes";
};

/** A checksummed address. */
export const address: ParserOf<string> = plain(parseAddress);

/** A duration after the launch, or a date: its first second in UTC. */
export const moment: ParserOf<Moment> = (key) => {
  const after = duration(key);
  return (input) => {
    const date = input.trim();
    if (!/^\d{4}\D\d{1,2}\D\d{1,2}/u.test(date)) return { after: after(input) };
    const at = Date.parse(`${date}T00:00:00Z`);
    // Engines read "2027-02-30" as 2 March.
    if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) {
      throw KyosoError.of("value.not-date", {
        data: { text: input },
        message: `${quote(input)} isn't a date`,
        remedy: 'write year, month and day, as in "2027-04-01"',
      });
    }
    return { at: at / 1000 };
  };
};
