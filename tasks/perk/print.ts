import type { KindName } from "../../sdk/badges/kinds/kinds.js";
import type { Condition } from "../../sdk/pass/conditions.js";
import { conditionInWords, ruleInWords } from "../../sdk/pass/conditions.js";
import type { Perk } from "../../sdk/pass/perks.js";
import { oneLine } from "../../sdk/text.js";

/** Who gets a perk: `1 pass and 100 points, or rank 3`. */
export function showRule({ conditions }: Pick<Perk, "conditions">, kinds: readonly KindName[]): string {
  return ruleInWords(conditions, nameOf(kinds));
}

/** A condition: `2 badges of レビュー`. */
export function showCondition(condition: Condition, kinds: readonly KindName[]): string {
  return conditionInWords(condition, nameOf(kinds));
}

function nameOf(kinds: readonly KindName[]): (kind: number) => string {
  return (kind) => {
    const found = kinds.find(({ number }) => number === kind);
    return found === undefined ? `kind ${kind}` : `"${oneLine(found.name)}"`;
  };
}
