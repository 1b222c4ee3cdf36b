const ENDINGS = new Map([
  ["one", "st"],
  ["two", "nd"],
  ["few", "rd"],
]);
const rules = new Intl.PluralRules("en", { type: "ordinal" });

/** `2nd`. */
export function ordinal(number: number): string {
  return `${number}${ENDINGS.get(rules.select(number)) ?? "th"}`;
}
