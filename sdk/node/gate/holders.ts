import { addressWord, readNumber, WORD } from "../../chain/abi.js";
import type { ChainLog } from "../../chain/packedLogs.js";
import { topicIn } from "../../chain/packedLogs.js";

const NOBODY = "0".repeat(WORD);

/** Who holds which tokens of a contract (ERC-721), as its logs say. The same logs may come again. */
export class Holders {
  /** Of all that ever were; nobody's are those that are gone. */
  readonly #holders = new Map<number, string>();
  readonly #held = new Map<string, Set<number>>();

  /** How many there ever were. */
  get known(): number {
    return this.#holders.size;
  }

  /** @param log One of a transfer. */
  apply(log: ChainLog): void {
    const to = topicIn(log, 2);
    const id = readNumber(topicIn(log, 3), 0);
    this.#held.get(this.#holders.get(id) ?? NOBODY)?.delete(id);
    this.#holders.set(id, to);
    if (to === NOBODY) return;
    const held = this.#held.get(to);
    if (held === undefined) this.#held.set(to, new Set([id]));
    else held.add(id);
  }

  /** Those that an account holds, in ascending order. */
  of(account: string): number[] {
    return [...(this.#held.get(addressWord(account)) ?? [])].sort((one, other) => one - other);
  }
}
