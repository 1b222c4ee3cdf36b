import type { Provider } from "ethers";
import { keccak256 } from "ethers";
import { reasonOf } from "../calls/revert.js";
import { sleep } from "../chain/patience.js";
import type { Handed } from "./answers.js";
import { readRefusal } from "./answers.js";
import type { TransactionFate } from "./fate.js";
import { raised, readFees } from "./fees.js";
import { isSameDeed, fateOf, findByNonce } from "./find.js";
import type { PostedAttempt, Outbox, Posted } from "./outbox.js";
import type { Pace } from "./pace.js";
import type { Filled, Sender } from "./sender.js";

/** What following a transaction takes. */
export interface Following {
  readonly sender: Sender;
  readonly outbox: Outbox;
  readonly pace: Pace;
  /** Wei a unit of gas that may be paid at most; undefined where nobody has said. */
  readonly maxFee: bigint | undefined;
  /** How often this run has raised fees, by nonce: who starts another one wants them raised further. */
  readonly raises: Map<number, number>;
  /** Called when it was made anew with a higher fee. */
  readonly onRaised: (posted: Posted) => void;
}

/** A transaction as it is signed. */
function filled(posted: Posted, { fee, tip }: Pick<PostedAttempt, "fee" | "tip">): Filled {
  const { chainId, nonce, to, data, value, gasLimit, type } = posted;
  const common = { type, chainId, nonce, to, data, value, gasLimit };
  return type === 0
    ? { ...common, gasPrice: fee }
    : { ...common, maxFeePerGas: fee, maxPriorityFeePerGas: tip };
}

/** The same transaction, made once more; signed where that can be done without sending it. */
export async function makeAttempt(
  posted: Posted,
  { fee, tip }: Pick<PostedAttempt, "fee" | "tip">,
  sender: Sender,
): Promise<Posted> {
  const raw = await sender.sign?.(filled(posted, { fee, tip }));
  // Of signed bytes the hash is the transaction's.
  const hash = raw === undefined ? undefined : keccak256(raw);
  return { ...posted, attempts: [...posted.attempts, { raw, hash, fee, tip }] };
}

/**
 * Hands signed bytes in until a node has them.
 *
 * @returns "taken" where it has them; otherwise what it said last: that it doesn't take them, or nothing that tells whether it
 * has them.
 */
export async function handIn(
  { sender, pace }: Pick<Following, "sender" | "pace">,
  raw: string,
): Promise<{ readonly state: "taken" } | { readonly state: "refused" | "unclear"; readonly cause: unknown }> {
  const began = Date.now();
  for (let wait = pace.look, unclear = false; ; wait = Math.min(wait * 1.5, pace.lookAtMost)) {
    try {
      await within(pace.answer, sender.provider.broadcastTransaction(raw));
      return { state: "taken" };
    } catch (cause) {
      const { state } = readRefusal(cause);
      if (state === "taken") return { state };
      if (state === "refused" && !unclear) return { state, cause };
      unclear = true;
      if (Date.now() - began > pace.silence) return { state: "unclear", cause };
    }
    await sleep(wait);
  }
}

/**
 * Hands a transaction in, again and again, until it is known what became of it. It has to be written down already.
 *
 * Two transactions of an account can't have the same nonce on the chain. So whatever was handed in how often, and whatever
 * a node answered or didn't: it is carried out once at most, and where its nonce is used, what used it is what became of it.
 *
 * @param left Whether it may have left before.
 */
export async function followPosted(
  following: Following,
  posted: Posted,
  left: boolean,
): Promise<TransactionFate> {
  return new Follower(following, posted, left).run();
}

class Follower {
  readonly #following: Following;
  #posted: Posted;
  /** Whether a node may have it that didn't say so. */
  #unclear: boolean;
  #handed: Handed = { state: "unclear" };
  /** How many of the last attempts were refused: the one before them is handed in. */
  #refused = 0;
  /** What went wrong last, since it was handed in well. */
  #cause: unknown;
  #used = false;
  readonly #began = Date.now();
  #handedAt = -Infinity;
  #madeAt = Date.now();
  /** Since when there is nothing to go on: no answer, or none that makes sense. */
  #lostSince: number | undefined;

  constructor(following: Following, posted: Posted, left: boolean) {
    this.#following = following;
    this.#posted = posted;
    this.#unclear = left;
  }

