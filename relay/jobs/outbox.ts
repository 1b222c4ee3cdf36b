import type { Outbox, Posted } from "../../sdk/execute/outbox.js";
import { parsePosted, postedText } from "../../sdk/node/execute/outbox.js";
import type { Job } from "./job.js";
import type { JobStore } from "./store.js";

/**
 * Transactions in the database of the jobs: that one is written down, and that jobs are in it, is one and the same. So
 * whenever the relay is killed, a job that may have left says so, and one that says so may have left.
 */
export class StoreOutbox implements Outbox {
  readonly #store: JobStore;
  #cargo: readonly Job[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: JobStore) {
    this.#store = store;
  }

  /** Has the jobs go into the next transaction that `use` writes down. */
  async carrying<Result>(jobs: readonly Job[], use: () => Promise<Result>): Promise<Result> {
    this.#cargo = jobs;
    try {
      return await use();
    } finally {
      this.#cargo = [];
    }
  }

  open(chain: string, from: string): Promise<readonly Posted[]> {
    const sql = "SELECT posted FROM outbox WHERE chain = ? AND sender = ? ORDER BY nonce";
    const rows = this.#store.statement(sql).all(chain, from);
    return Promise.resolve(rows.map(({ posted }) => parsePosted(String(posted), "database")));
  }

  /** Of all chains. */
  all(from: string): readonly Posted[] {
    const rows = this.#store
      .statement("SELECT posted FROM outbox WHERE sender = ? ORDER BY chain, nonce")
      .all(from);
    return rows.map(({ posted }) => parsePosted(String(posted), "database"));
  }

  /** Not asynchronous, but for the promise: nothing comes in between. */
  write(posted: Posted): Promise<void> {
    const { chain, from, nonce, attempts } = posted;
    this.#store.atomically(() => {
      const sql = "INSERT OR REPLACE INTO outbox (chain, sender, nonce, posted) VALUES (?, ?, ?, ?)";
      this.#store.statement(sql).run(chain, from, nonce, postedText(posted));
      const transaction = attempts.at(-1)?.hash ?? null;
      this.#store.move(this.#cargo, "sent", { nonce, transaction, problem: null });
      if (this.#cargo.length === 0) this.#store.note(this.#store.underWay(nonce), { transaction });
    });
    this.#cargo = [];
    return Promise.resolve();
  }

  settle({ chain, from, nonce }: Posted): Promise<void> {
    const sql = "DELETE FROM outbox WHERE chain = ? AND sender = ? AND nonce = ?";
    this.#store.statement(sql).run(chain, from, nonce);
    return Promise.resolve();
  }

  /** What a node that is behind would have done twice, jobs are done once for: it is looked at the chain for each. */
  spent(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** The database is open in one process only; within that, they follow each other. */
  async alone<Result>(
    _chain: string,
    _from: string,
    use: (waited: boolean) => Promise<Result>,
  ): Promise<Result> {
    const before = this.#turn;
    const turn = (async () => {
      await before.catch(() => undefined);
      return use(false);
    })();
    this.#turn = turn;
    return turn;
  }
}
