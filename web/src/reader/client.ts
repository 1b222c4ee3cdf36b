import type { PageDocument } from "@kyoso/sdk/page";
import { startWorker } from "../start/worker.js";
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
  readonly #document: PageDocument;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | undefined;
  #last = 0;

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
  async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked>> {
    const id = ++this.#last;
    let worker: Worker;
    try {
      worker = await this.#started();
    } catch (error) {
      throw new NoAnswer({ of: "defect", message: error instanceof Error ? error.message : String(error) });
    }
    return new Promise<AnswerTo<Asked>>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(worker, { id, question });
    });
  }

  async #start(document: PageDocument): Promise<Worker> {
    const worker = await startWorker(__READER__, "reader");
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
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
