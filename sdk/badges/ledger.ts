import { ParamType, ZeroHash } from "ethers";
import { INTERFACES } from "../calls/known.js";
import { addressIn, addressWord, decode, readerOf, readNumber, WORD } from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { topicIn } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import type { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { badgeRead } from "./reads.js";

/** Badges that were awarded together: all of one kind. */
export interface AwardEvent {
  readonly kind: number;
  readonly firstId: number;
  readonly issuer: string;
  /** A salted hash for each; 32 zero bytes for none. */
  readonly evidence: readonly string[];
  /** Where the evidence can be asked for; may be empty. */
  readonly evidenceURI: string;
  readonly blockNumber: number;
  readonly transactionHash: string;
}

// A URI that isn't UTF-8 must not keep all else from being read, so ethers doesn't read it.
const AWARDED = readerOf([ParamType.from("bytes32[] evidence"), ParamType.from("string evidenceURI")]);
const AWARDED_TOPIC = topicOf("BadgesAwarded");
const TRANSFER_TOPIC = topicOf("Transfer");

/** The words that logs name accounts by; nobody's for what was just awarded, or is no more. */
const NOBODY = "0".repeat(WORD);

/**
 * Which badges there are, who holds them, and what they are for: as the badge contract's logs say. Accounts are kept as logs
 * name them, since the capitals of ten thousand addresses take longer than all else, and who counts members asks for none.
 */
export class BadgeLedger {
  /** In the order of their badges. */
  readonly awards: readonly AwardEvent[];
  /** How many badges were given to somebody. */
  readonly given: number;
  /** Badges that are held, in order; what was revoked or given up isn't here. */
  readonly #holders = new Map<number, string>();
  /** The blocks in which accounts got their first badges. */
  readonly #arrivals = new Map<string, number>();
  /** The accounts that badges were moved away from. */
  readonly #left = new Set<string>();
  /** The accounts that badges were moved from, by the account that they were moved to. */
  readonly #predecessors = new Map<string, Set<string>>();
  #byHash: ReadonlyMap<string, number> | undefined;

  constructor(logs: readonly ChainLog[]) {
    const awards: AwardEvent[] = [];
    let given = 0;
    for (const log of logs) {
      const event = `0x${topicIn(log, 0)}`;
      if (event === TRANSFER_TOPIC) {
        const [from, to, id] = [topicIn(log, 1), topicIn(log, 2), readNumber(topicIn(log, 3), 0)];
        if (from === NOBODY) given += 1;
        if (to === NOBODY) this.#holders.delete(id);
        else this.#holders.set(id, to);
        if (to !== NOBODY && !this.#arrivals.has(to)) this.#arrivals.set(to, log.blockNumber);
        if (from !== NOBODY && to !== NOBODY) {
          this.#left.add(from);
          this.#moved(addressIn(from), addressIn(to));
        }
      } else if (event === AWARDED_TOPIC) {
        const [evidence, evidenceURI] = decode(AWARDED, log.data) as readonly [string[], string];
        awards.push({
          issuer: addressIn(topicIn(log, 1)),
          kind: readNumber(topicIn(log, 2), 0),
          firstId: readNumber(topicIn(log, 3), 0),
          evidence,
          evidenceURI,
          blockNumber: log.blockNumber,
          transactionHash: log.transactionHash,
        });
      }
    }
    this.awards = awards;
    this.given = given;
  }

  /** Badges that are held, in order. */
  get ids(): number[] {
    return [...this.#holders.keys()];
  }

  /** Who holds a badge; undefined for one that nobody holds. */
  holderOf(id: number): string | undefined {
    const word = this.#holders.get(id);
    return word === undefined ? undefined : addressIn(word);
  }

  /** How many accounts hold any. */
  get members(): number {
    return new Set(this.#holders.values()).size;
  }

  /** The accounts that hold any. */
  get holders(): string[] {
    return Array.from(new Set(this.#holders.values()), addressIn);
  }

  /** How many badges each of them holds. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const word of this.#holders.values()) {
      const holder = addressIn(word);
      counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * The block in which an account got its first badge, by an award or by a recovery; undefined where it never had one.
   *
   * @param word The account, as logs name it.
   */
  arrivalOf(word: string): number | undefined {
    return this.#arrivals.get(word);
  }

  /** Whether a recovery moved badges of an account, as logs name it, to another one: the day of its first badge is forgotten then. */
  hasLeft(word: string): boolean {
    return this.#left.has(word);
  }

  /** The badges that an account holds, in order. */
  badgesOf(account: string): number[] {
    const word = addressWord(account);
    return [...this.#holders].filter(([, holder]) => holder === word).map(([id]) => id);
  }

  /** Accounts whose badges were moved to this one by recoveries, the nearest first. */
  predecessorsOf(account: string): string[] {
    const found = new Set([account]);
    for (const each of found) for (const before of this.#predecessors.get(each) ?? []) found.add(before);
    return [...found].slice(1);
  }

  /** The badge that was awarded for an evidence, whether it is held or not. */
  badgeFor(hash: string): number | undefined {
    return (this.#byHash ??= badgesByHash(this.awards)).get(hash);
  }

  /** The award that a badge comes from, and its evidence; undefined where there never was such a badge. */
  awardOf(id: number): { award: AwardEvent; hash: string } | undefined {
    let [low, high] = [0, this.awards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.awards[middle]?.firstId ?? Infinity) <= id) low = middle + 1;
      else high = middle;
    }
    const award = this.awards[low - 1];
    const hash = award?.evidence[id - award.firstId];
    return award === undefined || hash === undefined ? undefined : { award, hash };
  }

  #moved(from: string, to: string): void {
    const known = this.#predecessors.get(to);
    if (known === undefined) this.#predecessors.set(to, new Set([from]));
    else known.add(from);
  }
}

/** The first badge of each evidence. */
function badgesByHash(awards: readonly AwardEvent[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { firstId, evidence } of awards) {
    for (const [i, hash] of evidence.entries()) {
      if (hash !== ZeroHash && !found.has(hash)) found.set(hash, firstId + i);
    }
  }
  return found;
}

/** The ledger as of the block that the DAO was opened at, which all else is read at. */
export async function readLedger(live: LiveDao): Promise<BadgeLedger> {
  return withLedger(live, (ledger) => ledger);
}

/** {@link readLedger}, and what is read by what it says in the same request as what it is compared with. */
export async function withLedger<Found>(
  live: LiveDao,
  read: (ledger: BadgeLedger) => Found | Promise<Found>,
): Promise<Found> {
  return fromLogs(live, "badge", async (logs) => {
    const ledger = new BadgeLedger(logsUntil(logs, live.block));
    const [[awarded = 0], found] = await Promise.all([
      live.readMany<bigint | number>([badgeRead(live, "totalAwarded", [])]),
      read(ledger),
    ]);
    complete(ledger, BigInt(awarded));
    return found;
  });
}

/** The ledger with all that has happened until now. */
export async function readNewestLedger(live: LiveDao): Promise<BadgeLedger> {
  const awarded = await live.contracts.badge.totalAwarded();
  return fromLogs(live, "badge", (logs) => complete(new BadgeLedger(logs), awarded));
}

/** @throws KyosoError where awards are missing, as public nodes are known to leave logs out. */
function complete(ledger: BadgeLedger, awarded: bigint): BadgeLedger {
  let next = 1;
  for (const { firstId, evidence } of ledger.awards) {
    if (firstId !== next) throw incomplete(`Those of badge ${next} aren't there`);
    next += evidence.length;
  }
  if (BigInt(next) <= awarded) throw incomplete(`They end before badge ${next} of ${awarded}`);
  if (ledger.given !== next - 1)
    throw incomplete(`They say of ${ledger.given} of ${next - 1} badges to whom they went`);
  return ledger;
}

/** What to say where the logs can't be right, as some of them are missing. */
export function incomplete(detail: string): KyosoError {
  return incompleteLogs("badge", detail);
}

/** That an account has other badges than the logs say. */
export function disagree(account: string): KyosoError {
  return incomplete(`They don't agree with the badges that ${account} has`);
}

/** What a log of an event of the badge contract begins with. */
export function topicOf(event: string): string {
  const found = INTERFACES.badge.getEvent(event);
  if (found === null) throw new TypeError(`ContributionBadge has no event ${event}`);
  return found.topicHash;
}
