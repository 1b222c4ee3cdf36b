import type { PageDocument } from "@kyoso/sdk/page";
import { BASE } from "../start/base.js";
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
  readonly reject: (error: NoAnswer) => void;
}

/** Reads the chain in a Worker, so that the page never stands still. */
export class Reader {
  readonly #worker: Promise<Worker>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  #last = 0;
  #unused: string | undefined;

  constructor(document: PageDocument) {
    this.#worker = this.#start(document);
    this.#worker.catch(() => undefined);
  }

  /** @throws NoAnswer saying why there is none. */
  async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
    const id = ++this.#last;
    let worker: Worker;
    try {
      worker = await this.#worker;
    } catch (error) {
      throw new NoAnswer({ of: "defect", message: error instanceof Error ? error.message : String(error) });
    }
    return new Promise<AnswerTo<Asked>>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(worker, { id, question });
    });
  }

  /** Why the page's snapshot of the logs isn't used; undefined where it is, or wasn't needed yet. For `useSyncExternalStore`. */
  readonly unused = (): string | undefined => this.#unused;

  /** Calls back where {@link unused} changes. */
  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #start(document: PageDocument): Promise<Worker> {
    const worker = await startWorker();
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
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
