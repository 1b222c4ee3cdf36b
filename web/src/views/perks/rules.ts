import type { Subject } from "@kyoso/sdk";
import type { Format } from "../../language/format.js";
import { catalogue } from "../../language/language.js";
import type { ConditionView } from "../../reader/answers.js";

/** Says what somebody needs of something, of which `amount` is enough. */
type Say = (amount: string, name: string, symbol: string) => string;
type Conditions = Readonly<Record<Subject | "unnamed", Say>>;

const ja: Conditions = {
  passes: (amount) => (amount === "1" ? "会員カード" : `会員カード${amount}枚`),
  badges: (amount) => (amount === "1" ? "バッジ" : `${amount}つ以上のバッジ`),
  "badges of kind": (amount, name) =>
    amount === "1" ? `「${name}」のバッジ` : `${amount}つ以上の「${name}」のバッジ`,
  points: (amount) => `${amount}ポイント以上`,
  "points this season": (amount) => `今シーズンの${amount}ポイント以上`,
  "points last season": (amount) => `前のシーズンの${amount}ポイント以上`,
  rank: (_amount, name) => `「${name}」以上の称号`,
  unnamed: (amount) => `下から${amount}番目以上の称号`,
  "member days": (amount) => `メンバーになって${amount}日以上`,
  tokens: (amount, _name, symbol) => `${amount} ${symbol}以上`,
};

const en: Conditions = {
  passes: (amount) => (amount === "1" ? "a membership card" : `${amount} membership cards`),
  badges: (amount) => (amount === "1" ? "a badge" : `${amount} badges`),
  "badges of kind": (amount, name) => (amount === "1" ? `a “${name}” badge` : `${amount} “${name}” badges`),
  points: (amount) => (amount === "1" ? "1 point" : `${amount} points`),
  "points this season": (amount) => (amount === "1" ? "1 point this season" : `${amount} points this season`),
  "points last season": (amount) => (amount === "1" ? "1 point last season" : `${amount} points last season`),
  rank: (_amount, name) => `the title “${name}” or a higher one`,
  unnamed: (amount) => `title no. ${amount} or a higher one`,
  "member days": (amount) => (amount === "1" ? "1 day as a member" : `${amount} days as a member`),
  tokens: (amount, _name, symbol) => `${amount} ${symbol}`,
};

/** What conditions say, and how they are put together. */
export const RULES = catalogue({
  ja: {
    ...ja,
    and: (all: readonly string[]) => all.join("と、"),
    or: (all: readonly string[]) => all.join("、または、"),
  },
  en: { ...en, and: (all) => all.join(" and "), or: (all) => all.join(", or ") },
});

type Rules = (typeof RULES)["ja"];

/** Conditions that are all needed, as people say them. */
export function allInWords(
  conditions: readonly ConditionView[],
  rules: Rules,
  { number }: Format,
  symbol: string,
): string {
  return rules.and(
    conditions.map(({ subject, amount, name }) => {
      const say = rules[subject === "rank" && name === null ? "unnamed" : subject];
      return say(number(amount), name ?? "", symbol);
    }),
  );
}

/** A rule as people say it: one of its groups of conditions is enough. */
export function ruleInWords(
  groups: readonly (readonly ConditionView[])[],
  rules: Rules,
  format: Format,
  symbol: string,
): string {
  return rules.or(groups.map((group) => allInWords(group, rules, format, symbol)));
}
