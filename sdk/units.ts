import { closest, distance } from "fastest-levenshtein";
import { KyosoError, problem } from "./errors.js";
import { quote } from "./text.js";

export { formatAddress, parseAddress } from "./addresses.js";
export { quote } from "./text.js";

/** Decimals of every brand token. */
export const TOKEN_DECIMALS = 18;

const DAY = 86_400n;

/** Seconds of each unit that people write, longest first. */
const DURATION_UNITS = new Map<string, bigint>([
  ["year", 365n * DAY],
  ["month", 30n * DAY],
  ["week", 7n * DAY],
  ["day", DAY],
  ["hour", 3_600n],
  ["minute", 60n],
  ["second", 1n],
]);

/** As many decimals of a unit of time as anybody would write. */
const FRACTION_DIGITS = 18;

const DURATION_EXAMPLE = 'write a number and a unit, for instance "5 days" or "1 day 12 hours"';
const DURATION_UNITS_REMEDY =
  "the units are minutes, hours, days, weeks, months (30 days) and years (365 days)";

/**
 * Reads a duration as people write it: "5 days", "1 day 12 hours", "1.5 days".
 *
 * @param text Numbers with units: seconds, minutes, hours, days, weeks, months (30 days) and years (365 days), each
 * unit at most once. Zero is possible, negative durations are not.
 * @returns Whole seconds, up to `Number.MAX_SAFE_INTEGER`.
 * @throws KyosoError for a missing or unknown unit, a unit named twice, a fraction of a second, anything else.
 */
export function parseDuration(text: string): number {
  const input = checkedText(text, "duration", DURATION_EXAMPLE);
  // The unit may be missing here, so that the message can say so.
  const parts = /(\d+)(?:\.(\d+))?\s*([^\s\d.,]*)/gu;
  if (input.replaceAll(parts, "").trim() !== "") {
    throw KyosoError.of("duration.unreadable", {
      data: { text },
      message: `${quote(text)} isn't a duration`,
      remedy: DURATION_EXAMPLE,
    });
  }
  const used = new Set<string>();
  let scaled = 0n;
  for (const [, whole = "", fraction = "", word = ""] of input.matchAll(parts)) {
    const unit = durationUnit(word, text);
    if (used.has(unit)) {
      throw KyosoError.of("duration.unit-twice", {
        data: { text, unit },
        message: `${quote(text)} names ${unit}s twice`,
        remedy: "add them up",
      });
    }
    used.add(unit);
    scaled += decimal(whole, fraction, FRACTION_DIGITS, text) * (DURATION_UNITS.get(unit) ?? 0n);
  }
  const scale = 10n ** BigInt(FRACTION_DIGITS);
  if (scaled % scale !== 0n) {
    throw KyosoError.of("duration.fraction-of-second", {
      data: { text },
      message: `${quote(text)} isn't a whole number of seconds`,
      remedy: 'write smaller units, for instance "1 day 12 hours"',
    });
  }
  return safeNumber(scaled / scale, text);
}

/**
 * A duration in days, hours, minutes and seconds: the units that are equally long for everybody. {@link parseDuration}
 * reads it back.
 *
 * @param seconds Whole seconds, not negative.
 */
export function formatDuration(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw KyosoError.of("duration.not-seconds", {
      data: { seconds },
      message: `${seconds} isn't a number of seconds`,
      remedy: "use a whole one from 0",
    });
  }
  const parts: string[] = [];
  let rest = BigInt(seconds);
  for (const unit of ["day", "hour", "minute", "second"]) {
    const length = DURATION_UNITS.get(unit) ?? 1n;
    const count = rest / length;
    rest %= length;
    if (count !== 0n) parts.push(`${count.toString()} ${unit}${count === 1n ? "" : "s"}`);
  }
  return parts.length === 0 ? "0 seconds" : parts.join(" ");
}

/**
 * Reads a percentage: "10%", "12.5%".
 *
 * @returns Basis points, hundredths of a percent. Not bounded above: what is too much depends on what it is for.
 * @throws KyosoError without the sign, with more than 2 decimals, if negative.
 */
