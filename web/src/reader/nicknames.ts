import type { LiveDao } from "@kyoso/sdk";
import { imitates, isThere, readNicknames } from "@kyoso/sdk";
import type { Chosen } from "./answers.js";
import { readTitlesOf } from "./reads/common.js";

/** Milliseconds after which it is looked at again what somebody calls themselves. */
const FRESH = 5 * 60_000;

/** Accounts of one answer that are asked for: the first ones, as lists begin with those who matter most. */
const MOST = 1_000;

/** What those call themselves who are in the reader's answers. Each is read once in a while, and many at once. */
export class Nicknames {
  readonly #at = new Map<string, number>();
  #since = 0;
  /** Whether the chain has no contract for them: nobody said anything then. */
  #isMissing = false;

  /** All are looked at again, where they are in an answer: somebody has just done something. */
  renew(): void {
    this.#since = performance.now();
  }

  /** What those in an answer call themselves who weren't looked at lately; null for nothing. */
  async readFor(live: LiveDao, answer: unknown): Promise<[account: string, chosen: Chosen | null][]> {
    const now = performance.now();
    const least = Math.max(this.#since, now - FRESH);
    const own = ownOf(live);
    const wanted = [...new Set(accountsIn(answer))]
      .slice(0, MOST)
      .filter((account) => !own.has(account) && (this.#at.get(account) ?? -Infinity) < least);
    if (this.#isMissing || wanted.length === 0) return [];
    for (const account of wanted) this.#at.set(account, now);
    try {
      const found = await readNicknames(live, wanted);
      const titles = await readTitlesOf(live, [...found.keys()]);
      return wanted.map((account) => {
        const text = found.get(account);
        if (text === undefined) return [account, null];
        return [
          account,
          { text, title: titles.get(account) ?? null, imitates: imitates(text, brandOf(live)) },
        ];
      });
    } catch (error) {
      for (const account of wanted) this.#at.delete(account);
      // Not asked before, which would take a request each time: nearly every chain has it.
      this.#isMissing = !(await isThere(live, "nicknames"));
      if (this.#isMissing) return [];
      throw error;
    }
  }
}

/** What the DAO and its token are called. */
function brandOf({ record, symbol }: LiveDao): string[] {
  return [record.name, record.slug, symbol];
}

/** The DAO's own addresses: they are what they are, whatever they call themselves. In small letters. */
function ownOf({ record, safe }: LiveDao): ReadonlySet<string> {
  const { contracts, modules, factory } = record;
  const all = [...Object.values(contracts), ...Object.values(modules ?? {}), safe, record.safe, factory];
  return new Set(all.map((address) => address.toLowerCase()));
}

/** All addresses in an answer, in small letters and in its order. */
function* accountsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (/^0x[\da-f]{40}$/iu.test(value)) yield value.toLowerCase();
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* accountsIn(inner);
  }
}
