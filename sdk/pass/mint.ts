import type { BadgeKind } from "../badges/kinds/kinds.js";
import { readKinds } from "../badges/kinds/kinds.js";
import { requireHeld } from "../badges/held.js";
import type { BadgeLedger } from "../badges/ledger.js";
import { readLedger } from "../badges/ledger.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import { findHolder, guardedPass, readMinted, readPassTerms } from "./pass.js";

/** A pass that is to be minted, and who gets it. */
export interface PlannedPass {
  readonly plan: Plan;
  readonly badge: number;
  readonly holder: string;
}

/**
 * Plans to mint the pass of a badge to whoever holds the badge: anyone can.
 *
 * @param badge Its number; undefined for the first of `account` that has no pass yet.
 * @throws KyosoError where it entitles to none, or has one.
 */
export async function planMint(live: LiveDao, account: string, badge?: number): Promise<PlannedPass> {
  const [terms, kinds, ledger] = await Promise.all([readPassTerms(live), readKinds(live), readLedger(live)]);
  const wanted = kinds.find(({ number }) => number === terms.kind);
  if (wanted === undefined) {
    throw KyosoError.of("pass.none-minted", {
      data: {},
      place: "pass",
      message: "No kind of badge entitles to a pass at present",
      remedy: "A steward or a passed proposal names one: `npx hardhat pass terms --kind <kind>`.",
    });
  }
  const number = badge ?? (await firstWithout(live, ledger, account, wanted));
  const held = requireHeld(ledger, number, kinds);
  if (held.kind.number !== wanted.number) {
    throw KyosoError.of("pass.not-entitled", {
      data: { badge: number, kind: held.kind.name, wanted: wanted.name },
      place: `badge ${number}`,
      message: `It is a ${quote(held.kind.name)}, and a ${quote(wanted.name)} entitles to a pass`,
      remedy: "Choose one of that kind: `npx hardhat badge show <account>`.",
    });
  }
  const holder = await findHolder(live, number);
  if (holder !== undefined) {
    throw KyosoError.of("pass.minted-already", {
      data: { badge: number, holder },
      place: `badge ${number}`,
      message: `There is a pass for it already, which ${holder} has`,
      remedy: "A badge entitles to one pass, for ever.",
    });
  }
  const title = `Mint pass ${number} to ${held.account}`;
  return {
    plan: { title, calls: [call(guardedPass(live), "mint", [number], title)] },
    badge: number,
    holder: held.account,
  };
}

/** The first badge of a kind that an account has and that has no pass yet; undefined for none. */
export async function findMintable(
  live: LiveDao,
  ledger: BadgeLedger,
  account: string,
  kind: number,
): Promise<number | undefined> {
  const own = ledger.badgesOf(account).filter((badge) => ledger.awardOf(badge)?.award.kind === kind);
  if (own.length === 0) return undefined;
  const minted = await readMinted(live);
  return own.find((badge) => !minted.has(badge));
}

async function firstWithout(
  live: LiveDao,
  ledger: BadgeLedger,
  account: string,
  { number, name }: BadgeKind,
): Promise<number> {
  const found = await findMintable(live, ledger, account, number);
  if (found !== undefined) return found;
  throw KyosoError.of("pass.no-badge-left", {
    data: { account, kind: name },
    place: `account ${live.book.show(account)}`,
    message: `It has no ${quote(name)} without a pass`,
    remedy: "Name a badge that entitles to one, whoever has it; or have one awarded first.",
  });
}