export function parsePercent(text: string): number {
  const remedy = 'write a percentage, for instance "10%" or "12.5%"';
  const input = checkedText(text, "percentage", remedy);
  const match = /^(\d+)(?:\.(\d+))?\s*(%?)$/u.exec(input);
  if (match === null)
    throw KyosoError.of("percent.unreadable", {
      data: { text },
      message: `${quote(text)} isn't a percentage`,
      remedy,
    });
  const [, whole = "", fraction = "", sign = ""] = match;
  if (sign === "") {
    // No guess at the value: "0.1" may well be meant for 10%.
    throw KyosoError.of("percent.unit-missing", {
      data: { text },
      message: `${quote(text)} has no unit`,
      remedy: 'write the percent sign, for instance "10%"',
    });
  }
  return safeNumber(decimal(whole, fraction, 2, text), text);
}

/** Basis points as a percentage: 1,250 is "12.5%". {@link parsePercent} reads it back. */
export function formatPercent(bps: number): string {
  return `${(bps / 100).toString()}%`;
}

/**
 * Reads an amount as people write it: "1,234.5", "1_234.5", "100 SKR". "1.000" isn't guessed at: it is 1 or 1,000.
 *
 * @param text Digits, with "," or "_" between groups of three and "." before decimals, and perhaps a symbol.
 * @param decimals How many the unit has; 0 for whole numbers.
 * @param symbol What a trailing symbol has to be; without it, any will do.
 * @returns The amount in the smallest unit, that is, times 10^decimals. Not negative, not bounded above.
 * @throws KyosoError for negative amounts, exponents, too many decimals, groups that aren't of three digits (in
 * "1,5" the comma is likely meant for a decimal point), another symbol.
 */
export function parseAmount(text: string, decimals: number, symbol?: string): bigint {
  const example = decimals === 0 ? '"1,234"' : '"1,234.5"';
  const remedy = `write digits, for instance ${example}`;
  const [number = "", trailing, ...more] = checkedText(text, "amount", remedy).split(/\s+/u);
  if (/^\d[\d.,_]*e[+-]?\d+$/iu.test(number)) {
    throw KyosoError.of("amount.exponent", {
      data: { text, decimals },
      message: `${quote(text)} has an exponent`,
      remedy: `write all digits, as in ${example}`,
    });
  }
  const match = /^(\d+|\d{1,3}(?:[,_]\d{3})+)(?:\.(\d+))?$/u.exec(number);
  const spaced = trailing !== symbol && /^\d+(?:[.,]\d+)?$/u.test(trailing ?? "");
  if (spaced || (match === null && /^\d[\d,_]*(?:\.\d+)?$/u.test(number))) {
    throw KyosoError.of("amount.separator-misplaced", {
      data: { text, decimals },
      message: `${quote(text)} has a separator where none belongs`,
      remedy: `"," and "_" go between groups of three digits, "." before decimals: ${example}`,
    });
  }
  if (match === null || more.length !== 0) {
    throw KyosoError.of("amount.unreadable", {
      data: { text, decimals },
      message: `${quote(text)} isn't an amount`,
      remedy,
    });
  }
  if (trailing !== undefined && trailing !== (symbol ?? trailing)) {
    throw KyosoError.of("amount.other-symbol", {
      data: { text, number, given: trailing, symbol },
      message: `${quote(text)} is in ${quote(trailing)}, not in ${symbol ?? ""}`,
      remedy: `write "${number} ${symbol ?? ""}", or leave the symbol out`,
    });
  }
  const [, whole = "", fraction = ""] = match;
  // In much of the world, "1.000" is a thousand. A zero in front can't be one of a group.
  if (/^[1-9]\d{0,2}$/u.test(whole) && fraction.length === 3) {
    throw KyosoError.of("amount.ambiguous", {
      data: { text, decimals },
      message: `${quote(text)} can be meant in two ways`,
      remedy: `write "${whole},${fraction}" for thousands, or "${whole}.${fraction}0" for decimals`,
    });
  }
  return decimal(whole.replaceAll(/[,_]/gu, ""), fraction, decimals, text);
}

