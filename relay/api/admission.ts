import type { Problem } from "../../sdk/errors.js";
import { queueFull } from "../jobs/busy.js";
import type { Handed } from "../jobs/job.js";
import type { Accepted, DoneIn, JobStore } from "../jobs/store.js";
import type { Desk, Verdict } from "../kinds/kind.js";
import type { Logger } from "../log.js";
import type { ChainView } from "../worker/chain.js";
import { tooLate } from "../worker/postpone.js";
import { failureOf } from "../worker/trouble.js";

/** How long is waited for others to be checked with, in milliseconds, and how many are at most. */
const GATHERED_MS = 20;
const AT_ONCE = 100;
/** How old what is known of the chain may be when something is checked for the first time. */
const FRESH_MS = 2_000;
/**
 * How many checks of a kind may be waiting: those whom one letter brings at once are fewer, and more would be answered too late.
 * Each kind has its own, and keeps no other one out.
 */
const MOST_CHECKS = 2_500;

/** A verdict, and for what is done the block in which that is so. */
interface Looked {
  readonly verdict: Verdict;
  readonly done: DoneIn | undefined;
}

interface Waiter {
  readonly handed: Handed;
  readonly resolve: (looked: Looked) => void;
  readonly reject: (error: unknown) => void;
}

/** What of a kind is to be checked. */
interface Queue {
  readonly next: Waiter[];
  /** With those that are being checked. */
  waiting: number;
}

/**
 * Looks at what is handed in before it is taken: only what could be carried out is. The SDK's own checks ask a node, and ask
 * it less where several are checked at once.
 */
export class Admission {
  readonly #store: JobStore;
  readonly #chain: ChainView;
  readonly #sender: string;
  readonly #log: Logger;
  readonly #most: number;
  readonly #queues = new Map<Desk, Queue>();
  #lookedAt = 0;
  #here: DoneIn | undefined;

  constructor(store: JobStore, chain: ChainView, sender: string, log: Logger, most = MOST_CHECKS) {
    this.#store = store;
    this.#chain = chain;
    this.#sender = sender;
    this.#log = log;
    this.#most = most;
  }

  /** Why nothing more of a kind is looked at for now. Asked before anything is read, it costs next to nothing. */
  fullOf(desk: Desk): Problem | undefined {
    const { waiting } = this.#queueOf(desk);
    return waiting < this.#most ? undefined : queueFull(waiting);
  }

  /** What becomes of something that was handed in and could be read. */
  async admit(desk: Desk, handed: Handed): Promise<Accepted> {
    const known = this.#store.findSame(handed);
    // Whoever has what was signed is told at once. Of anybody else, who could guess all but the signature, it is looked at first.
    if (known?.body === handed.body) return { job: known, isNew: false };
    const full = this.fullOf(desk);
    if (full !== undefined) return { problem: full };
    const { verdict, done } = await this.#check(desk, handed);
    // What is done, or can be later, is taken: it has a job, by which its sender learns how it stands.
    if (verdict.status === "refused") return { problem: verdict.problem };
    const notAfter = "until" in verdict && verdict.until !== undefined ? verdict.until * 1000 : undefined;
    if (verdict.status === "later" && notAfter !== undefined && verdict.from * 1000 >= notAfter) {
      return { problem: tooLate(verdict.from * 1000, notAfter, verdict.problem) };
    }
    return this.#store.accept(handed, { done, notAfter });
  }

  #check(desk: Desk, handed: Handed): Promise<Looked> {
    return new Promise((resolve, reject) => {
      const queue = this.#queueOf(desk);
      queue.waiting++;
      if (queue.next.push({ handed, resolve, reject }) === 1) {
        setTimeout(() => {
          void this.#checkAll(desk);
        }, GATHERED_MS);
      }
    });
  }

  async #checkAll(desk: Desk): Promise<void> {
    const queue = this.#queueOf(desk);
    const waiters = queue.next.splice(0, AT_ONCE);
    try {
      await this.#answer(desk, waiters);
    } finally {
      queue.waiting -= waiters.length;
      if (queue.next.length > 0) void this.#checkAll(desk);
    }
  }

  #queueOf(desk: Desk): Queue {
    const queue = this.#queues.get(desk) ?? { next: [], waiting: 0 };
    this.#queues.set(desk, queue);
    return queue;
  }

  /** Checks some together; where that fails, and not for the node's sake, one by one: nobody suffers from what others hand in. */
  async #answer(desk: Desk, waiters: readonly Waiter[]): Promise<void> {
    try {
      const live = await this.#live();
      const bodies = waiters.map(({ handed }) => handed.body);
      const here = await this.#blockOf(live.block);
      const verdicts = await desk.check(live, bodies, this.#sender, false);
      for (const [i, { resolve, reject }] of waiters.entries()) {
        const verdict = verdicts[i];
        if (verdict === undefined) reject(new RangeError("Something that was handed in has no verdict"));
        else resolve({ verdict, done: verdict.status === "done" ? here : undefined });
      }
    } catch (error) {
      const { code, away } = failureOf(error);
      this.#log("warn", "check-failed", { code, away, requests: waiters.length });
      if (away || waiters.length === 1) for (const { reject } of waiters) reject(error);
      else for (const waiter of waiters) await this.#answer(desk, [waiter]);
    }
  }

  /** A block and its hash. Asked before anything is read there: where it is replaced meanwhile, the hash says so later on. */
  async #blockOf(block: number): Promise<DoneIn> {
    if (this.#here?.block !== block) {
      this.#here = { block, blockHash: (await this.#chain.hashOf(block)) ?? null };
    }
    return this.#here;
  }

  async #live() {
    if (Date.now() - this.#lookedAt > FRESH_MS) {
      await this.#chain.fresh();
      this.#here = undefined;
      this.#lookedAt = Date.now();
    }
    return this.#chain.live;
  }
}
