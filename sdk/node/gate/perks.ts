import { againstOnce, groupsOf } from "../../pass/conditions.js";
import type { PerkRule } from "../../pass/perks.js";
import { problems } from "./problems.js";

type Conditions = Pick<PerkRule, "conditions">;

/** Whether any of them counts badges that have to be named. */
export function asksForKinds({ conditions }: Conditions): boolean {
  return conditions.some(({ kind }) => kind !== null);
}

/** The groups whose conditions are all met, one of which is enough. */
function groupsMet({ conditions }: Conditions, met: readonly boolean[]) {
  return groupsOf(conditions).filter((group) => group.every(({ place }) => met[place] === true));
}

/** Whether the conditions that are met are enough, as long as the perk isn't closed. */
export function isEnough(perk: Conditions, met: readonly boolean[]): boolean {
  return groupsMet(perk, met).length > 0;
}

/**
 * With how many passes a coupon is shown, each of which is marked: as many as the least group of conditions asks for that is met.
 *
 * @param met Whether each condition is met.
 */
export function passesShown(perk: Conditions, met: readonly boolean[]): number {
  const passesIn = (group: ReturnType<typeof groupsMet>[number]) =>
    Math.max(...group.map(({ condition: { subject, amount } }) => (subject === "passes" ? amount : 0)));
  return Math.min(...groupsMet(perk, met).map(passesIn));
}

/**
 * Checks that a perk can be given once, and that it is open.
 *
 * @throws KyosoError where it isn't to be given once, nothing says by what that is marked, or it could be had again with another
 * account.
 */
export function requireCoupon(number: number, { once, closed, conditions }: PerkRule): void {
  if (!once) throw problems.perkNotOnce(number);
  if (closed) throw problems.perkClosed(number);
  const [against] = againstOnce(conditions);
  if (against === "mixed") throw problems.perkMixed(number);
  if (against === "handed-on") throw problems.perkHandedOn(number);
}
