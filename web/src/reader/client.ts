import type { PageDocument } from "@kyoso/sdk/page";
import { BASE } from "../start/base.js";
import type { WorkerFile } from "../start/worker.js";
import { WorkerLine } from "../start/WorkerLine.js";
import type { Act, ActAnswer, Sign, ToSign } from "./acts.js";
import type { Chosen } from "./answers.js";
import type { AnswerTo, Failure, FromReader, Question, ToReader } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __READER__: WorkerFile;

/** That a question has no answer. */
export class NoAnswer extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.of === "nodes" ? "No node answers" : failure.message);
    this.name = "NoAnswer";
    this.failure = failure;
  }
}

/** That there is no answer, as something isn't as it should be. */
export function defect(message: string): NoAnswer {
  return new NoAnswer({ of: "defect", message });
}

const signsNothing: Sign = () => Promise.reject(new TypeError("There is nothing to sign"));

/** Reads the chain in a Worker, so that the page never stands still. */
export class Reader {
  readonly #line: WorkerLine<ToReader, FromReader>;
  /** Who signs for what is being done, by its number. */
  readonly #signs = new Map<number, Sign>();
  readonly #listeners = new Set<() => void>();
  #unused: string | undefined;
  #chosen: ReadonlyMap<string, Chosen> = new Map();

  /** @param document On its way, or there. */
  constructor(document: Promise<PageDocument>) {
    const first = document.then((open) => ({ open, base: BASE.href }));
    // Whoever waits for the document says why there is none.
    first.catch(() => undefined);
    this.#line = new WorkerLine<ToReader, FromReader>({
      file: __READER__,
      name: "reader",
      first,
      hear: (said) => {
        this.#hear(said);
      },
      failure: defect,
    });
  }

  /** Starts it before it is asked anything. */
  start(): void {
    this.#line.start();
  }

  /** @throws NoAnswer saying why there is none. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
    return this.#line.ask((id) => ({ id, question }));
  }

  /**
   * Asks for somebody who acts.
   *
   * @param sign Has their account sign, where there is something to sign.
   * @throws NoAnswer saying why there is none, or what `sign` has thrown.
   */
  act<Asked extends Act>(asked: Asked, sign: Sign = signsNothing): Promise<ActAnswer<Asked>> {
    return this.#line.ask((id) => {
      this.#signs.set(id, sign);
      return { id, act: asked };
    });
  }

  /** Why the page's snapshot of the logs isn't used; undefined where it is, or wasn't needed yet. For `useSyncExternalStore`. */
  readonly unused = (): string | undefined => this.#unused;

  /** What people call themselves, by their addresses in small letters: of those who were in an answer. */
  readonly chosen = (): ReadonlyMap<string, Chosen> => this.#chosen;

  /** Calls back where {@link unused} or {@link chosen} changes. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #hear(said: FromReader): void {
    if ("unused" in said || "chosen" in said) {
      if ("unused" in said) this.#unused = said.unused;
      else {
        const chosen = new Map(this.#chosen);
        for (const [account, name] of said.chosen) {
          if (name === null) chosen.delete(account);
          else chosen.set(account, name);
        }
        this.#chosen = chosen;
      }
      for (const listener of this.#listeners) listener();
    } else if ("sign" in said) {
      void this.#sign(said.id, said.sign);
    } else {
      this.#signs.delete(said.id);
      if ("failure" in said) this.#line.reject(said.id, new NoAnswer(said.failure));
      else this.#line.resolve(said.id, said.answer);
    }
  }

  async #sign(id: number, data: ToSign): Promise<void> {
    try {
      this.#line.tell({ id, signature: await (this.#signs.get(id) ?? signsNothing)(data) });
    } catch (error) {
      // Why it isn't signed is said by whoever was to sign it.
      this.#line.reject(id, error);
      this.#line.tell({ id, signature: null });
    }
  }
}
