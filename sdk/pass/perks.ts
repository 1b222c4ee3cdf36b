import { ParamType } from "ethers";
import type { BadgeLedger } from "../badges/ledger.js";
import { readLedger } from "../badges/ledger.js";
import { INTERFACES } from "../calls/known.js";
import { decode, readerOf, readNumber } from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { topicIn } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import type { Condition, RawCondition } from "./conditions.js";
import { groupsOf, toCondition } from "./conditions.js";
import { passRead } from "./pass.js";

/** A perk. Its texts are those of whoever added it. */
export interface Perk {
  readonly number: number;
  readonly name: string;
  /** Where more is said; may be empty. */
  readonly uri: string;
  /** Whether somebody gets it once. */
  readonly once: boolean;
  /** Of one that somebody gets once: whether that is marked by pass, and not by account. */
  readonly byPass: boolean;
  readonly closed: boolean;
  readonly conditions: readonly Condition[];
}

/** What the contract keeps of a perk: all but its texts. */
export type PerkRule = Pick<Perk, "once" | "byPass" | "closed" | "conditions">;

/** As `perkOf` returns it. */
export interface RawPerk {
  readonly conditions: readonly RawCondition[];
  readonly once: boolean;
  readonly byPass: boolean;
  readonly closed: boolean;
}

/** Reads what `perkOf` returned. */
export function ruleOf({ once, byPass, closed, conditions }: RawPerk): PerkRule {
  return { once, byPass, closed, conditions: conditions.map(toCondition) };
}

/** Reads all perks, the first one first, as of the block that the DAO was opened at. */
export async function readPerks(live: LiveDao): Promise<Perk[]> {
  return fromLogs(live, "pass", async (logs) => {
    const texts = logsUntil(logs, live.block).flatMap(textsIn);
    const [count = 0n] = await live.readMany<bigint>([passRead(live, "perkCount", [])]);
    const whole = texts.every(({ number }, i) => number === i + 1);
    if (count !== BigInt(texts.length) || !whole) {
      throw incompleteLogs("pass", `They show ${texts.length} perks, and the pass has counted ${count}`);
    }
    const raw = await live.readMany<RawPerk>(texts.map(({ number }) => passRead(live, "perkOf", [number])));
    return texts.map((each, i) => ({ ...each, ...ruleOf(raw[i] ?? NO_RULE) }));
  });
}

const NO_RULE: RawPerk = { once: false, byPass: false, closed: false, conditions: [] };

/** What a log says of a perk that was added. */
function textsIn(log: ChainLog): { readonly number: number; readonly name: string; readonly uri: string }[] {
  const event = INTERFACES.pass.getEvent("PerkAdded");
  if (event === null) throw new TypeError("MembershipPass has no event PerkAdded");
  if (topicIn(log, 0) !== event.topicHash.slice(2)) return [];
  const inputs: readonly ParamType[] = event.inputs;
  const reader = readerOf(inputs.filter(({ indexed }) => indexed !== true));
  const [{ name, uri }] = decode(reader, log.data) as readonly [{ name: string; uri: string }];
  return [{ number: readNumber(topicIn(log, 1), 0), name, uri }];
}

/**
 * The perk that is meant.
 *
 * @throws KyosoError where there is none.
 */
export function requirePerk(text: string, perks: readonly Perk[]): Perk {
  const written = text.trim().normalize("NFKC").replace(/^#/u, "");
  if (!/^\d{1,9}$/u.test(written)) {
    throw KyosoError.of("perk.unreadable", {
      data: { text },
      place: "perk",
      message: `${quote(text)} isn't the number of a perk`,
      remedy: "Write one of those that `npx hardhat perk list` shows.",
    });
  }
  const found = perks.find(({ number }) => number === Number(written));
  if (found !== undefined) return found;
  throw KyosoError.of("perk.unknown", {
    data: { perk: Number(written), count: perks.length },
    place: `perk ${written}`,
    message: "There is no such perk",
    remedy:
      perks.length === 0
        ? "None has been added yet: `npx hardhat perk add` adds one."
        : `They are numbered from 1 to ${perks.length}: \`npx hardhat perk list\` shows them.`,
  });
}

/** A perk, and whether an account gets it at this moment. */
export interface PerkStanding {
  readonly perk: Perk;
  /** The contract's own answer; not whether the account got it before, where it gets it once. */
  readonly eligible: boolean;
  /** Of each condition, in their order: whether the account meets it. */
  readonly met: readonly boolean[];
}

/** Whether an account gets each of some perks, and what it has and misses. Few requests. */
export async function readStandings(
  live: LiveDao,
  perks: readonly Perk[],
  account: string,
): Promise<PerkStanding[]> {
  const needsBadges = perks.some(({ conditions }) => conditions.some(({ kind }) => kind !== null));
  const ledger = needsBadges ? await readLedger(live) : undefined;
  const answers = await live.readMany<boolean | readonly boolean[]>(
    perks.flatMap(({ number, conditions }) => {
      const args = [account, number, ledger === undefined ? [] : badgesFor(ledger, account, conditions)];
      return [passRead(live, "isEligible", args), passRead(live, "conditionsMet", args)];
    }),
  );
  return perks.map((perk, i) => ({
    perk,
    eligible: answers[2 * i] as boolean,
    met: answers[2 * i + 1] as readonly boolean[],
  }));
}

/**
 * The badges that a perk's conditions count, in the order that the contract takes them: it knows nobody's badges by their kind.
 * No more of each kind than are asked for.
 */
export function badgesFor(
  ledger: BadgeLedger,
  account: string,
  conditions: readonly Pick<Condition, "kind" | "amount">[],
): number[] {
  const wanted = new Map<number, number>();
  for (const { kind, amount } of conditions) {
    if (kind !== null) wanted.set(kind, Math.max(amount, wanted.get(kind) ?? 0));
  }
  if (wanted.size === 0) return [];
  const found: number[] = [];
  for (const badge of ledger.badgesOf(account)) {
    const kind = ledger.awardOf(badge)?.award.kind ?? 0;
    const left = wanted.get(kind) ?? 0;
    if (left === 0) continue;
    wanted.set(kind, left - 1);
    found.push(badge);
  }
  return found.sort((one, other) => one - other);
}

/** What an account misses of a perk: of the group of conditions that it is nearest to. Empty where it misses nothing. */
export function missingFor({ perk, met }: PerkStanding): Condition[] {
  const groups = groupsOf(perk.conditions).map((group) =>
    group.flatMap(({ place, condition }) => (met[place] === true ? [] : [condition])),
  );
  return groups.reduce<Condition[]>(
    (best, group, i) => (i === 0 || group.length < best.length ? group : best),
    [],
  );
}
