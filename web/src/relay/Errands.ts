import type { Problem, Relayable, RelayClient } from "@kyoso/sdk";
import { carryOut, isOf, KyosoError } from "@kyoso/sdk";
import type { Errand, Refusal } from "./errand.js";
import type { KeptErrands } from "./kept.js";

/**
 * What was handed in to the DAO's relay: each by a name that its view knows it by. They go on while other views are looked at, and
 * after a reload; what is signed the same way twice is done once, so that nothing is lost by asking again.
 */
export class Errands {
  readonly #client: RelayClient;
  readonly #kept: KeptErrands;
  readonly #errands = new Map<string, Errand>();
  readonly #stops = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();

  constructor(client: RelayClient, kept: KeptErrands) {
    this.#client = client;
    this.#kept = kept;
    for (const [name, { signed, job }] of kept.all()) void this.#follow(name, signed, job ?? undefined);
  }

  /** Calls `listener` whenever one of them stands otherwise; the result ends that. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(name: string): Errand | undefined {
    return this.#errands.get(name);
  }

  /** Hands something in. What its view had handed in before is followed no longer, and stays with the relay. */
  handIn(name: string, signed: Relayable): void {
    this.#kept.keep(name, { signed, job: null });
    void this.#follow(name, signed, undefined);
  }

  /** Asks the relay once more, where it didn't take it. */
  again(name: string): void {
    const errand = this.#errands.get(name);
    if (errand !== undefined) this.handIn(name, errand.signed);
  }

  /** It isn't followed any more. What was handed in stays with the relay. */
  forget(name: string): void {
    this.#stops.get(name)?.abort();
    this.#stops.delete(name);
    this.#kept.forget(name);
    this.#errands.delete(name);
    this.#tell();
  }

  async #follow(name: string, signed: Relayable, known: string | undefined): Promise<void> {
    this.#stops.get(name)?.abort();
    const stop = new AbortController();
    const { signal } = stop;
    this.#stops.set(name, stop);
    const set = (errand: Errand) => {
      if (signal.aborted) return;
      this.#errands.set(name, errand);
      this.#tell();
    };
    const now = () => this.#errands.get(name);
    set({ signed, job: undefined, refused: undefined, trouble: undefined });
    try {
      await carryOut(this.#client, signed, {
        patience: Infinity,
        final: Infinity,
        known,
        signal,
        onChange: (job) => {
          const errand = { signed, job, refused: undefined, trouble: undefined };
          if (!signal.aborted) this.#keep(name, errand);
          set(errand);
        },
        onTrouble: (error) => {
          set({ signed, job: now()?.job, refused: undefined, trouble: refusalOf(error) });
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof KyosoError)) throw error;
      // It stays on the device: it can be handed in again, saved or sent otherwise.
      set({ signed, job: undefined, refused: refusalOf(error), trouble: undefined });
    }
  }

  /** What is done for good needs to be kept no longer. What is refused is, for whoever wants to know why. */
  #keep(name: string, { signed, job }: Errand): void {
    if (job?.state === "final") this.#kept.forget(name);
    else this.#kept.keep(name, { signed, job: job?.id ?? null });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Why, in the words of whoever refuses it: the relay's own code and words, where it is the relay. */
function refusalOf(error: KyosoError): Refusal {
  const [first] = error.problems as readonly [Problem?];
  if (first === undefined) return { code: "", text: error.message };
  if (isOf(first, "relay.refused")) return { code: first.data.code, text: first.data.text };
  return { code: first.code, text: first.message };
}
