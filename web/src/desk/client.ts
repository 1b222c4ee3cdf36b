import type { PageDocument } from "@kyoso/sdk/page";
import { NoAnswer } from "../reader/client.js";
import { BASE } from "../start/base.js";
import type { WorkerFile } from "../start/worker.js";
import { startWorker } from "../start/worker.js";
import type { DeskAnswer, DeskQuestion, FromDesk, ToDesk } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __DESK__: WorkerFile;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: NoAnswer) => void;
}

/** Reads drafts of proposals, in a Worker that starts when it is first asked. */
export class Desk {
  readonly #document: PageDocument;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | undefined;
  #last = 0;

  constructor(document: PageDocument) {
    this.#document = document;
  }

  /** @throws NoAnswer saying why there is none. */
  async ask<Asked extends DeskQuestion>(question: Asked): Promise<DeskAnswer<Asked>> {
    const id = ++this.#last;
    let worker: Worker;
    try {
      worker = await (this.#worker ??= this.#start());
    } catch (error) {
      this.#worker = undefined;
      throw new NoAnswer({ of: "defect", message: error instanceof Error ? error.message : String(error) });
    }
    return new Promise<DeskAnswer<Asked>>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(worker, { id, question });
    });
  }

  /** Ends it; what was asked stays without an answer. */
  stop(): void {
    this.#worker?.then(
      (worker) => {
        worker.terminate();
      },
      () => undefined,
    );
    this.#worker = undefined;
  }

  async #start(): Promise<Worker> {
    const worker = await startWorker(__DESK__, "desk");
    worker.onmessage = ({ data }: MessageEvent<FromDesk>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("failure" in data) waiting?.reject(new NoAnswer(data.failure));
      else waiting?.resolve(data.answer as never);
    };
    worker.onerror = ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new NoAnswer({ of: "defect", message }));
      this.#waiting.clear();
    };
    send(worker, { open: this.#document, base: BASE.href });
    return worker;
  }
}

function send(worker: Worker, message: ToDesk): void {
  worker.postMessage(message);
}
