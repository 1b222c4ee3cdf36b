import type { TransactionReceipt } from "ethers";
import type { Call } from "../../calls/plan.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { isOf, KyosoError, problem } from "../../errors.js";
import type { Account, SendingSigner } from "../../execute/account.js";
import { accountOf } from "../../execute/account.js";
import { NotConfirmed, sendPlans } from "../../execute/signer.js";

/** What became of a call that carries out what somebody signed. */
export type Carried =
  | { readonly status: "done"; readonly receipt: TransactionReceipt; readonly transaction: string }
  /** The chain doesn't take it. */
  | { readonly status: "refused"; readonly problem: Problem; readonly transaction: string | undefined }
  /** It may still be carried out. Nothing can be sent after it. */
  | { readonly status: "not known"; readonly problem: Problem; readonly transaction: string | undefined }
  /** Nothing was sent, for a reason that isn't its own: a lack of money for gas, or a node that doesn't answer. */
  | { readonly status: "not sent"; readonly problem: Problem; readonly transaction: undefined };

/** What wasn't even tried, as something before it stands in the way. */
export const NOT_TRIED = { status: "not sent", problem: undefined, transaction: undefined } as const;

/** Sends what people signed, one transaction after the other: one that is refused keeps no other from being sent. */
export class Relay {
  readonly #account: Account | undefined;
  #stopped = false;

  private constructor(account: Account | undefined) {
    this.#account = account;
  }

  /**
   * Has `use` relay, with nobody else sending as the account meanwhile.
   *
   * @param signer Undefined where nothing is to be sent.
   */
  static async run<Result>(
    signer: SendingSigner | undefined,
    use: (relay: Relay) => Promise<Result>,
  ): Promise<Result> {
    if (signer === undefined) return use(new Relay(undefined));
    const account = await accountOf(signer);
    return account.hold(() => use(new Relay(account)));
  }

  /** Whether nothing more can be sent. */
  get stopped(): boolean {
    return this.#stopped;
  }

  get sends(): boolean {
    return this.#account !== undefined;
  }

  /** Whose account pays. */
  get address(): string | undefined {
    return this.#account?.address;
  }

  /** Sends the call that carries out what is in a file. */
  async carryOut(title: string, call: Call, file: string): Promise<Carried> {
    if (this.#account === undefined) throw new TypeError("There is no account to send as");
    try {
      const sent = await sendPlans([{ title, calls: [call] }], this.#account);
      const receipt = sent.at(-1)?.receipt;
      if (receipt === undefined || receipt === null)
        throw new TypeError("It was confirmed without a receipt");
      return { status: "done", receipt, transaction: receipt.hash };
    } catch (error) {
      const [sent] = error instanceof NotConfirmed ? error.sent : [];
      const transaction = sent?.transaction ?? undefined;
      // Between the check and now somebody else may have carried it out.
      if (sent?.state === "reverted" || revertDataOf(error) !== undefined) {
        return { status: "refused", transaction, problem: refused(file, reasonOfFailure(error)) };
      }
      this.#stopped = true;
      if (sent?.state === "not known")
        return { status: "not known", transaction, problem: problemOfFailure(error, file) };
      if (sent?.state === "replaced") {
        // Its number is used: the next one can be sent.
        this.#stopped = false;
        return { status: "refused", transaction, problem: problemOfFailure(error, file) };
      }
      return { status: "not sent", transaction: undefined, problem: problemOfFailure(error, file) };
    }
  }

  /** What `look` comes to; where the node fails, that stops what follows, and what was sent before isn't lost. */
  async orStop<Result>(
    file: string,
    look: () => Promise<Result>,
    failed: (outcome: {
      readonly status: "not sent";
      readonly problem: Problem;
      readonly transaction: undefined;
    }) => Result,
  ): Promise<Result> {
    try {
      return await look();
    } catch (error) {
      this.#stopped = true;
      return failed({ status: "not sent", transaction: undefined, problem: problemOfFailure(error, file) });
    }
  }
}

function reasonOfFailure(error: unknown): string {
  const [first] = error instanceof KyosoError ? error.problems : [];
  return first !== undefined && isOf(first, "call.failed") ? first.data.reason : reasonOf(error);
}

function refused(file: string, reason: string): Problem {
  return problem("signed.refused", {
    data: { file, reason },
    place: file,
    message: reason,
    remedy: "Run the same command again: it says how it stands by now.",
  });
}

/** What stood in the way of sending what is in a file. */
export function problemOfFailure(error: unknown, file: string): Problem {
  const [first] = error instanceof KyosoError ? error.problems : [];
  if (first !== undefined) return first;
  const reason = reasonOf(error);
  return problem("signed.not-sent", {
    data: { file, reason },
    place: file,
    message: `It wasn't sent: ${reason}`,
    remedy: "Mend the cause and run the same command again: it does nothing twice.",
  });
}
