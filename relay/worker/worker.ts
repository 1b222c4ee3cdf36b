import type { Intent } from "../../sdk/execute/account.js";
import { Account } from "../../sdk/execute/account.js";
import { readFees } from "../../sdk/execute/fees.js";
import type { Pace } from "../../sdk/execute/pace.js";
import type { Sender } from "../../sdk/execute/sender.js";
import type { Posted } from "../../sdk/execute/outbox.js";
import { batchIntent, makeBatches, requireRelay, trialOf } from "../../sdk/governance/ballotBatch.js";
import { KyosoError, isOf } from "../../sdk/errors.js";
import type { Job } from "../jobs/job.js";
import { StoreOutbox } from "../jobs/outbox.js";
import { candidatesOf } from "../kinds/ballot.js";
import type { Desk } from "../kinds/kind.js";
import type { Logger } from "../log.js";
import { AGAIN_MS, explain, trialFailed } from "./explain.js";
import { pack } from "./parcels.js";
import type { Parcel } from "./parcels.js";
import type { Settling } from "./settle.js";
import { settleConfirmed, settleSent } from "./settle.js";
import { withoutStruck } from "./strikes.js";
import type { Trouble } from "./trouble.js";
import { failureOf, troubleOf } from "./trouble.js";

/** How many jobs of a kind are looked at in one go: what fits into a transaction or two. */
const AT_ONCE = { ballot: 240, other: 60 } as const;

export interface WorkerOptions extends Omit<Settling, "sender"> {
  readonly payer: Sender;
  /** Wei a unit of gas at most. */
  readonly maxFee: bigint | undefined;
  readonly pace: Partial<Pace>;
  readonly log: Logger;
}