/**
 * An amount of tokens, given in their smallest unit: "1,234.5 SKR". {@link parseAmount} reads it back; that is why a number
 * below a thousand with three decimals is written with a fourth one.
 *
 * @param decimals Of the token; 18 where nothing else is said.
 */
export function formatAmount(value: bigint, symbol?: string, decimals = TOKEN_DECIMALS): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const whole = digits.slice(0, point).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
  const fraction = digits.slice(point).replace(/0+$/u, "");
  const clear = fraction.length === 3 && /^[1-9]\d{0,2}$/u.test(whole) ? `${fraction}0` : fraction;
  const number = `${value < 0n ? "-" : ""}${whole}${clear === "" ? "" : `.${clear}`}`;
  return symbol === undefined ? number : `${number} ${symbol}`;
}

/** What something costs at most, in wei: "0.089475 ETH", rounded up to the millionth. */
export function formatCost(wei: bigint): string {
  const millionth = 10n ** 12n;
  return formatAmount(((wei + millionth - 1n) / millionth) * millionth, "ETH");
}

/** What all numbers have in common: something is there, it isn't negative, it is typed in half-width characters. */
function checkedText(text: string, what: "duration" | "percentage" | "amount", remedy: string): string {
  const input = text.trim();
  if (input === "")
    throw KyosoError.of("number.empty", {
      data: { what },
      message: `the ${what} is empty`,
      remedy,
    });
  if (/^[-−]/u.test(input))
    throw KyosoError.of("number.negative", {
      data: { text, what },
      message: `${quote(text)} is negative`,
      remedy,
    });
  const half = halfWidth(input);
  if (half !== input) {
    throw KyosoError.of("number.full-width", {
      data: { text, half },
      message: `${quote(text)} has full-width characters`,
      remedy: `write half-width ones: ${quote(half)}`,
    });
  }
  return input;
}

/** Japanese keyboards type "５％" as readily as "5%". */
function halfWidth(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/gu, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ");
}

function durationUnit(word: string, text: string): string {
  if (word === "") {
    throw KyosoError.of("duration.unit-missing", {
      data: { text },
      message: `${quote(text)} has a number without a unit`,
      remedy: 'write the unit, for instance "5 days"',
    });
  }
  const unit = word.toLowerCase().replace(/s$/u, "");
  if (DURATION_UNITS.has(unit)) return unit;
  const nearest = closest(unit, [...DURATION_UNITS.keys()]);
  const near = unit.length > 2 && distance(unit, nearest) <= 2;
  throw KyosoError.of("duration.unit-unknown", {
    data: { text, unit: word, nearest: near ? nearest : undefined },
    message: `${quote(text)} has ${quote(word)} for a unit`,
    remedy: near ? `did you mean "${nearest}s"? ${DURATION_UNITS_REMEDY}` : DURATION_UNITS_REMEDY,
  });
}

/** `whole.fraction` times 10^decimals. */
function decimal(whole: string, fraction: string, decimals: number, text: string): bigint {
  const needed = decimals === 0 ? fraction : fraction.replace(/0+$/u, "");
  if (needed.length > decimals) {
    throw new KyosoError(
      decimals === 0
        ? problem("number.not-whole", {
            data: { text },
            message: `${quote(text)} isn't a whole number`,
            remedy: "leave out the decimals",
          })
        : problem("number.decimals", {
            data: { text, decimals },
            message: `${quote(text)} has more than ${decimals} decimals`,
            remedy: "round it",
          }),
    );
  }
  return BigInt(whole + needed.padEnd(decimals, "0"));
}

function safeNumber(value: bigint, text: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw KyosoError.of("number.too-large", {
      data: { text },
      message: `${quote(text)} is far too much`,
      remedy: "check the digits",
    });
  }
  return Number(value);
}
