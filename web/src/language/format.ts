import type { Language } from "@kyoso/sdk/page";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Days for which a moment is told in words; after them by its date. */
const NEAR = 14;

const ONE_VOTE = 10n ** 18n;
/** From so many on nobody asks for a fraction of one. */
const MANY_VOTES = 100n * ONE_VOTE;

/** Numbers, amounts, times and durations as a language writes them. */
export interface Format {
  readonly number: (value: number | bigint) => string;
  /** An amount in whole units, rounded down to two decimals. */
  readonly amount: (value: bigint, decimals?: number) => string;
  /** A small amount of ETH, such as what a transaction costs: two significant digits, rounded up. */
  readonly small: (wei: bigint) => string;
  /** Votes, rounded down: whole ones where there are many. */
  readonly votes: (value: bigint) => string;
  readonly percent: (basisPoints: number) => string;
  /** `2日`, `5 hours`: the largest unit that is full, rounded down. */
  readonly duration: (seconds: number) => string;
  /** `1日12時間`, `36 seconds`: all of it, as a rule says it. */
  readonly span: (seconds: number) => string;
  /** `日曜日の朝9時`, `Sunday, 9 a.m.`; further away the date. */
  readonly moment: (timestamp: number, now: number) => string;
  /** `4月13日(月) 9:00` */
  readonly exact: (timestamp: number) => string;
  readonly date: (timestamp: number, now?: number) => string;
  /** With its year: of what is promised. */
  readonly fullDate: (timestamp: number) => string;
  /** `きのう`, `Monday`, `3 April`: of something in the past. */
  readonly past: (timestamp: number, now: number) => string;
}

const made = new Map<Language, Format>();

export function formatFor(language: Language): Format {
  const known = made.get(language);
  if (known !== undefined) return known;
  const format = makeFormat(language);
  made.set(language, format);
  return format;
}

function makeFormat(language: Language): Format {
  const locale = language === "ja" ? "ja-JP" : "en-GB";
  const numbers = new Intl.NumberFormat(locale);
  const smalls = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2, roundingMode: "ceil" });
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, options);
    return (timestamp: number) => formatter.format(new Date(timestamp * 1_000));
  };
  const weekday = dates({ weekday: "long" });
  const day = dates({ month: "long", day: "numeric" });
  const full = dates({ year: "numeric", month: "long", day: "numeric" });
  const exact = dates({
    month: "long",
    day: "numeric",
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
  });
  const clock = dates({ hour: "numeric", minute: "2-digit", hour12: false });
  const unit = (name: "day" | "hour" | "minute" | "second", japanese: string) => {
    const formatter = new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" });
    return (value: number) =>
      language === "ja" ? `${numbers.format(value)}${japanese}` : formatter.format(value);
  };
  const [days, hours] = [unit("day", "日"), unit("hour", "時間")];
  const [minutes, seconds] = [unit("minute", "分"), unit("second", "秒")];
  const amount = (value: bigint, decimals = 18) => {
    const scale = 10n ** BigInt(decimals);
    const whole = value / scale;
    const cents = decimals < 2 ? 0n : ((value % scale) * 100n) / scale;
    const rest = cents === 0n ? "" : `.${cents.toString().padStart(2, "0").replace(/0$/u, "")}`;
    return `${numbers.format(whole)}${rest}`;
  };
  const daysBetween = (one: number, other: number) => Math.round((startOfDay(other) - startOfDay(one)) / DAY);
  const sameYear = (one: number, other: number) =>
    new Date(one * 1_000).getFullYear() === new Date(other * 1_000).getFullYear();
  const date = (timestamp: number, now = Date.now() / 1_000) =>
    sameYear(timestamp, now) ? day(timestamp) : full(timestamp);
  return {
    number: (value) => numbers.format(value),
    amount,
    small: (wei) => smalls.format(Number(wei) / 1e18),
    votes: (value) => amount(value >= MANY_VOTES ? value - (value % ONE_VOTE) : value),
    percent: (basisPoints) => percents.format(basisPoints / 10_000),
    duration: (time) => {
      const left = Math.max(0, time);
      if (left >= DAY) return days(Math.floor(left / DAY));
      if (left >= HOUR) return hours(Math.floor(left / HOUR));
      return minutes(Math.max(1, Math.floor(left / MINUTE)));
    },
    span: (time) => {
      const parts = [
        [days, Math.floor(time / DAY)],
        [hours, Math.floor((time % DAY) / HOUR)],
        [minutes, Math.floor((time % HOUR) / MINUTE)],
        [seconds, time % MINUTE],
      ] as const;
      const told = parts.filter(([, count]) => count > 0).map(([tell, count]) => tell(count));
      return told.length === 0 ? seconds(0) : told.join(language === "ja" ? "" : " ");
    },
    moment: (timestamp, now) => {
      const ahead = daysBetween(now, timestamp);
      const time = clock(timestamp);
      if (ahead < 0 || ahead >= NEAR) return date(timestamp, now);
      if (language === "ja") {
        const when =
          ahead === 0
            ? "きょう"
            : ahead === 1
              ? "あした"
              : ahead < 7
                ? `${weekday(timestamp)}の`
                : `${day(timestamp)}の`;
        return `${when}${partOfDay(timestamp)}${time}`;
      }
      const when =
        ahead === 0 ? "today" : ahead === 1 ? "tomorrow" : ahead < 7 ? weekday(timestamp) : day(timestamp);
      return `${when} at ${time}`;
    },
    exact,
    date,
    fullDate: full,
    past: (timestamp, now) => {
      const ago = daysBetween(timestamp, now);
      if (ago <= 0) return language === "ja" ? "きょう" : "today";
      if (ago === 1) return language === "ja" ? "きのう" : "yesterday";
      return ago < 7 ? weekday(timestamp) : date(timestamp, now);
    },
  };
}

/** Midnight before a moment, by the reader's own clock. */
function startOfDay(timestamp: number): number {
  const date = new Date(timestamp * 1_000);
  date.setHours(0, 0, 0, 0);
  return date.getTime() / 1_000;
}

/** The part of a day that Japanese names with an hour. */
function partOfDay(timestamp: number): string {
  const hour = new Date(timestamp * 1_000).getHours();
  if (hour < 5) return "夜中の";
  if (hour < 11) return "朝";
  if (hour < 17) return "";
  return "夜";
}
