/** One time that a transaction was made: raising its fee makes another one with the same number. */
export interface PostedAttempt {
  /** Undefined where a node or a wallet signs, and its answer hasn't come. */
  readonly hash: string | undefined;
  /** The signed bytes, which can be handed in again; undefined where a node or a wallet signs and sends in one. */
  readonly raw: string | undefined;
  /** Wei a unit of gas at most. */
  readonly fee: bigint;
  /** Wei a unit of gas above the base fee; the same as `fee` on chains without a base fee. */
  readonly tip: bigint;
}

/** A transaction that may have left, as it is written down before it does. */
export interface Posted {
  readonly chainId: bigint;
  /** The chain's id; with more where that doesn't tell it from another one: local chains begin anew each time. */
  readonly chain: string;
  readonly from: string;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  /** Wei. */
  readonly value: bigint;
  readonly gasLimit: bigint;
  /** 2, or 0 on a chain without a base fee. */
  readonly type: 0 | 2;
  /** What it is for, in words. */
  readonly purpose: string;
  /** Newest block when it was written down: it can't be in an earlier one. */
  readonly block: number;
  /** When it was written down, in milliseconds. */
  readonly at: number;
  readonly attempts: readonly PostedAttempt[];
  /** Whoever wrote it down, where several can: see {@link Outbox.isAnothers}. */
  readonly by?: string | undefined;
}

/** A nonce that is used. */
export interface Spent {
  readonly nonce: number;
  /** When that was found out, in milliseconds. */
  readonly at: number;
}

/**
 * Where transactions are written down before they leave, until it is known what became of them. A folder, a browser's
 * database, memory where nothing outlives the process.
 */
export interface Outbox {
  /** Transactions of an account of which it isn't known what became, lowest nonce first. */
  open(chain: string, from: string): Promise<readonly Posted[]>;
  /** Writes a transaction down, in place of one with the same nonce. It outlives a crash from when this returns. */
  write(posted: Posted): Promise<void>;
  /**
   * Forgets a transaction: it is known what became of it.
   *
   * @param isUsed Whether its nonce is used now.
   */
  settle(posted: Posted, isUsed: boolean): Promise<void>;
  /**
   * Whether somebody else has sent a transaction who is still there, and tells people of it: nobody else takes it for what
   * they were to do themselves. Without it, all is this one's own, or of somebody who is gone.
   */
  isAnothers?(posted: Posted): boolean;
  /** The highest nonce of an account that was found to be used; undefined where nothing is known of that. */
  spent(chain: string, from: string): Promise<Spent | undefined>;
  /**
   * Has one at a time send as an account.
   *
   * @param use Gets whether somebody else was waited for.
   */
  alone<Result>(chain: string, from: string, use: (waited: boolean) => Promise<Result>): Promise<Result>;
}

/** What outlives nothing: for a chain that ends with the process, and for tests. */
export class MemoryOutbox implements Outbox {
  readonly #open = new Map<string, Posted>();
  readonly #spent = new Map<string, Spent>();
  readonly #turns = new Map<string, Promise<unknown>>();

  open(chain: string, from: string): Promise<readonly Posted[]> {
    const mine = [...this.#open.values()].filter((each) => each.chain === chain && each.from === from);
    return Promise.resolve(mine.sort((a, b) => a.nonce - b.nonce));
  }

  write(posted: Posted): Promise<void> {
    this.#open.set(keyOf(posted), posted);
    return Promise.resolve();
  }

  settle(posted: Posted, isUsed: boolean): Promise<void> {
    const { chain, from, nonce } = posted;
    const account = `${chain} ${from}`;
    this.#open.delete(keyOf(posted));
    if (isUsed && nonce >= (this.#spent.get(account)?.nonce ?? 0)) {
      this.#spent.set(account, { nonce, at: Date.now() });
    }
    return Promise.resolve();
  }

  spent(chain: string, from: string): Promise<Spent | undefined> {
    return Promise.resolve(this.#spent.get(`${chain} ${from}`));
  }

  async alone<Result>(
    chain: string,
    from: string,
    use: (waited: boolean) => Promise<Result>,
  ): Promise<Result> {
    const key = `${chain} ${from}`;
    const before = this.#turns.get(key);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return use(before !== undefined);
    })();
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }
}

function keyOf({ chain, from, nonce }: Posted): string {
  return `${chain} ${from} ${nonce}`;
}
