// What people type into a form, as the files of `proposal create` have it: those are written in English.

/** Units of time as they are written in Japanese, longest first. */
const UNITS: readonly (readonly [written: RegExp, unit: string])[] = [
  [/年間?/u, "years"],
  [/[かヶケカヵ]月間?/u, "months"],
  [/週間?/u, "weeks"],
  [/日間?/u, "days"],
  [/時間/u, "hours"],
  [/分間?/u, "minutes"],
  [/秒間?/u, "seconds"],
];

/** Wide letters and digits are the same letters and digits: a Japanese keyboard types them. */
export function plain(text: string): string {
  return text.normalize("NFKC").trim();
}

/** `7 days` of `7日`, `1 days 12 hours` of `１日と12時間`. What isn't a duration stays as it is: the check says so. */
export function durationOf(text: string): string {
  const found = UNITS.reduce(
    (all, [written, unit]) => all.replace(written, ` ${unit} `),
    plain(text).replaceAll(/(?<=\D)と(?=\d)/gu, " "),
  );
  return found.replaceAll(/\s+/gu, " ").trim();
}

/** `4%` of `4`, `4％` and `4パーセント`. */
export function percentOf(text: string): string {
  return plain(text)
    .replace(/\s*パーセント$/u, "%")
    .replace(/^([\d.,]+)$/u, "$1%");
}
