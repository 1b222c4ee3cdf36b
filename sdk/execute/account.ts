import type { Provider, Signer, TransactionReceipt } from "ethers";
import { LOCAL_CHAIN_ID } from "../chain/local.js";
import { reasonOf } from "../calls/revert.js";
import { KyosoError } from "../errors.js";
import type { TransactionFate } from "./fate.js";
import { hashOf } from "./fate.js";
import type { Fees } from "./fees.js";
import { mostRaised, readFees } from "./fees.js";
import { followPosted, handIn, makeAttempt } from "./follow.js";
import { gasLimitOf } from "./gas.js";
import { requireCaughtUp, requireIdle } from "./idle.js";
import type { Outbox, Posted } from "./outbox.js";
import { MemoryOutbox } from "./outbox.js";
import type { Pace } from "./pace.js";
import { PACE } from "./pace.js";
import type { Sender } from "./sender.js";
import { senderOf } from "./sender.js";

/** What a transaction is to do. */
export interface Intent {
  readonly to: string;
  readonly data: string;
  /** Wei. */
  readonly value: bigint;
  /** What it is for, in words. */
  readonly purpose: string;
  /** What it takes, where its sender has had it estimated right before: it isn't estimated once more. */
  readonly gas?: bigint;
  /** Gas that it is given at least, where an estimate finds too little. */
  readonly leastGas?: bigint;
  /** Gas that it may take at most: nothing is sent where an estimate finds more. What a stranger's contract does, costs it. */
  readonly mostGas?: bigint;
}

/** What a transaction costs, before it is sent. All are wei but the gas. */
export interface Cost extends Fees {
  /** What it uses by the estimate. */
  readonly gas: bigint;
  /** What it comes to at present, without what it carries. */
  readonly likely: bigint;
  /** What it may come to at most, without what it carries: with all the gas, and its fee raised as far as it may be. */
  readonly most: bigint;
}

/** A transaction that was sent, and what became of it; see {@link AccountOptions.known}. */
export interface Known {
  readonly posted: Posted;
  readonly fate: TransactionFate;
  /** Whose it is: another run that is still there says itself what became of it, and forgets it then. */
  readonly sentBy: "this run" | "an earlier run" | "another run";
  /** Whether it was taken for what this run was to do. */
  adopted: boolean;
}

export interface AccountOptions {
  /** Where transactions are written down before they leave; in memory without it. */
  readonly outbox?: Outbox;
  /** Wei a unit of gas that may be paid at most; without it, what is far beyond the usual is refused. */
  readonly maxFee?: bigint | undefined;
  readonly pace?: Partial<Pace>;
  /** What is known of transactions, by chain and nonce, where several accounts of one process share it. */
  readonly known?: Map<string, Known>;
  /** Called before it counts as known what became of a transaction; throws where somebody else doesn't see that so. */
  readonly confirm?: () => Promise<void>;
  /** Called before a transaction is signed. */
  readonly onCost?: (cost: Cost, intent: Intent) => void;
  /** Called when a transaction is made anew with a higher fee. */
  readonly onRaised?: (posted: Posted) => void;
}

/** A transaction that another program has filled in. */
export interface Dispatched {
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly value: bigint;
  readonly gasLimit: bigint;
  readonly purpose: string;
  readonly fee: bigint;
  readonly tip: bigint;
}

/** What is being sent at the moment. */
interface Holding {
  readonly chainId: bigint;
  readonly chain: string;
  next: number;
}

/**
 * An account that sends: the one way for all transactions. Each is signed first, written down, and handed in until it is
 * known what became of it; what an earlier run has written down is followed to its end before anything new is sent.
 */
export class Account {
  readonly #sender: Sender;
  readonly #outbox: Outbox;
  readonly #options: AccountOptions;
  readonly #pace: Pace;
  readonly #known: Map<string, Known>;
  readonly #raises = new Map<number, number>();
  #holding: Holding | undefined;

  constructor(sender: Sender, options: AccountOptions = {}) {
    this.#sender = sender;
    this.#outbox = options.outbox ?? new MemoryOutbox();
    this.#options = options;
    this.#pace = { ...PACE, ...options.pace };
    this.#known = options.known ?? new Map<string, Known>();
  }

  get address(): string {
    return this.#sender.address;
  }

  get provider(): Provider {
    return this.#sender.provider;
  }

  getAddress(): Promise<string> {
    return Promise.resolve(this.address);
  }

