/** What somebody was given to sign. Moments are in milliseconds. */
export interface Challenge {
  /** The hash of what the browser's cookie has. */
  readonly id: string;
  readonly nonce: string;
  readonly expiresAt: number;
}

/** Somebody who signed in. */
export interface Session {
  /** The hash of what the browser's cookie has. */
  readonly id: string;
  readonly account: string;
  /** When the chain last said that the account may come in. */
  readonly askedAt: number;
  readonly expiresAt: number;
}

/** A perk that was given. */
export interface Redemption {
  /** For the books of whoever gives something away. */
  readonly receipt: string;
  readonly perk: number;
  readonly account: string;
  /** The passes, or the accounts, for which it is given no more. */
  readonly marks: readonly string[];
  readonly at: number;
}

/**
 * Where a gate keeps what it has to remember. Challenges and sessions may be forgotten at any time; what was redeemed never may.
 * Each method is done as a whole or not at all, whoever else calls at the same time, from other servers too.
 */
export interface GateStore {
  keepChallenge(challenge: Challenge): Promise<void>;
  /** Takes a challenge away. Of several who ask for the same one, one gets it. */
  takeChallenge(id: string): Promise<Challenge | undefined>;
  /** Keeps a session; of an account {@link MOST_OF_ACCOUNT}, and then the oldest goes. */
  keepSession(session: Session): Promise<void>;
  findSession(id: string): Promise<Session | undefined>;
  /** Says when the chain was asked last; does nothing for a session that there isn't any more. */
  touchSession(id: string, askedAt: number): Promise<void>;
  endSession(id: string): Promise<void>;
  /** What was redeemed with any of these marks. */
  findRedemptions(marks: readonly string[]): Promise<Redemption[]>;
  /**
   * Writes a redemption down, unless any of its marks is there.
   *
   * @returns The one that was there before; undefined where it was written down.
   */
  redeem(redemption: Redemption): Promise<Redemption | undefined>;
}

/** How many challenges, and sessions, a store keeps at once: the oldest ones are forgotten. */
export const MOST_KEPT = 100_000;

/** How many sessions an account has at once: so many browsers of its own. */
export const MOST_OF_ACCOUNT = 10;

/** Keeps all in memory: coupons that were redeemed are forgotten with the process, and can be redeemed again. */
export class MemoryGateStore implements GateStore {
  readonly #most: number;
  readonly #now: () => number;
  readonly #challenges = new Map<string, Challenge>();
  readonly #sessions = new Map<string, Session>();
  readonly #redeemed = new Map<string, Redemption>();

  constructor(most = MOST_KEPT, now: () => number = Date.now) {
    this.#most = most;
    this.#now = now;
  }

  keepChallenge(challenge: Challenge): Promise<void> {
    this.#keep(this.#challenges, challenge);
    return Promise.resolve();
  }

  takeChallenge(id: string): Promise<Challenge | undefined> {
    const found = this.#challenges.get(id);
    this.#challenges.delete(id);
    return Promise.resolve(found);
  }

  keepSession(session: Session): Promise<void> {
    this.#keep(this.#sessions, session);
    // In the order in which they were kept.
    const own = [...this.#sessions.values()].filter(({ account }) => account === session.account);
    for (const { id } of own.slice(0, -MOST_OF_ACCOUNT)) this.#sessions.delete(id);
    return Promise.resolve();
  }

  findSession(id: string): Promise<Session | undefined> {
    return Promise.resolve(this.#sessions.get(id));
  }

  touchSession(id: string, askedAt: number): Promise<void> {
    const found = this.#sessions.get(id);
    if (found !== undefined) this.#sessions.set(id, { ...found, askedAt });
    return Promise.resolve();
  }

  endSession(id: string): Promise<void> {
    this.#sessions.delete(id);
    return Promise.resolve();
  }

  findRedemptions(marks: readonly string[]): Promise<Redemption[]> {
    return Promise.resolve([...new Set(marks.flatMap((mark) => this.#redeemed.get(mark) ?? []))]);
  }

  redeem(redemption: Redemption): Promise<Redemption | undefined> {
    for (const mark of redemption.marks) {
      const before = this.#redeemed.get(mark);
      if (before !== undefined) return Promise.resolve(before);
    }
    for (const mark of redemption.marks) this.#redeemed.set(mark, redemption);
    return Promise.resolve(undefined);
  }

  /** Those that were kept first expire first. */
  #keep<Kept extends { readonly id: string; readonly expiresAt: number }>(
    all: Map<string, Kept>,
    kept: Kept,
  ): void {
    all.delete(kept.id);
    all.set(kept.id, kept);
    for (const [id, { expiresAt }] of all) {
      if (all.size <= this.#most && expiresAt > this.#now()) break;
      all.delete(id);
    }
  }
}
