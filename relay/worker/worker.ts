import type { TransactionReceipt } from "ethers";
import { Account } from "../../sdk/execute/account.js";
import { readFees } from "../../sdk/execute/fees.js";
import { gasLimitOf } from "../../sdk/execute/gas.js";
import type { Pace } from "../../sdk/execute/pace.js";
import type { Sender } from "../../sdk/execute/sender.js";
import { KyosoError, isOf } from "../../sdk/errors.js";
import type { Job } from "../jobs/job.js";
import { UNDER_WAY } from "../jobs/states.js";
import { StoreOutbox } from "../jobs/outbox.js";
import type { Desk } from "../kinds/kind.js";
import type { Logger } from "../log.js";
import { explain, trialFailed } from "./explain.js";
import { postpone } from "./postpone.js";
import { pack } from "./parcels.js";
import type { Packed, Parcel } from "./parcels.js";
import type { Settling } from "./settle.js";
import { AGAIN_MS, settleConfirmed, settleSent } from "./settle.js";
import { withoutStruck } from "./strikes.js";
import type { Trouble } from "./trouble.js";
import { Troubles } from "./troubles.js";
import { failureOf, troubleOf } from "./trouble.js";

/** How many jobs of a kind are looked at in one go: what fits into a transaction or two. */
const AT_ONCE = { batches: 240, deeds: 60 } as const;