/**
 * Carries out what waits: one thing after the other, with one key and one line of transactions. A round finds out what became
 * of what was sent before it sends anything new.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #settling: Settling;
  readonly #account: Account;
  readonly #outbox: StoreOutbox;
  #trouble: Trouble | undefined;
  #stopping = false;

  constructor(options: WorkerOptions) {
    const { store, payer, maxFee, pace, log } = options;
    this.#options = options;
    this.#settling = { ...options, sender: payer.address };
    this.#outbox = new StoreOutbox(store);
    this.#account = new Account(payer, {
      outbox: this.#outbox,
      maxFee,
      pace,
      onRaised: ({ nonce, attempts }) => {
        log("warn", "fee-raised", { nonce, attempts: attempts.length });
      },
    });
  }

  get address(): string {
    return this.#account.address;
  }

  /** What keeps it from sending, as of its last round. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Has the round that is under way send nothing more. */
  stop(): void {
    this.#stopping = true;
  }

  /**
   * One round. Whatever goes wrong in it is said by {@link trouble}; the next one begins with what is on the chain.
   *
   * @returns Whether something was done, so that there may be more to do at once.
   */
  async round(): Promise<boolean> {
    try {
      const settled = await this.#settle();
      if (settled === undefined) return false;
      const undone = await settleConfirmed(this.#settling);
      if (undone > 0) this.#options.log("warn", "reorganised", { jobs: undone });
      const sent = this.#stopping ? 0 : await this.#sendAll();
      if (sent > 0) this.#trouble = undefined;
      return sent > 0;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  /** Finds out what became of what was sent; undefined where it can't be seen yet, and nothing new can be sent. */
  async #settle(): Promise<number | undefined> {
    try {
      await this.#options.chain.fresh();
      await this.#account.hold(() => Promise.resolve());
    } catch (error) {
      const [first] = error instanceof KyosoError ? error.problems : [];
      if (first !== undefined && isOf(first, "transaction.not-known")) {
        this.#notKnown(first.data.nonce, first.data.used, first.data.reason !== undefined);
        return undefined;
      }
      // What an earlier run had sent is known by now.
      if (first === undefined || !isOf(first, "account.earlier-found")) throw error;
    }
    if (this.#trouble === "not-known" || this.#trouble === "stuck") this.#trouble = undefined;
    return this.#settleKnown();
  }

  /** Settles the jobs of transactions of which all is known, and forgets those. */
  async #settleKnown(): Promise<number> {
    const settled = await settleSent(this.#settling, await this.#written());
    await this.#account.release();
    if (settled > 0) this.#options.log("info", "settled", { jobs: settled });
    return settled;
  }

  #written(): Promise<readonly Posted[]> {
    const { store } = this.#options;
    const rows = store.statement("SELECT DISTINCT chain FROM outbox WHERE sender = ?").all(this.address);
    return Promise.all(rows.map(({ chain }) => this.#outbox.open(String(chain), this.address))).then((all) =>
      all.flat(),
    );
  }

  #notKnown(nonce: number, used: boolean, wentWrong: boolean): void {
    const { store, log } = this.#options;
    // A node that has it, and says nothing else: it isn't taken into a block at its price.
    const state = !used && !wentWrong ? "stuck" : "unconfirmed";
    const jobs = store.underWay(nonce).filter((job) => job.state !== state);
    store.move(jobs, state);
    this.#trouble = state === "stuck" ? "stuck" : "not-known";
    log("error", state, { nonce, jobs: store.underWay(nonce).length });
  }

  async #sendAll(): Promise<number> {
    let sent = 0;
    for (const desk of this.#options.desks.values()) {
      const count = desk.name === "ballot" ? AT_ONCE.ballot : AT_ONCE.other;
      const jobs = withoutStruck(this.#options.store, this.#options.store.due(desk.name, Date.now(), count));
      if (jobs.length === 0) continue;
      sent += await this.#account.hold(() =>
        desk.name === "ballot" ? this.#sendBallots(desk, jobs) : this.#sendDeeds(desk, jobs),
      );
      if (this.#stopping || this.#blocked) break;
    }
    return sent;
  }

  get #blocked(): boolean {
    return this.#trouble === "not-known" || this.#trouble === "stuck";
  }

  async #sendDeeds(desk: Desk, jobs: readonly Job[]): Promise<number> {
    const live = await this.#options.chain.fresh();
    const deeds = await desk.deeds(live, jobs);
    const carried = jobs.flatMap((job, i) => {
      const deed = deeds[i];
      return deed === undefined ? [] : [{ job, deed }];
    });
    const { parcels, failed } = await pack(live, carried, this.address);
    await explain(this.#settling, desk, failed);
    let done = failed.length;
    for (const parcel of parcels) {
      if (this.#stopping || this.#blocked) break;
      done += await this.#afford(parcel, (left) => this.#repacked(desk, left));
    }
    return done;
  }

  /** What is left of a parcel, where some of it can't be paid for today. */
  async #repacked(desk: Desk, jobs: readonly Job[]): Promise<readonly Parcel[]> {
    const live = this.#options.chain.live;
    const deeds = await desk.deeds(live, jobs);
    const carried = jobs.flatMap((job, i) => {
      const deed = deeds[i];
      return deed === undefined ? [] : [{ job, deed }];
    });
    return (await pack(live, carried, this.address)).parcels;
  }

  async #sendBallots(desk: Desk, jobs: readonly Job[]): Promise<number> {
    const live = await this.#options.chain.fresh();
    const relay = await requireRelay(live);
    const found = await candidatesOf(live, jobs);
    const items = jobs.flatMap((job, i) => {
      const candidate = found[i];
      return candidate === undefined ? [] : [{ ...candidate, job }];
    });
    const unfit = jobs.filter((_, i) => found[i] === undefined);
    await explain(this.#settling, desk, unfit);
    let done = unfit.length;
    for (const batch of makeBatches(items)) {
      if (this.#stopping || this.#blocked) break;
      const trial = await trialOf(live, relay, batch);
      const works = batch.items.filter((_, i) => trial[i] === undefined);
      const fails = batch.items.filter((_, i) => trial[i] !== undefined).map(({ job }) => job);
      await explain(this.#settling, desk, fails);
      done += fails.length;
      if (works.length === 0) continue;
      const parcelOf = async (left: typeof works): Promise<Parcel> => {
        const intent = batchIntent(live, relay, { ...batch, items: left });
        // What it may take at most, it is given; what it takes is what a day's budget is asked for.
        const { to, data } = intent;
        const gas = await live.provider.estimateGas({ from: this.address, to, data });
        return { jobs: left.map(({ job }) => job), intent: { ...intent, gas }, gas };
      };
      done += await this.#afford(await parcelOf(works), async (left) => {
        const rest = works.filter(({ job }) => left.includes(job));
        return rest.length === 0 ? [] : [await parcelOf(rest)];
      });
    }
    return done;
  }

  /** Sends what of a parcel may be paid for today; the rest waits until tomorrow. */
  async #afford(
    parcel: Parcel,
    repack: (left: readonly Job[]) => Promise<readonly Parcel[]>,
  ): Promise<number> {
    const { purse, store, maxFee, chain } = this.#options;
    const { base = 0n, fee, tip } = await readFees(chain.provider, maxFee);
    const price = base + tip < fee ? base + tip : fee;
    const each = (parcel.gas * price) / BigInt(parcel.jobs.length);
    const { allowed, over } = purse.allow(parcel.jobs, each);
    for (const { job, problem, from } of over) store.note([job], { problem, notBefore: from * 1000 });
    if (over.length === 0) return this.#deliver(parcel);
    this.#options.log("warn", "budget-used", { jobs: over.length });
    let sent = over.length;
    for (const smaller of allowed.length === 0 ? [] : await repack(allowed)) {
      sent += await this.#deliver(smaller);
      if (this.#blocked) break;
    }
    return sent;
  }

  /** Sends a parcel, and settles its jobs. */
  async #deliver({
    jobs,
    intent,
  }: {
    readonly jobs: readonly Job[];
    readonly intent: Intent;
  }): Promise<number> {
    const { log, store } = this.#options;
    const fate = await this.#outbox.carrying(jobs, () => this.#account.post(intent));
    switch (fate.state) {
      case "not known":
        this.#notKnown(fate.nonce, fate.used, fate.reason !== undefined);
        return 0;
      case "refused":
        await this.#settleKnown();
        if (jobs.length > 1 || troubleOf(fate.cause) !== "other") {
          throw fate.cause instanceof Error ? fate.cause : new Error(fate.reason);
        }
        // It worked a moment ago, and doesn't now. Whoever can have it so again and again keeps nobody else's from being sent.
        log("warn", "not-sent", { job: jobs[0]?.number });
        store.note(jobs, { problem: trialFailed(), notBefore: Date.now() + AGAIN_MS });
        return jobs.length;
      default:
        log("info", fate.state, {
          jobs: jobs.length,
          block: fate.state === "replaced" ? null : fate.receipt.blockNumber,
        });
        await this.#settleKnown();
        return jobs.length;
    }
  }

  #failed(error: unknown): void {
    const trouble = troubleOf(error);
    this.#trouble = trouble;
    this.#options.log("error", "round-failed", { trouble, code: failureOf(error).code });
  }
}