  /**
   * Sends several transactions, with nobody else sending as the account in between.
   *
   * @throws KyosoError "account.earlier-found" where an earlier run had sent something, or another one was waited for:
   * what was found out about the chain before has to be found out anew.
   */
  async hold<Result>(use: () => Promise<Result>): Promise<Result> {
    if (this.#holding !== undefined) return use();
    const [chainId, chain] = await this.#chain();
    return this.#outbox.alone(chain, this.address, async (waited) => {
      await this.#settleEarlier(chain, waited);
      await requireIdle(this.address, this.provider);
      await requireCaughtUp(this.address, this.provider, await this.#outbox.spent(chain, this.address));
      this.#holding = { chainId, chain, next: 0 };
      try {
        return await use();
      } finally {
        this.#holding = undefined;
      }
    });
  }

  /**
   * What an earlier run sent and this one would send again, as it was stopped before it could say so: it isn't sent twice.
   *
   * @param adopt Whether it is taken for done now; without it, only looked for.
   */
  earlierOf(
    { to, data, value }: Intent,
    adopt: boolean,
  ): (TransactionFate & { state: "confirmed" }) | undefined {
    for (const known of this.#known.values()) {
      const { posted, fate, sentBy, adopted } = known;
      if (
        sentBy !== "an earlier run" ||
        adopted ||
        fate.state !== "confirmed" ||
        posted.from !== this.address
      )
        continue;
      if (posted.to !== to || posted.data !== data || posted.value !== value) continue;
      known.adopted = adopt;
      return fate;
    }
    return undefined;
  }

  /** The receipt of what an earlier run sent, by its hash: it counts as sent by this one, which was to send the same. */
  takeOver(hash: string): TransactionReceipt | undefined {
    for (const known of this.#known.values()) {
      const { posted, fate, sentBy } = known;
      if (sentBy !== "an earlier run" || fate.state !== "confirmed" || posted.from !== this.address) continue;
      if (fate.receipt.hash !== hash) continue;
      known.adopted = true;
      return fate.receipt;
    }
    return undefined;
  }

  /**
   * Forgets what is known of transactions, and what is written down of them. To be called when people have been told of it,
   * or it is written down elsewhere: until then the next run takes what it would send again for done.
   */
  async release(): Promise<void> {
    for (const [key, { posted, fate, sentBy }] of this.#known) {
      if (sentBy === "another run") continue;
      if (fate.state !== "not known") await this.#outbox.settle(posted, fate.state !== "refused");
      this.#known.delete(key);
    }
  }

