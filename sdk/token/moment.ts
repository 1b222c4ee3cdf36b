import { inPlace, KyosoError } from "../errors.js";
import { parseDuration, quote } from "../units.js";

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?\s*(?:UTC|Z)?$/u;

/**
 * Reads a moment in UTC: "2027-04-01" (its first second), "2027-04-01 09:00".
 *
 * @param place Where the text comes from, for messages.
 * @returns A timestamp.
 */
export function parseMoment(text: string, place: string): number {
  const [, date, time = "00:00", seconds = ":00"] = DATE.exec(text.trim()) ?? [];
  const at = date === undefined ? NaN : Date.parse(`${date}T${time}${seconds}Z`);
  // Engines read "2027-02-30" as 2 March.
  if (!Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date) return at / 1000;
  throw KyosoError.of("moment.unreadable", {
    data: { text },
    place,
    message: `${quote(text)} isn't a moment`,
    remedy: 'Write it in UTC, as in "2027-04-01" or "2027-04-01 09:00".',
  });
}

/**
 * Reads a moment in the future: a duration from now on, or a date.
 *
 * @param now A timestamp.
 * @param longest How many seconds ahead it may be.
 * @returns A timestamp.
 */
export function parseFuture(text: string, now: number, longest: number, place: string): number {
  const at = /^\d{4}-/u.test(text.trim())
    ? parseMoment(text, place)
    : now + inPlace(place, () => parseDuration(text));
  if (at > now && at <= now + longest) return at;
  throw KyosoError.of("moment.out-of-range", {
    data: { text, at, earliest: now, latest: now + longest },
    place,
    message: `${quote(text)} is ${at > now ? "too far ahead" : "over already"}`,
    remedy: `Choose a moment after ${formatTimestamp(now)} and before ${formatTimestamp(now + longest)}, or a duration such as "7 days".`,
  });
}

/** `2027-04-01 09:00 UTC` */
export function formatTimestamp(timestamp: number): string {
  return `${new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
