import type { Allowance, BadgeKind } from "../../sdk/badges/kinds/kinds.js";
import { ROLES } from "../../sdk/roles.js";
import { oneLine } from "../../sdk/text.js";
import { formatAmount } from "../../sdk/units.js";
import { alignRight, styled, table } from "../output.js";
import { number } from "./format.js";

/** Shows kinds, one a line. */
export function printKinds(kinds: readonly BadgeKind[], symbol: string): void {
  const ownRoles = kinds.some(({ issuerRole }) => issuerRole !== ROLES.ISSUER);
  const head = ["no.", "kind", "points", "votes", "awarded", "badges left", "points left today"];
  const rows = kinds.map((kind) => [
    kind.number.toString(),
    `${oneLine(kind.name)}${kind.closed ? styled("dim", " (closed)") : ""}`,
    number(kind.points),
    kind.votes === 0n ? none() : formatAmount(kind.votes, symbol),
    number(kind.awarded),
    kind.closed ? none() : left(kind.supply),
    kind.closed ? none() : left(kind.today),
    ...(ownRoles ? [awardedBy(kind.issuerRole)] : []),
  ]);
  const [first, ...rest] = alignRight(
    [[...head, ...(ownRoles ? ["awarded by"] : [])], ...rows],
    0,
    2,
    3,
    4,
    5,
    6,
  );
  table(rest, first);
}

function awardedBy(role: bigint): string {
  if (role === ROLES.ISSUER) return "issuers";
  return role === ROLES.BOARD ? "idea board" : `role ${role}`;
}

/** What is in a cell that has nothing to say. */
export function none(): string {
  return styled("dim", "–");
}

function left(allowance: Allowance | null): string {
  return allowance === null ? "no limit" : `${number(allowance.left)} of ${number(allowance.limit)}`;
}
