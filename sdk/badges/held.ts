import { KyosoError, problem } from "../errors.js";
import type { BadgeKind } from "./kinds/kinds.js";
import type { BadgeLedger } from "./ledger.js";

/** A badge that is held. */
export interface HeldBadge {
  readonly id: number;
  readonly account: string;
  readonly kind: BadgeKind;
}

/**
 * Reads the number of a badge.
 *
 * @param place Where the text comes from, for messages.
 * @throws KyosoError if it isn't one.
 */
export function parseBadgeId(text: string, place: string): number {
  const digits = /^#?([1-9]\d{0,9})$/u.exec(text.trim())?.[1];
  if (digits !== undefined) return Number(digits);
  throw KyosoError.of("badge.not-number", {
    data: { text },
    place,
    message: `"${text}" isn't the number of a badge`,
    remedy: "Write the number that `npx hardhat badge show <account>` lists, such as 12.",
  });
}

/** @throws KyosoError if nobody holds the badge: it never was awarded, or is gone. */
export function requireHeld(ledger: BadgeLedger, id: number, kinds: readonly BadgeKind[]): HeldBadge {
  const award = ledger.awardOf(id)?.award;
  const account = ledger.holderOf(id);
  const kind = kinds.find(({ number }) => number === award?.kind);
  if (account !== undefined && kind !== undefined) return { id, account, kind };
  const last = ledger.awards.at(-1);
  const count = last === undefined ? 0 : last.firstId + last.evidence.length - 1;
  throw new KyosoError(
    award === undefined
      ? problem("badge.unknown", {
          data: { badge: id, count },
          place: `badge ${id}`,
          message: "There is no such badge",
          remedy: count === 0 ? "None has been awarded yet." : `They are numbered from 1 to ${count}.`,
        })
      : problem("badge.gone", {
          data: { badge: id },
          place: `badge ${id}`,
          message: "Nobody has it any more: it was taken back, or given up",
          remedy: "Check the number with `npx hardhat badge show <account>`.",
        }),
  );
}

/**
 * The badge of an account that is meant.
 *
 * @param wanted Its number; undefined for the newest.
 * @throws KyosoError if the account has none, or the badge is somebody else's.
 */
export function chooseBadge(
  ledger: BadgeLedger,
  account: string,
  wanted: number | undefined,
  kinds: readonly BadgeKind[],
): HeldBadge {
  const own = ledger.badgesOf(account);
  const id = wanted ?? own.at(-1);
  if (id === undefined) {
    throw KyosoError.of("badge.account-has-none", {
      data: { account },
      place: `account ${account}`,
      message: "It has no badges",
      remedy: "Award one first; or check the address.",
    });
  }
  const badge = requireHeld(ledger, id, kinds);
  if (badge.account === account) return badge;
  throw KyosoError.of("badge.of-other-account", {
    data: { badge: id, owner: badge.account, account, own },
    place: `badge ${id}`,
    message: `It is the badge of ${badge.account}, and not of ${account}`,
    remedy:
      own.length === 0
        ? `${account} has none.`
        : `Choose one of ${own.map((each) => `#${each}`).join(", ")}.`,
  });
}