  async run(): Promise<TransactionFate> {
    const { pace } = this.#following;
    for (let wait = pace.look; ; wait = Math.min(wait * 1.5, pace.lookAtMost)) {
      const again = this.#handed.state === "unclear" ? wait : pace.handAgain;
      if (Date.now() - this.#handedAt >= again) await this.#handIn();
      const fate = await this.#look();
      if (fate !== undefined) return fate;
      const { nonce } = this.#posted;
      const now = Date.now();
      if (this.#lostFor(now) > pace.silence || now - this.#began > pace.patience) {
        const { hash } = this.#posted.attempts.at(-1) ?? { hash: undefined };
        const reason = this.#cause === undefined ? undefined : reasonOf(this.#cause);
        return { state: "not known", hash, nonce, used: this.#used, reason };
      }
      if (now - this.#madeAt > pace.raiseAfter) await this.#raise();
      await sleep(wait);
    }
  }

  #lostFor(now: number): number {
    return this.#lostSince === undefined ? 0 : now - this.#lostSince;
  }

  async #handIn(): Promise<void> {
    const { sender, outbox, pace } = this.#following;
    const last = this.#posted.attempts.at(-1 - this.#refused);
    try {
      if (last === undefined || (last.raw === undefined && last.hash !== undefined)) {
        // A node that signs has it, once it has said its hash.
      } else if (last.raw !== undefined) {
        await within(pace.answer, sender.provider.broadcastTransaction(last.raw));
      } else {
        const hash = await within(pace.answer, sender.send(filled(this.#posted, last)));
        const attempts = [...this.#posted.attempts.slice(0, -1), { ...last, hash }];
        this.#posted = { ...this.#posted, attempts };
        await outbox.write(this.#posted);
      }
      this.#handed = { state: "taken" };
      this.#cause = undefined;
    } catch (error) {
      this.#handed = readRefusal(error);
      // That it has it already is nothing that went wrong.
      this.#cause = this.#handed.state === "taken" ? undefined : error;
    }
    this.#handedAt = Date.now();
    if (this.#handed.state === "unclear") this.#unclear = true;
    if (this.#handed.state === "refused" && this.#refused + 1 < this.#posted.attempts.length) {
      this.#refused++;
      this.#handedAt = -Infinity;
    }
  }

  /** What became of it, as far as the node shows. */
  async #look(): Promise<TransactionFate | undefined> {
    const { provider } = this.#following.sender;
    const { pace } = this.#following;
    try {
      const fate = await within(pace.answer, this.#find(provider));
      if (fate !== undefined) return fate;
    } catch (error) {
      this.#cause = error;
      this.#lostSince ??= Date.now();
      return undefined;
    }
    if (this.#handed.state === "refused") {
      // Nobody has it, as the only one that was asked said no at once.
      if (!this.#unclear && this.#posted.attempts.length === 1 && !this.#used) {
        return { state: "refused", reason: this.#handed.reason, cause: this.#cause };
      }
      this.#lostSince ??= Date.now();
    } else if (this.#used || this.#handed.state === "unclear") {
      this.#lostSince ??= Date.now();
    } else {
      this.#lostSince = undefined;
    }
    return undefined;
  }

  async #find(provider: Provider): Promise<TransactionFate | undefined> {
    const { from, nonce, block, attempts } = this.#posted;
    for (const { hash } of [...attempts].reverse()) {
      if (hash === undefined) continue;
      const receipt = await provider.getTransactionReceipt(hash);
      if (receipt !== null) return fateOf(provider, this.#posted, receipt, false);
    }
    if ((await provider.getTransactionCount(from, "latest")) <= nonce) return undefined;
    this.#used = true;
    const found = await findByNonce(provider, from, nonce, block);
    if (found === undefined) return undefined;
    const receipt = await provider.getTransactionReceipt(found.hash);
    if (receipt === null) return undefined;
    const made = attempts.some(({ hash }) => hash === found.hash || hash === undefined);
    if (isSameDeed(found, this.#posted)) return fateOf(provider, this.#posted, receipt, !made);
    return { state: "replaced", hash: found.hash };
  }

  /** Makes it anew with a higher fee, under the same nonce: only one of them can be carried out. */
  async #raise(): Promise<void> {
    const { sender, outbox, maxFee, pace, raises, onRaised } = this.#following;
    this.#madeAt = Date.now();
    const { nonce, attempts } = this.#posted;
    const [first, last] = [attempts[0], attempts.at(-1)];
    if (sender.sign === undefined || first === undefined || last === undefined) return;
    const before = raises.get(nonce) ?? 0;
    if (before >= pace.raises) return;
    const now = await readFees(sender.provider, maxFee).catch(() => undefined);
    const fees = now === undefined ? undefined : raised(last, first, now, maxFee);
    if (fees === undefined) return;
    try {
      this.#posted = await makeAttempt(this.#posted, fees, sender);
    } catch (error) {
      // It isn't signed anew: what is handed in already is followed as it is.
      this.#cause = error;
      return;
    }
    await outbox.write(this.#posted);
    raises.set(nonce, before + 1);
    onRaised(this.#posted);
    this.#refused = 0;
    this.#handed = { state: "unclear" };
    this.#handedAt = -Infinity;
  }
}

/** What a promise comes to; an error where it takes longer. */
async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("the node took too long to answer"));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
