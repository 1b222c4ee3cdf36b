import { badgeRead } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import { customError, revertDataOf } from "../calls/revert.js";
import { addressWord, readNumber } from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { topicIn } from "../chain/packedLogs.js";
import type { Read } from "../chain/reads.js";
import { fromLogs, incompleteLogs } from "../chain/whole.js";
import type { Guarded } from "../badges/powers.js";
import type { OwnTitle } from "../badges/titles/titles.js";
import { readTitles } from "../badges/titles/titles.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { addressOf } from "../modules/module.js";
import type { LabelLanguage } from "./choices.js";
import { LABEL_LANGUAGES } from "./choices.js";

/** What entitles to a pass, and how passes look. */
export interface PassLook {
  /** Number of the kind of badge; null where no more passes are minted. */
  readonly kind: number | null;
  /** What markets are asked to pay the treasury of a price, in basis points. */
  readonly royaltyBps: number;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly language: LabelLanguage;
}

/** A pass, and how whoever holds it stands at this moment. */
export interface PassView {
  /** That of the badge that entitled to it. */
  readonly number: number;
  readonly holder: string;
  /** Null where there are no titles. */
  readonly title: OwnTitle | null;
  /** How many titles there are: a rank is one of them. */
  readonly ranks: number;
  readonly points: number;
  /** Day of the holder's first badge, as a timestamp; null for a holder who never had one. */
  readonly memberSince: number | null;
}

/** Reads the terms of passes, as of the block that the DAO was opened at. */
export async function readPassTerms(live: LiveDao): Promise<PassLook> {
  const [raw] = await live.readMany<{
    readonly kind: number;
    readonly royaltyBps: number;
    readonly colour: number;
    readonly language: number;
  }>([passRead(live, "terms", [])]);
  return {
    kind: raw === undefined || raw.kind === 0 ? null : raw.kind,
    royaltyBps: raw?.royaltyBps ?? 0,
    colour: `#${(raw?.colour ?? 0).toString(16).padStart(6, "0")}`,
    language: LABEL_LANGUAGES[raw?.language ?? 0] ?? "English",
  };
}

/** Reads the numbers of the passes that an account holds. */
export async function readPassesOf(live: LiveDao, account: string): Promise<number[]> {
  return fromLogs(live, "pass", async (logs) => {
    const own = heldBy(logs, live.block, account);
    const [balance = 0n] = await live.readMany<bigint>([passRead(live, "balanceOf", [account])]);
    if (balance !== BigInt(own.length)) {
      throw incompleteLogs("pass", `They don't agree with the passes that ${account} has`);
    }
    return own;
  });
}

/** Reads the numbers of all passes that were ever minted: a pass is never taken out of the world. */
export async function readMinted(live: LiveDao): Promise<ReadonlySet<number>> {
  const logs = await live.logsOf("pass");
  return new Set(Array.from(transfersIn(logs, live.block), ({ number }) => number));
}

function heldBy(logs: readonly ChainLog[], block: number, account: string): number[] {
  const [word, own] = [addressWord(account), new Set<number>()];
  for (const { number, to } of transfersIn(logs, block)) {
    if (to === word) own.add(number);
    else own.delete(number);
  }
  return [...own].sort((one, other) => one - other);
}

/** The passes that were handed on until a block, and to whom, as a word. */
function* transfersIn(
  logs: readonly ChainLog[],
  block: number,
): Generator<{ readonly number: number; readonly to: string | undefined }> {
  const transfer = INTERFACES.pass.getEvent("Transfer")?.topicHash.slice(2);
  for (const log of logs) {
    if (log.blockNumber > block || topicIn(log, 0) !== transfer) continue;
    yield { number: readNumber(topicIn(log, 3), 0), to: topicIn(log, 2) };
  }
}

/** Who holds a pass; undefined where there is none of this number. */
export async function findHolder(live: LiveDao, number: number): Promise<string | undefined> {
  try {
    return await live.contracts.pass.ownerOf(number, { blockTag: live.block });
  } catch (error) {
    const reverted = revertDataOf(error);
    if (reverted === undefined || customError(reverted)?.name !== "ERC721NonexistentToken") throw error;
    return undefined;
  }
}

/**
 * Reads a pass, with the standing of whoever holds it.
 *
 * @throws KyosoError where there is none.
 */
export async function readPass(live: LiveDao, number: number): Promise<PassView> {
  const holder = await findHolder(live, number);
  if (holder === undefined) throw unknownPass(number);
  const [titles, [rank = 0, points = 0, since = 0]] = await Promise.all([
    readTitles(live),
    live.readMany<bigint | number>([
      badgeRead(live, "rankOf", [holder]),
      badgeRead(live, "pointsOf", [holder]),
      badgeRead(live, "memberSince", [holder]),
    ]),
  ]);
  const title = titles[Number(rank) - 1];
  return {
    number,
    holder,
    title: title === undefined ? null : { rank: Number(rank), name: title.name },
    ranks: titles.length,
    points: Number(points),
    memberSince: Number(since) === 0 ? null : Number(since),
  };
}

/** The picture of a pass, an SVG document as the contract draws it: it escapes what is a stranger's. */
export async function readCard(live: LiveDao, number: number): Promise<string> {
  if ((await findHolder(live, number)) === undefined) throw unknownPass(number);
  return live.contracts.pass.card(number, { blockTag: live.block });
}

function unknownPass(number: number): KyosoError {
  return KyosoError.of("pass.unknown", {
    data: { pass: number },
    place: `pass ${number}`,
    message: "There is no such pass",
    remedy: "See which an account has: `npx hardhat pass show <account>`.",
  });
}

/** Passes as a contract whose functions the AccessManager guards. */
export function guardedPass(live: LiveDao): Guarded {
  return { name: "pass", address: passAddress(live), interface: INTERFACES.pass };
}

/** A view function of passes. */
export function passRead(live: LiveDao, name: string, args: readonly unknown[]): Read {
  return { address: passAddress(live), interface: INTERFACES.pass, name, args };
}

/**
 * Where the DAO's passes are.
 *
 * @throws KyosoError where it has none.
 */
export function passAddress({ record }: Pick<LiveDao, "record">): string {
  return addressOf(record, "pass");
}