/** Makes parcels of jobs of one that can't go as it is. */
type Repack = (left: readonly Job[]) => Promise<readonly Parcel[]>;

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
  readonly #troubles: Troubles;
  #stopping = false;

  constructor(options: WorkerOptions) {
    const { store, payer, maxFee, pace, log } = options;
    this.#options = options;
    this.#troubles = new Troubles(log);
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
    return this.#troubles.now;
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
    this.#troubles.begin();
    const done = await this.#troubles.trying("settle", async () => {
      if ((await this.#settle()) === undefined) return 0;
      // What is done already, and can't be looked at now, keeps nothing from being sent.
      await this.#troubles.trying("confirmed", () => this.#settleConfirmed());
      return this.#stopping ? 0 : this.#sendAll();
    });
    this.#troubles.end(this.#options.store.countOf("waiting") > 0);
    return done > 0;
  }

  async #settleConfirmed(): Promise<number> {
    const undone = await settleConfirmed(this.#settling);
    if (undone > 0) this.#options.log("warn", "reorganised", { jobs: undone });
    return undone;
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
    this.#troubles.unblock();
    return this.#settleKnown();
  }

  /** Settles the jobs of transactions of which all is known, and forgets those. */
  async #settleKnown(seen: readonly TransactionReceipt[] = []): Promise<number> {
    const settled = await settleSent(this.#settling, this.#outbox.all(this.address), seen);
    await this.#account.release();
    if (settled > 0) this.#options.log("info", "settled", { jobs: settled });
    return settled;
  }

  #notKnown(nonce: number, used: boolean, wentWrong: boolean): void {
    const { store, log } = this.#options;
    // A node that has it, and says nothing else: it isn't taken into a block at its price.
    const state = !used && !wentWrong ? "stuck" : "unconfirmed";
    const jobs = store.underWay(nonce).filter((job) => job.state !== state);
    store.move(jobs, state);
    this.#troubles.block(state === "stuck" ? "stuck" : "not-known");
    log("error", state, { nonce, jobs: store.underWay(nonce).length });
  }

  async #sendAll(): Promise<number> {
    let sent = 0;
    for (const desk of this.#options.desks.values()) {
      sent += await this.#troubles.trying(desk.name, () => this.#sendOf(desk));
      // What left, and isn't known of as something failed, is followed first.
      if (this.#stopping || this.#blocked || this.#options.store.inStates(UNDER_WAY, 1).length > 0) break;
    }
    return sent;
  }

  async #sendOf(desk: Desk): Promise<number> {
    const { store } = this.#options;
    const inBatches = desk.batches !== undefined;
    const count = inBatches ? AT_ONCE.batches : AT_ONCE.deeds;
    const jobs = withoutStruck(store, store.due(desk.name, Date.now(), count));
    if (jobs.length === 0) return 0;
    return this.#account.hold(() =>
      inBatches ? this.#sendBatches(desk, jobs) : this.#sendDeeds(desk, jobs),
    );
  }

  get #blocked(): boolean {
    return this.#troubles.blocked;
  }

  async #sendDeeds(desk: Desk, jobs: readonly Job[]): Promise<number> {
    await this.#options.chain.fresh();
    const { parcels, failed } = await this.#packed(desk, jobs);
    await explain(this.#settling, desk, failed);
    let done = failed.length;
    for (const parcel of parcels) {
      if (this.#stopping || this.#blocked) break;
      done += await this.#afford(parcel, async (left) => (await this.#packed(desk, left)).parcels);
    }
    return done;
  }

  async #packed(desk: Desk, jobs: readonly Job[]): Promise<Packed> {
    const live = this.#options.chain.live;
    const deeds = await desk.deeds(live, jobs);
    const carried = jobs.flatMap((job, i) => {
      const deed = deeds[i];
      return deed === undefined ? [] : [{ job, deed }];
    });
    return pack(live, carried, this.address);
  }

  async #sendBatches(desk: Desk, jobs: readonly Job[]): Promise<number> {
    const live = await this.#options.chain.fresh();
    const { batches = [], unfit = jobs } = (await desk.batches?.(live, jobs)) ?? {};
    await explain(this.#settling, desk, unfit);
    let done = unfit.length;
    for (const batch of batches) {
      if (this.#stopping || this.#blocked) break;
      const trial = await batch.works();
      const works = batch.jobs.filter((_, i) => trial[i] === true);
      const fails = batch.jobs.filter((_, i) => trial[i] !== true);
      await explain(this.#settling, desk, fails);
      done += fails.length;
      if (works.length === 0) continue;
      const parcelOf = async (left: readonly Job[]): Promise<Parcel> => {
        const intent = batch.intentFor(left);
        // What it may take at most, it is given; what it takes is what a day's budget is asked for.
        const { to, data } = intent;
        const gas = await live.provider.estimateGas({ from: this.address, to, data });
        return { jobs: left, intent: { ...intent, gas }, gas };
      };
      done += await this.#afford(await parcelOf(works), async (left) => {
        const rest = works.filter((job) => left.includes(job));
        return rest.length === 0 ? [] : [await parcelOf(rest)];
      });
    }
    return done;
  }

  /** Sends what of a parcel may be paid for today; the rest waits until tomorrow. */
  async #afford(parcel: Parcel, repack: Repack): Promise<number> {
    const { purse, store, maxFee, chain } = this.#options;
    const { base = 0n, fee, tip } = await readFees(chain.provider, maxFee);
    const price = base + tip < fee ? base + tip : fee;
    const each = (parcel.gas * price) / BigInt(parcel.jobs.length);
    // What came before it in this round may have been paid for in vain.
    const { allowed, over } = purse.allow(withoutStruck(store, parcel.jobs), each);
    for (const { job, problem, from } of over) postpone(store, job, from * 1000, problem);
    if (allowed.length === parcel.jobs.length) return this.#deliver(parcel, repack);
    if (over.length > 0) this.#options.log("warn", "budget-used", { jobs: over.length });
    return parcel.jobs.length - allowed.length + (await this.#deliverAnew(allowed, repack));
  }

  async #deliverAnew(jobs: readonly Job[], repack: Repack): Promise<number> {
    let sent = 0;
    for (const parcel of jobs.length === 0 ? [] : await repack(jobs)) {
      if (this.#stopping || this.#blocked) break;
      sent += await this.#deliver(parcel, repack);
    }
    return sent;
  }

  /** Sends a parcel, and settles its jobs. */
  async #deliver(parcel: Parcel, repack: Repack): Promise<number> {
    const { log } = this.#options;
    const { jobs, intent } = parcel;
    const fate = await this.#outbox.carrying(jobs, () => this.#account.post(intent));
    switch (fate.state) {
      case "not known":
        this.#notKnown(fate.nonce, fate.used, fate.reason !== undefined);
        return 0;
      case "refused":
        await this.#settleKnown();
        return this.#notSent(
          parcel,
          fate.cause instanceof Error ? fate.cause : new Error(fate.reason),
          repack,
        );
      default:
        this.#troubles.sent();
        log("info", fate.state, {
          jobs: jobs.length,
          block: fate.state === "replaced" ? null : fate.receipt.blockNumber,
        });
        // As it was seen: a node that has lost sight of it for a moment doesn't have it cost nothing.
        await this.#settleKnown(fate.state === "replaced" ? [] : [fate.receipt]);
        return jobs.length;
    }
  }

  /**
   * What becomes of a parcel that isn't taken: of several each half is tried, and a lone one waits. So nothing keeps what comes after
   * it from being sent, whatever its reason says, which a stranger may have written.
   *
   * @throws What would befall any other one as well.
   */
  async #notSent(parcel: Parcel, cause: Error, repack: Repack): Promise<number> {
    const { jobs } = parcel;
    const { log, store, chain } = this.#options;
    const trouble = troubleOf(cause);
    if (cause instanceof KyosoError && trouble !== "other") throw cause;
    await chain.fresh();
    const left = jobs.filter(({ id }) => store.find(id)?.state === "waiting");
    const done = jobs.length - left.length;
    if (left.length > 1) {
      log("warn", "halved", { jobs: left.length, code: failureOf(cause).code });
      const middle = Math.ceil(left.length / 2);
      const first = await this.#deliverAnew(left.slice(0, middle), repack);
      return done + first + (this.#blocked ? 0 : await this.#deliverAnew(left.slice(middle), repack));
    }
    // It worked a moment ago, and doesn't now.
    log("warn", "not-sent", { job: left[0]?.number, trouble });
    const problem = trouble === "other" ? { problem: trialFailed() } : {};
    store.note(left, { ...problem, notBefore: Date.now() + AGAIN_MS });
    if (trouble === "no-money" && (await this.#isPoor(parcel))) throw cause;
    return jobs.length;
  }

  /** Whether there is less than a parcel may come to: what an error says of that, a stranger may have written. */
  async #isPoor({ intent, gas }: Parcel): Promise<boolean> {
    const { provider } = this.#options.chain;
    const { fee } = await readFees(provider, this.#options.maxFee);
    // A node asks for all the gas that it is given, as nobody knows before how much of it is used.
    const most = gasLimitOf(intent, gas) * fee + intent.value;
    return (await provider.getBalance(this.address)) < most;
  }
}
