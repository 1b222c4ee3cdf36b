import type { Subject } from "./choices.js";
import { SUBJECTS } from "./choices.js";

/** What somebody needs at least of something. */
export interface Condition {
  readonly subject: Subject;
  /** 0 to 3: all conditions of a group together are enough, and one group is. */
  readonly group: number;
  /** Number of a kind, where it is about badges of one; else null. */
  readonly kind: number | null;
  readonly amount: number;
}

/** A condition as the contract has it. */
export interface RawCondition {
  readonly subject: number | bigint;
  readonly group: number | bigint;
  readonly argument: number | bigint;
  readonly amount: number | bigint;
}

export function toCondition({ subject, group, argument, amount }: RawCondition): Condition {
  const known = SUBJECTS[Number(subject)];
  if (known === undefined) throw new RangeError("The pass names a subject that is not known");
  return {
    subject: known,
    group: Number(group),
    kind: known === "badges of kind" ? Number(argument) : null,
    amount: Number(amount),
  };
}

/** A condition as the contract takes it. */
export function toRaw({ subject, group, kind, amount }: Condition): RawCondition {
  return { subject: SUBJECTS.indexOf(subject), group, argument: kind ?? 0, amount };
}

/** The conditions of each group, with their places. */
export function groupsOf<Asked extends Pick<Condition, "group">>(conditions: readonly Asked[]) {
  const groups = new Map<number, { readonly place: number; readonly condition: Asked }[]>();
  for (const [place, condition] of conditions.entries()) {
    const known = groups.get(condition.group) ?? [];
    groups.set(condition.group, [...known, { place, condition }]);
  }
  return [...groups.values()];
}

/**
 * What stands against giving something once for conditions. Whoever gives it marks the pass, or the account: `mixed`, where nothing
 * says which of them. Badges and points stay with who earned them, and passes are marked, but tokens go from hand to hand:
 * `handed-on`, where they alone are enough.
 */
export function againstOnce(
  conditions: readonly Pick<Condition, "group" | "subject">[],
): ("mixed" | "handed-on")[] {
  const groups = groupsOf(conditions);
  const withPass = groups.filter((group) => group.some(({ condition }) => condition.subject === "passes"));
  const isMixed = withPass.length > 0 && withPass.length < groups.length;
  const isHandedOn = groups.some((group) => group.every(({ condition }) => condition.subject === "tokens"));
  return [...(isMixed ? (["mixed"] as const) : []), ...(isHandedOn ? (["handed-on"] as const) : [])];
}

/** A condition as people read it: `2 badges of レビュー`. */
export function conditionInWords(
  { subject, kind, amount }: Condition,
  kindName: (kind: number) => string,
): string {
  const count = amount.toLocaleString("en");
  const plural = (noun: string) => `${count} ${noun}${amount === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;
  switch (subject) {
    case "passes":
      return plural("pass");
    case "badges":
      return plural("badge");
    case "badges of kind":
      return `${plural("badge")} of ${kindName(kind ?? 0)}`;
    case "points":
      return plural("point");
    case "points this season":
      return `${plural("point")} this season`;
    case "points last season":
      return `${plural("point")} last season`;
    case "rank":
      return `rank ${count}`;
    case "member days":
      return `member for ${plural("day")}`;
    case "tokens":
      return plural("token");
  }
}

/** A perk's rule as people read it: `1 pass and 100 points, or rank 3`. */
export function ruleInWords(conditions: readonly Condition[], kindName: (kind: number) => string): string {
  const groups = [...new Set(conditions.map(({ group }) => group))].map((group) =>
    conditions
      .filter((condition) => condition.group === group)
      .map((condition) => conditionInWords(condition, kindName))
      .join(" and "),
  );
  return groups.join(", or ");
}

/** The same of what a call carries, where it can be read. */
export function conditionsInWords(value: unknown, kindName: (kind: number) => string): string {
  try {
    const raw = value as readonly (readonly [bigint, bigint, bigint, bigint])[];
    const conditions = raw.map(([subject, group, argument, amount]) =>
      toCondition({ subject, group, argument, amount }),
    );
    return conditions.length === 0 ? "none" : ruleInWords(conditions, kindName);
  } catch {
    return "conditions that there aren't";
  }
}