  /**
   * Finds out what became of what an earlier run has sent, if there is any. To be called before the chain is looked at.
   *
   * @throws KyosoError as {@link Account.hold} does.
   */
  async settle(): Promise<void> {
    const [, chain] = await this.#chain();
    const open = await this.#outbox.open(chain, this.address);
    if (open.some((posted) => !this.#known.has(keyOf(posted)))) await this.hold(() => Promise.resolve());
  }

  /** Sends a transaction, and waits until it is known what became of it. */
  async post(
    intent: Intent,
    onPosted: (posted: Posted) => void | Promise<void> = () => undefined,
  ): Promise<TransactionFate> {
    return this.hold(async () => {
      const made = await this.#make(intent);
      if ("state" in made) return made;
      await this.#outbox.write(made);
      await onPosted(made);
      const fate = await this.#follow(made, false);
      if (fate.state === "refused") await this.#outbox.settle(made, false);
      else this.#known.set(keyOf(made), { posted: made, fate, sentBy: "this run", adopted: false });
      if (this.#holding !== undefined && fate.state !== "refused") this.#holding.next = made.nonce + 1;
      return fate;
    });
  }

  /** A transaction with all that it needs, signed where that can be done; or why nothing can be sent. */
  async #make(intent: Intent): Promise<Posted | TransactionFate> {
    const { provider, address: from } = this.#sender;
    const { to, data, value, purpose } = intent;
    const { chainId, chain, next } = this.#holding ?? { chainId: 0n, chain: "", next: 0 };
    let known: readonly [bigint, Fees, number, number];
    try {
      known = await Promise.all([
        intent.gas ?? provider.estimateGas({ from, to, data, value }),
        readFees(provider, this.#options.maxFee),
        provider.getTransactionCount(from, "latest"),
        provider.getBlockNumber(),
      ]);
    } catch (cause) {
      return { state: "refused", reason: reasonOf(cause), cause };
    }
    const [estimate, fees, nonce, block] = known;
    const { mostGas } = intent;
    if (mostGas !== undefined && estimate > mostGas) {
      const reason = `it would take ${estimate} gas, more than ${mostGas}`;
      return { state: "refused", reason, cause: new Error(reason) };
    }
    const gasLimit = gasLimitOf(intent, estimate);
    const { base = 0n, fee, tip } = fees;
    const price = base + tip < fee ? base + tip : fee;
    // Only who signs itself can make it anew.
    const highest = this.signs ? (this.#options.maxFee ?? mostRaised(fee)) : fee;
    this.#options.onCost?.(
      { ...fees, gas: estimate, likely: estimate * price, most: gasLimit * highest },
      intent,
    );
    const type = fees.base === undefined ? 0 : 2;
    const common = { chainId, chain, from, to, data, value, purpose, gasLimit, type, block } as const;
    const posted = { ...common, nonce: Math.max(nonce, next), at: Date.now(), attempts: [] };
    try {
      return await makeAttempt(posted, fees, this.#sender);
    } catch (cause) {
      // Nothing has left. What is wrong is said of this one, and of nothing that was sent before.
      if (cause instanceof KyosoError) return { state: "refused", reason: reasonOf(cause), cause };
      throw cause;
    }
  }

  /**
   * Signs what another program has filled in, writes it down, and hands it in until a node has it. Whoever asked follows it;
   * {@link Account.absorb} has to be called after the last one.
   *
   * @returns The hash.
   * @throws Where it would cost too much, with the node's error where it isn't taken, and where it isn't known whether it is.
   */
  async dispatch(request: Dispatched): Promise<string> {
    return this.hold(async () => {
      const { provider, address: from } = this.#sender;
      const { chainId, chain } = this.#holding ?? { chainId: 0n, chain: "" };
      const [fees, block] = await Promise.all([
        readFees(provider, this.#options.maxFee),
        provider.getBlockNumber(),
      ]);
      const { fee, tip, ...given } = request;
      const { maxFee } = this.#options;
      const bounded = maxFee !== undefined && fee > maxFee ? maxFee : fee;
      // What is usual was looked at above; whoever filled it in has asked the same node.
      const paid = { fee: bounded, tip: tip < bounded ? tip : bounded };
      const type = fees.base === undefined ? 0 : 2;
      const posted = { ...given, chainId, chain, from, type, block, at: Date.now(), attempts: [] } as const;
      const made = await makeAttempt(posted, paid, this.#sender);
      const { raw, hash } = made.attempts[0] ?? {};
      if (raw === undefined || hash === undefined) throw new TypeError("The account doesn't sign itself");
      await this.#outbox.write(made);
      const handed = await handIn(this.#following(), raw);
      if (handed.state === "taken") return hash;
      if (handed.state === "refused") {
        await this.#outbox.settle(made, false);
        throw handed.cause;
      }
      // Whoever asked would look for it, find its nonce used when it comes in after all, and send another one.
      const reason = reasonOf(handed.cause);
      throw notKnown(made, { state: "not known", hash, nonce: made.nonce, used: false, reason }, false);
    });
  }

  /** Whether it signs itself, so that what it sends is known before it leaves. */
  get signs(): boolean {
    return this.#sender.sign !== undefined;
  }

  /** Finds out what became of what was dispatched. */
  async absorb(): Promise<void> {
    await this.hold(async () => {
      const [, chain] = await this.#chain();
      for (const posted of await this.#outbox.open(chain, this.address)) {
        if (this.#known.has(keyOf(posted))) continue;
        const fate = await this.#follow(posted, true);
        if (fate.state === "not known") throw notKnown(posted, fate, false);
        this.#known.set(keyOf(posted), { posted, fate, sentBy: "this run", adopted: false });
      }
    });
  }

  /** What became of a transaction. It isn't known where only the node says so that was told to send it, and another one doesn't. */
  async #follow(posted: Posted, left: boolean): Promise<TransactionFate> {
    const fate = await followPosted(this.#following(), posted, left);
    const { confirm } = this.#options;
    if (confirm === undefined || fate.state === "not known" || fate.state === "refused") return fate;
    try {
      await confirm();
      return fate;
    } catch (cause) {
      const reason = cause instanceof KyosoError ? cause.problems[0]?.message : reasonOf(cause);
      return { state: "not known", hash: hashOf(fate), nonce: posted.nonce, used: false, reason };
    }
  }

  #following() {
    const { maxFee, onRaised = () => undefined } = this.#options;
    const [sender, outbox, pace, raises] = [this.#sender, this.#outbox, this.#pace, this.#raises];
    return { sender, outbox, pace, maxFee, raises, onRaised };
  }

  /** The chain's id, and what tells it from others. */
  async #chain(): Promise<readonly [bigint, string]> {
    const { chainId } = await this.provider.getNetwork();
    if (chainId !== LOCAL_CHAIN_ID) return [chainId, chainId.toString()];
    const first = await this.provider.getBlock(0);
    return [chainId, `${chainId}-${first?.hash?.slice(2, 18) ?? "0"}`];
  }

  async #settleEarlier(chain: string, waited: boolean): Promise<void> {
    const found: {
      purpose: string;
      hash: string | undefined;
      state: Exclude<TransactionFate["state"], "not known">;
      at: number;
    }[] = [];
    let meanwhile = waited;
    for (const posted of await this.#outbox.open(chain, this.address)) {
      const known = this.#known.get(keyOf(posted));
      if (known !== undefined && known.fate.state !== "not known") continue;
      const fate = await this.#fateOfEarlier(posted);
      if (fate === undefined) continue;
      const hash = hashOf(fate);
      if (fate.state === "not known") throw notKnown(posted, fate, true);
      const anothers = this.#outbox.isAnothers?.(posted) ?? false;
      const sentBy = anothers ? "another run" : "an earlier run";
      this.#known.set(keyOf(posted), { posted, fate, sentBy, adopted: false });
      if (anothers) meanwhile = true;
      else found.push({ purpose: posted.purpose, hash, state: fate.state, at: posted.at });
    }
    if (found.length === 0 && !meanwhile) return;
    const list = found
      .slice(0, 3)
      .map(({ purpose, hash, state }) => `"${purpose}" is ${state}${hash === undefined ? "" : `: ${hash}`}`);
    throw KyosoError.of("account.earlier-found", {
      data: { account: this.address, found },
      place: `account ${this.address}`,
      message:
        found.length === 0
          ? "Another command has sent as this account meanwhile"
          : `An earlier command had sent something: ${list.join("; ")}${found.length > 3 ? `; and ${found.length - 3} more` : ""}`,
      remedy: "Nothing else was sent. Run the same command again: it looks at the chain anew.",
    });
  }

  /** Undefined where nothing has become of it, and nothing will. */
  async #fateOfEarlier(posted: Posted): Promise<TransactionFate | undefined> {
    if (!(await this.#isForgotten(posted))) return this.#follow(posted, true);
    await this.#outbox.settle(posted, false);
    return undefined;
  }

  /**
   * Whether a transaction was written down long ago, and the node knows nothing of it, and its nonce is free. It isn't sent
   * that late, as nobody expects it any more. The next one gets its nonce, so that it can't be carried out besides.
   */
  async #isForgotten({ at, from, nonce, attempts }: Posted): Promise<boolean> {
    if (Date.now() - at < this.#pace.fresh) return false;
    if ((await this.provider.getTransactionCount(from, "pending")) > nonce) return false;
    for (const { hash } of attempts) {
      if (hash !== undefined && (await this.provider.getTransaction(hash)) !== null) return false;
    }
    return true;
  }
}

function keyOf({ chain, from, nonce }: Posted): string {
  return `${chain} ${from} ${nonce}`;
}

/** Whoever sends: an account, or a signer of ethers that sends with what an account has by itself. */
export type SendingSigner = Signer | Account;

/** The account that sends for a signer. */
export async function accountOf(signer: SendingSigner): Promise<Account> {
  return signer instanceof Account ? signer : new Account(await senderOf(signer));
}

/** The error of a transaction of which it isn't known what became. */
export function notKnown(
  posted: Pick<Posted, "purpose" | "from">,
  fate: TransactionFate & { state: "not known" },
  earlier: boolean,
): KyosoError {
  const { hash, nonce, used } = fate;
  const why = fate.reason === undefined ? "" : `: ${fate.reason}`;
  const what = hash ?? `its transaction ${nonce}`;
  return KyosoError.of("transaction.not-known", {
    data: { purpose: posted.purpose, account: posted.from, nonce, hash, used, earlier, reason: fate.reason },
    place: `account ${posted.from}`,
    message: used
      ? `It isn't known what became of "${posted.purpose}" (${what}): a transaction with its number was carried out, and the node doesn't show which`
      : `It isn't known yet what becomes of "${posted.purpose}" (${what})${why}`,
    remedy: used
      ? "Ask another node (KYOSO_RPC_URL), and run the same command again. If you have seen in a block explorer what became of it, remove its file from the folder sent/ first."
      : "It may still be carried out. Nothing else is sent as this account until it is known: run the same command again in a while, it finds out first.",
  });
}
