import type { LogPlace } from "../chain/logStore.js";
import type { AnnouncedSnapshot } from "../chain/snapshotLogs.js";
import { unusedSnapshot } from "../chain/snapshotLogs.js";
import type { Problem } from "../errors.js";
import type { Tally } from "./events.js";
import type { FinalState } from "./states.js";
import { FINAL_STATES } from "./states.js";

/** Of the form of the file. */
const VERSION = 1;

/** What became of a proposal for good. Votes are in the token's smallest unit. */
export interface SettledProposal {
  readonly number: number;
  readonly state: FinalState;
  readonly tally: Tally;
  /** Votes for and abstaining that it needed. */
  readonly quorum: bigint;
}

/** Settled proposals by their numbers. */
export type SettledProposals = ReadonlyMap<number, SettledProposal>;

/** What is known of them without a copy. */
const NOTHING_SETTLED: SettledProposals = new Map();

/** The file of proposals that were over at a block that stays. */
export function settledText(
  { chainId, address }: LogPlace,
  { number, hash }: { readonly number: number; readonly hash: string },
  proposals: readonly SettledProposal[],
): string {
  const rows = proposals.map(({ number: which, state, tally, quorum }) => [
    ...[which, FINAL_STATES.indexOf(state)],
    ...[tally.for, tally.against, tally.abstain, quorum].map(String),
  ]);
  const file = {
    version: VERSION,
    chainId: chainId.toString(),
    address,
    block: number,
    hash,
    proposals: rows,
  };
  return `${JSON.stringify(file)}\n`;
}

/**
 * A copy of what is settled, read when it is first asked for. What it says is compared with the logs as what the governor says
 * is, and isn't asked of it. One that isn't there, was changed, or isn't what the chain has isn't used.
 */
export class SettledCopy {
  readonly #place: LogPlace;
  readonly #announced: AnnouncedSnapshot | undefined;
  readonly #onUnused: (problem: Problem) => void;
  #reading: Promise<SettledProposals> | undefined;

  /**
   * @param place The governor.
   * @param announced Undefined where there is none.
   * @param onUnused Called with why it isn't used.
   */
  constructor(
    place: LogPlace,
    announced: AnnouncedSnapshot | undefined,
    onUnused: (problem: Problem) => void = () => undefined,
  ) {
    this.#place = place;
    this.#announced = announced;
    this.#onUnused = onUnused;
  }

  /**
   * @param hashAt The hash that a block has on the chain.
   * @throws What `hashAt` throws; it is tried again then, the next time.
   */
  read(hashAt: (block: number) => Promise<string | undefined>): Promise<SettledProposals> {
    this.#reading ??= this.#read(hashAt).catch((error: unknown) => {
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  /** Uses it no more, as something that was read with it turned out to be wrong. Tells whether it was in use. */
  async withdraw(): Promise<boolean> {
    const used = (await this.#reading?.catch(() => NOTHING_SETTLED)) ?? NOTHING_SETTLED;
    this.#reading = Promise.resolve(NOTHING_SETTLED);
    if (used.size > 0) this.#unused("it isn't what the chain has");
    return used.size > 0;
  }

  async #read(hashAt: (block: number) => Promise<string | undefined>): Promise<SettledProposals> {
    if (this.#announced === undefined) return NOTHING_SETTLED;
    const { block, load } = this.#announced;
    const loading = load().catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    const hash = await hashAt(block);
    const text = await loading;
    try {
      if (text instanceof Error) throw text;
      return proposalsOf(text, this.#place, block, hash);
    } catch (error) {
      this.#unused(error instanceof Error ? error.message : String(error));
      return NOTHING_SETTLED;
    }
  }

  #unused(reason: string): void {
    this.#onUnused(unusedSnapshot(this.#place.address, reason));
  }
}

/** @throws Error saying what is wrong with the file. */
function proposalsOf(
  text: string,
  place: LogPlace,
  block: number,
  hash: string | undefined,
): SettledProposals {
  const found: unknown = JSON.parse(text);
  if (!isFile(found)) throw new Error("it can't be read");
  if (found.chainId !== place.chainId.toString()) throw new Error("it is of another chain");
  if (found.address.toLowerCase() !== place.address.toLowerCase()) {
    throw new Error("it is of another contract");
  }
  if (found.block !== block) throw new Error("it ends with another block");
  if (found.hash !== hash) throw new Error("it isn't what the chain has");
  const proposals = found.proposals.map(settledOf);
  return new Map(proposals.map((proposal) => [proposal.number, proposal]));
}

interface File {
  readonly chainId: string;
  readonly address: string;
  readonly block: number;
  readonly hash: string;
  readonly proposals: readonly unknown[];
}

function isFile(value: unknown): value is File {
  if (typeof value !== "object" || value === null) return false;
  const { version, chainId, address, block, hash, proposals } = value as Readonly<Record<string, unknown>>;
  return (
    version === VERSION &&
    typeof chainId === "string" &&
    typeof address === "string" &&
    typeof block === "number" &&
    typeof hash === "string" &&
    Array.isArray(proposals)
  );
}

function settledOf(row: unknown): SettledProposal {
  const [number, index, ...votes] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  const state = typeof index === "number" ? FINAL_STATES[index] : undefined;
  const isVotes = (value: unknown) => typeof value === "string" && /^\d{1,29}$/u.test(value);
  if (!Number.isSafeInteger(number) || state === undefined || votes.length !== 4 || !votes.every(isVotes))
    throw new Error("it can't be read");
  const [inFavour = 0n, against = 0n, abstain = 0n, quorum = 0n] = votes.map((each) => BigInt(String(each)));
  return { number: Number(number), state, tally: { for: inFavour, against, abstain }, quorum };
}
