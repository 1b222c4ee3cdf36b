import { AbiCoder, keccak256 } from "ethers";
import { INTERFACES } from "../../calls/known.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { quote } from "../../units.js";

/** How much a limit lets through, and how much of it is left. */
export interface Allowance {
  readonly limit: number;
  readonly left: number;
}

/** A kind of badge as it stands on the chain. */
export interface BadgeKind {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly description: string;
  /** URI of a picture; empty for the card that is drawn on chain. */
  readonly image: string;
  /** Points of each badge. */
  readonly points: number;
  /** Votes that come with each badge, in the token's smallest unit; 0 for none. */
  readonly votes: bigint;
  /** The role that awards it: 3 for the DAO's issuers, or one of its own from 100 on. */
  readonly issuerRole: bigint;
  /** Badges ever awarded, revoked ones included. */
  readonly awarded: number;
  /** Badges; null for no limit. */
  readonly supply: Allowance | null;
  /** Points within the UTC day of the newest block; null for no limit. */
  readonly today: Allowance | null;
  readonly closed: boolean;
}

/** What a kind is found by. */
export type KindName = Pick<BadgeKind, "number" | "name" | "closed">;

/** As `kindOf` returns it. */
interface RawKind {
  readonly config: {
    readonly name: string;
    readonly description: string;
    readonly image: string;
    readonly points: number;
    readonly votes: bigint;
    readonly issuerRole: bigint;
    readonly supplyLimit: number;
    readonly dailyPointsLimit: number;
  };
  readonly awarded: number;
  readonly closed: boolean;
}

const DAY = 86_400;

/** The texts of a kind take up to 2 kB, and what is read at once may have 24 kB on some chains: see readMany. */
const KINDS_PER_READ = 10;

// Of kyoso.storage.BadgeKinds in contracts/badge/BadgeKinds.sol: the mapping's slot, and bits of a kind's first one.
const KINDS_SLOT = 0xe6783f0c12e37c3b6a10b338e642d5ab8669ec45d6a5a1c369284e1705672f01n;
const POINTS_TODAY = { offset: 152n, bits: 32n };
const LAST_DAY = { offset: 184n, bits: 16n };

/** All kinds of a DAO, in their order, as of the block that it was opened at. */
export async function readKinds(live: LiveDao): Promise<BadgeKind[]> {
  const badge = { address: live.record.contracts.badge, interface: INTERFACES.badge };
  const [count = 0] = await live.readMany<number>([{ ...badge, name: "kindCount" }]);
  const kinds: RawKind[] = [];
  while (kinds.length < count) {
    const length = Math.min(KINDS_PER_READ, count - kinds.length);
    const numbers = Array.from({ length }, (_, i) => kinds.length + i + 1);
    kinds.push(
      ...(await live.readMany<RawKind>(
        numbers.map((number) => ({ ...badge, name: "kindOf", args: [number] })),
      )),
    );
  }
  return Promise.all(
    kinds.map(async ({ config: { supplyLimit, dailyPointsLimit, ...config }, awarded, closed }, i) => ({
      number: i + 1,
      ...config,
      awarded,
      supply: supplyLimit === 0 ? null : { limit: supplyLimit, left: supplyLimit - awarded },
      today:
        dailyPointsLimit === 0
          ? null
          : { limit: dailyPointsLimit, left: dailyPointsLimit - (await pointsToday(live, i + 1)) },
      closed,
    })),
  );
}

/** The names of some kinds, by their numbers. */
export async function readKindNames(
  live: LiveDao,
  numbers: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> {
  const all = [...numbers];
  const badge = { address: live.record.contracts.badge, interface: INTERFACES.badge };
  const kinds = await live.readMany<RawKind>(
    all.map((number) => ({ ...badge, name: "kindOf", args: [number] })),
  );
  return new Map(all.map((number, i) => [number, kinds[i]?.config.name ?? ""]));
}

/** Points that a kind has awarded today. No function tells; the contract counts them with the day that they are of. */
async function pointsToday(live: LiveDao, kind: number): Promise<number> {
  const slot = keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "uint256"], [kind, KINDS_SLOT]));
  const word = BigInt(await live.provider.getStorage(live.record.contracts.badge, slot, live.block));
  const field = ({ offset, bits }: { offset: bigint; bits: bigint }) =>
    Number((word >> offset) & ((1n << bits) - 1n));
  const today = Math.floor(live.now / DAY) & 0xffff;
  return field(LAST_DAY) === today ? field(POINTS_TODAY) : 0;
}

/** The number of the kind that a transaction has added; undefined where it has added none. */
export async function kindAddedBy(live: LiveDao, hash: string): Promise<number | undefined> {
  const receipt = await live.provider.getTransactionReceipt(hash);
  for (const log of receipt?.logs ?? []) {
    if (log.address !== live.record.contracts.badge) continue;
    const event = INTERFACES.badge.parseLog(log);
    if (event?.name === "KindAdded") return Number(event.args[0]);
  }
  return undefined;
}

/** When today's limits end: the next midnight in UTC. */
export function endOfDay(now: number): number {
  return (Math.floor(now / DAY) + 1) * DAY;
}

/**
 * The kind that a text names: by its name, in whatever way a system composes its characters, or by its number. Of several
 * with the same name it is the one that isn't closed.
 *
 * @throws KyosoError if there is none, or more than one.
 */
export function requireKind<Kind extends KindName>(text: string, kinds: readonly Kind[]): Kind {
  const name = text.trim().normalize("NFC");
  const called = kinds.filter((kind) => kind.name.normalize("NFC") === name);
  const open = called.filter(({ closed }) => !closed);
  if (open.length > 1) {
    throw KyosoError.of("kind.ambiguous", {
      data: { text, numbers: open.map(({ number }) => number) },
      place: "kind",
      message: `There are several badge kinds called ${quote(text)}`,
      remedy: `Write its number: ${open.map(({ number }) => number).join(" or ")}.`,
    });
  }
  const kind =
    open[0] ?? called.at(-1) ?? kinds.find(({ number }) => /^\d+$/u.test(name) && number === Number(name));
  if (kind !== undefined) return kind;
  throw KyosoError.of("kind.unknown", {
    data: { text, known: kinds.map((known) => known.name) },
    place: "kind",
    message: `There is no badge kind ${quote(text)}`,
    remedy:
      kinds.length === 0
        ? "Add one first: npx hardhat badge kind add."
        : `The kinds are: ${kinds.map((known) => known.name).join(", ")}.`,
  });
}
