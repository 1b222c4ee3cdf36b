import type { PageDocument } from "@kyoso/sdk/page";
import { BASE } from "../start/base.js";
import { startWorker } from "../start/worker.js";
import type { Act, ActAnswer, Sign, ToSign } from "./acts.js";
import type { AnswerTo, Failure, FromReader, Question, ToReader } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __READER__: { readonly path: string; readonly integrity: string };

/** That a question has no answer. */
export class NoAnswer extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.of === "nodes" ? "No node answers" : failure.message);
    this.name = "NoAnswer";
    this.failure = failure;
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
  readonly sign: Sign;
}

const signsNothing: Sign = () => Promise.reject(new TypeError("There is nothing to sign"));

/** Reads the chain in a Worker, so that the page never stands still. */
export class Reader {
  readonly #document: PageDocument;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | undefined;
  readonly #listeners = new Set<() => void>();
  #last = 0;
  #unused: string | undefined;

  constructor(document: PageDocument) {
    this.#document = document;
  }

  /** Starts it before it is asked anything. */
  start(): void {
    this.#started().catch(() => undefined);
  }

  #started(): Promise<Worker> {
    return (this.#worker ??= this.#start(this.#document));
  }

  /** @throws NoAnswer saying why there is none. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
    return this.#send({ question }, signsNothing);
  }

  /**
   * Asks for somebody who acts.
   *
   * @param sign Has their account sign, where there is something to sign.
   * @throws NoAnswer saying why there is none, or what `sign` has thrown.
   */
  act<Asked extends Act>(asked: Asked, sign: Sign = signsNothing): Promise<ActAnswer<Asked>> {
    return this.#send({ act: asked }, sign);
  }

  async #send<Result>(
    asked: { readonly question: Question } | { readonly act: Act },
    sign: Sign,
  ): Promise<Result> {
    const id = ++this.#last;
    let worker: Worker;
    try {
      worker = await this.#started();
    } catch (error) {
      throw new NoAnswer({ of: "defect", message: error instanceof Error ? error.message : String(error) });
    }
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, sign });
      send(worker, { id, ...asked });
    });
  }

  async #sign(worker: Worker, id: number, data: ToSign): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    try {
      send(worker, { id, signature: await waiting.sign(data) });
    } catch (error) {
      // Why it isn't signed is said by whoever was to sign it.
      this.#waiting.delete(id);
      waiting.reject(error);
      send(worker, { id, signature: null });
    }
  }

  /** Why the page's snapshot of the logs isn't used; undefined where it is, or wasn't needed yet. For `useSyncExternalStore`. */
  readonly unused = (): string | undefined => this.#unused;

  /** Calls back where {@link unused} changes. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #start(document: PageDocument): Promise<Worker> {
    const worker = await startWorker(__READER__, "reader");
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      if ("sign" in data) {
        void this.#sign(worker, data.id, data.sign);
        return;
      }
      if ("unused" in data) {
        this.#unused = data.unused;
        for (const listener of this.#listeners) listener();
        return;
      }
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("failure" in data) waiting?.reject(new NoAnswer(data.failure));
      else waiting?.resolve(data.answer as never);
    };
    worker.onerror = ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new NoAnswer({ of: "defect", message }));
      this.#waiting.clear();
    };
    send(worker, { open: document, base: BASE.href });
    return worker;
  }
}

function send(worker: Worker, message: ToReader): void {
  worker.postMessage(message);
}
