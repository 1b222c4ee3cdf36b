import type { PageDocument } from "@kyoso/sdk/page";
import { BASE } from "../start/base.js";
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
  readonly #worker: Promise<Worker>;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(document: PageDocument) {
    this.#worker = this.#start(document);
    this.#worker.catch(() => undefined);
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
      worker = await this.#worker;
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

  async #start(document: PageDocument): Promise<Worker> {
    const worker = await startWorker();
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      if ("sign" in data) {
        void this.#sign(worker, data.id, data.sign);
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
    send(worker, { open: document });
    return worker;
  }
}

function send(worker: Worker, message: ToReader): void {
  worker.postMessage(message);
}

/** Of Trusted Types, what is needed here; a browser without them takes the text itself. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/**
 * Starts the Worker from a copy of its file whose hash was checked. Made of a blob it has the page's own policy, also where a
 * host sends no headers with the file.
 */
async function startWorker(): Promise<Worker> {
  const response = await fetch(new URL(__READER__.path, BASE), { integrity: __READER__.integrity });
  if (!response.ok) throw new Error(`The page's reader isn't there: HTTP ${response.status}`);
  const url = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "text/javascript" }));
  const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
  const policy = policies?.createPolicy("kyoso-worker", {
    createScriptURL: (asked) => {
      if (asked !== url) throw new TypeError("There is no other Worker");
      return asked;
    },
  });
  return new Worker(policy?.createScriptURL(url) ?? url, { name: "reader" });
}
