import type { Read } from "../../chain/view.js";
import { MembershipPass } from "../../../typechain-types/abi/index.js";
import { problems } from "./problems.js";

const PASS = MembershipPass.createInterface();

/** What conditions ask for: the contract's enum. */
export const SUBJECT = {
  Passes: 0,
  Badges: 1,
  BadgesOfKind: 2,
  Points: 3,
  PointsThisSeason: 4,
  PointsLastSeason: 5,
  Rank: 6,
  MemberDays: 7,
  Tokens: 8,
} as const;

/** A condition of a perk, as the contract says it. */
export interface Condition {
  readonly subject: number;
  readonly group: number;
  readonly argument: number;
  readonly amount: number;
}

/** A perk, as the contract says it. */
export interface Perk {
  readonly conditions: readonly Condition[];
  readonly once: boolean;
  readonly byPass: boolean;
  readonly closed: boolean;
}

/** A view function of a membership pass. */
export function passRead(address: string, name: string, args: readonly unknown[] = []): Read {
  return { address, interface: PASS, name, args };
}

/** Whether any of them counts badges that have to be named. */
export function asksForKinds(conditions: readonly Condition[]): boolean {
  return conditions.some(({ subject }) => subject === SUBJECT.BadgesOfKind);
}

/** The conditions of each group, with their places. */
function groupsOf({ conditions }: Pick<Perk, "conditions">) {
  const groups = new Map<number, { readonly place: number; readonly condition: Condition }[]>();
  for (const [place, condition] of conditions.entries()) {
    const known = groups.get(condition.group) ?? [];
    groups.set(condition.group, [...known, { place, condition }]);
  }
  return [...groups.values()];
}

/** The groups whose conditions are all met, one of which is enough. */
function groupsMet(perk: Pick<Perk, "conditions">, met: readonly boolean[]) {
  return groupsOf(perk).filter((group) => group.every(({ place }) => met[place] === true));
}

/** Whether the conditions that are met are enough, as long as the perk isn't closed. */
export function isEnough(perk: Pick<Perk, "conditions">, met: readonly boolean[]): boolean {
  return groupsMet(perk, met).length > 0;
}

/** How many passes a group of conditions asks for. */
function passesIn(group: ReturnType<typeof groupsOf>[number]): number {
  const asked = group.map(({ condition: { subject, amount } }) => (subject === SUBJECT.Passes ? amount : 0));
  return Math.max(...asked);
}

/**
 * With how many passes a coupon is shown, each of which is marked: as many as the least group of conditions asks for that is met.
 *
 * @param met Whether each condition is met.
 */
export function passesShown(perk: Pick<Perk, "conditions">, met: readonly boolean[]): number {
  return Math.min(...groupsMet(perk, met).map(passesIn));
}

/**
 * Checks that a perk can be given once, and that it is open.
 *
 * @throws KyosoError where it isn't to be given once, nothing says by what that is marked, or it could be had again with another
 * account: badges and points stay with who earned them, and passes are marked, but tokens are handed on.
 */
export function requireCoupon(number: number, perk: Perk): void {
  if (!perk.once) throw problems.perkNotOnce(number);
  if (perk.closed) throw problems.perkClosed(number);
  const groups = groupsOf(perk);
  const withPass = groups.filter((group) => passesIn(group) > 0).length;
  if (withPass !== 0 && withPass !== groups.length) throw problems.perkMixed(number);
  const areTokens = (group: (typeof groups)[number]) =>
    group.every(({ condition: { subject } }) => subject === SUBJECT.Tokens);
  if (groups.some(areTokens)) throw problems.perkHandedOn(number);
}
