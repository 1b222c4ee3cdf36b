import { inPlace, KyosoError } from "../errors.js";
import { parseDuration, quote } from "../units.js";

// The year first, as only then it is clear which number is the month.
const DATE =
  /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})([/.])(\d{1,2})\5(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日)(?:[ T](\d{2}:\d{2})(:\d{2})?)?\s*(?:UTC|Z)?$/u;

/**
 * Reads a moment in UTC: "2027-04-01" (its first second), "2027-04-01 09:00"; also as "2027/4/1" or "2027年4月1日".
 *
 * @param place Where the text comes from, for messages.
 * @returns A timestamp.
 */
export function parseMoment(text: string, place: string): number {
  const found = DATE.exec(text.trim().normalize("NFKC")) ?? [];
  const [year, month, day] = [
    found[1] ?? found[4] ?? found[8],
    found[2] ?? found[6] ?? found[9],
    found[3] ?? found[7] ?? found[10],
  ];
  const [time = "00:00", seconds = ":00"] = [found[11], found[12]];
  const date = [year, month?.padStart(2, "0"), day?.padStart(2, "0")].join("-");
  const at = year === undefined ? NaN : Date.parse(`${date}T${time}${seconds}Z`);
  // Engines read "2027-02-30" as 2 March.
  if (!Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date) return at / 1000;
  throw KyosoError.of("moment.unreadable", {
    data: { text },
    place,
    message: `${quote(text)} isn't a moment`,
    remedy: 'Write it in UTC, as in "2027-04-01" or "2027-04-01 09:00".',
  });
}

/** Also what can be read in two ways: it is a date that is written wrong, and no duration. */
const LIKE_A_DATE = /^\d{1,4}(?:[-/.]\d|年)/u;

/**
 * Reads a moment in the future: a duration from now on, or a date.
 *
 * @param now A timestamp.
 * @param longest How many seconds ahead it may be.
 * @returns A timestamp.
 */
export function parseFuture(text: string, now: number, longest: number, place: string): number {
  const at = LIKE_A_DATE.test(text.trim().normalize("NFKC"))
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
