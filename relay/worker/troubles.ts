import type { Logger } from "../log.js";
import { Lasting } from "../log.js";
import type { Trouble } from "./trouble.js";
import { failureOf, troubleOf } from "./trouble.js";

/** What goes wrong in the rounds of a worker: kept until a round shows that it is over. */
export class Troubles {
  #now: Trouble | undefined;
  /** What went wrong first in the round that is under way; or what keeps anything from being sent in it. */
  #found: Trouble | undefined;
  /** What went wrong in parts of a round, by their names. */
  readonly #said: Lasting;
  readonly #failed = new Set<string>();

  constructor(log: Logger) {
    this.#said = new Lasting(log);
  }

  /** What keeps from sending, as of the last round. */
  get now(): Trouble | undefined {
    return this.#now;
  }

  /** Whether nothing can be sent in this round any more. */
  get blocked(): boolean {
    return this.#found === "not-known" || this.#found === "stuck";
  }

  /** That something left: there is money, at this price. */
  sent(): void {
    if (this.#now === "no-money" || this.#now === "gas-price") this.#now = this.#found;
  }

  begin(): void {
    this.#found = undefined;
    this.#failed.clear();
  }

  /** @param waits Whether something waits still, of which it isn't known whether it could be sent. */
  end(waits: boolean): void {
    for (const part of this.#said.all) if (!this.#failed.has(part)) this.#said.over(part);
    const lasts = waits && (this.#now === "no-money" || this.#now === "gas-price");
    if (this.#found === undefined && !lasts) this.#now = undefined;
  }

  /** That nothing can be sent, as it isn't known what became of what was. */
  block(trouble: "not-known" | "stuck"): void {
    this.#found = trouble;
    this.#now = trouble;
  }

  /** That it is known again what became of all that was sent. */
  unblock(): void {
    if (this.#now === "not-known" || this.#now === "stuck") this.#now = undefined;
  }

  /** Does a part of a round. What goes wrong in it is said and kept, and keeps nothing from what comes after it. */
  async trying(part: string, use: () => Promise<number>): Promise<number> {
    try {
      return await use();
    } catch (error) {
      const trouble = troubleOf(error);
      this.#found ??= trouble;
      this.#now = this.#found;
      this.#failed.add(part);
      this.#said.say(part, "error", "round-failed", { part, trouble, code: failureOf(error).code });
      return 0;
    }
  }
}
