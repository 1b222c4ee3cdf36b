/** How much is remembered of a sort. */
const MOST = 10_000;

/** After how many blocks no reorganisation changes what was found. */
const SETTLED = 64;

/** What was found in logs and doesn't change any more: somebody who asks for the same again and again has nobody look through them anew. */
export class Remembered<Value> {
  readonly #found = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#found.get(key);
  }

  /** @param block In which it came about. */
  keep(key: string, value: Value, block: number, newest: number): void {
    if (block + SETTLED > newest) return;
    this.#found.set(key, value);
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST && oldest !== undefined) this.#found.delete(oldest);
  }
}
