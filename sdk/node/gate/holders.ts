import { addressWord, readNumber, WORD } from "../../chain/abi.js";
import type { ChainLog } from "../../chain/packedLogs.js";
import { topicIn } from "../../chain/packedLogs.js";

const NOBODY = "0".repeat(WORD);

/** A transfer that may still be taken back. */
interface Transfer {
  readonly block: number;
  readonly id: number;
  /** Who held it before; undefined where there was none. */
  readonly before: string | undefined;
}

/** Who holds which tokens of a contract (ERC-721), as its logs say. */
export class Holders {
  /** Of all that ever were; nobody's are those that are gone. */
  readonly #holders = new Map<number, string>();
  readonly #held = new Map<string, Set<number>>();
  /** In their order. */
  #unsettled: Transfer[] = [];

  /** How many there ever were. */
  get known(): number {
    return this.#holders.size;
  }

  /** @param log One of a transfer, after all that was applied before it. */
  apply(log: ChainLog): void {
    const id = readNumber(topicIn(log, 3), 0);
    this.#unsettled.push({ block: log.blockNumber, id, before: this.#holders.get(id) });
    this.#give(id, topicIn(log, 2));
  }

  /** Takes back what came from a block on: a reorganisation may have changed it. */
  rewind(from: number): void {
    for (let last = this.#unsettled.at(-1); last !== undefined && last.block >= from;) {
      this.#give(last.id, last.before);
      this.#unsettled.pop();
      last = this.#unsettled.at(-1);
    }
  }

  /** Says that what came before a block stays. */
  settle(before: number): void {
    this.#unsettled = this.#unsettled.filter(({ block }) => block >= before);
  }

  /** Those that an account holds, in ascending order. */
  of(account: string): number[] {
    return [...(this.#held.get(addressWord(account)) ?? [])].sort((one, other) => one - other);
  }

  #give(id: number, to: string | undefined): void {
    this.#held.get(this.#holders.get(id) ?? NOBODY)?.delete(id);
    if (to === undefined) {
      this.#holders.delete(id);
      return;
    }
    this.#holders.set(id, to);
    if (to === NOBODY) return;
    const held = this.#held.get(to);
    if (held === undefined) this.#held.set(to, new Set([id]));
    else held.add(id);
  }
}
