import type { WorkerFile } from "./worker.js";
import { startWorker } from "./worker.js";

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A Worker, and how it is spoken with. */
interface Line<To, From> {
  readonly file: WorkerFile;
  readonly name: string;
  /** What it is told first; it starts while that is still on its way. */
  readonly first: To | Promise<To>;
  /** Takes what it says. */
  readonly hear: (said: From) => void;
  /** The error of whoever waits for a Worker that doesn't start, or ends. */
  readonly failure: (message: string) => Error;
}

/** Asks a Worker, by numbers under which it answers. It starts when it is first needed. */
export class WorkerLine<To, From> {
  readonly #line: Line<To, From>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | undefined;
  #last = 0;

  constructor(line: Line<To, From>) {
    this.#line = line;
  }

  /** Starts it before it is asked anything. */
  start(): void {
    this.#started().catch(() => undefined);
  }

  /**
   * Asks it something. What is in `transfer` is the Worker's afterwards, and no longer in the page.
   *
   * @param question What it is asked, under a number.
   */
  async ask<Result>(question: (id: number) => To, transfer: ArrayBuffer[] = []): Promise<Result> {
    let worker: Worker;
    try {
      worker = await this.#started();
    } catch (error) {
      throw this.#line.failure(error instanceof Error ? error.message : String(error));
    }
    return new Promise<Result>((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage(question(id), transfer);
    });
  }

  /** Tells it something that it doesn't answer by itself. One that has ended needs to know nothing. */
  tell(said: To): void {
    this.#worker?.then(
      (worker) => {
        worker.postMessage(said);
      },
      () => undefined,
    );
  }

  resolve(id: number, result: unknown): void {
    this.#taken(id)?.resolve(result as never);
  }

  reject(id: number, error: unknown): void {
    this.#taken(id)?.reject(error);
  }

  /** Ends it, with all that it has. */
  stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#rejectAll("It was stopped");
    worker?.then(
      (running) => {
        running.terminate();
      },
      () => undefined,
    );
  }

  /** Where it doesn't start, the next question tries it anew. */
  #started(): Promise<Worker> {
    const starting = (this.#worker ??= this.#start());
    starting.catch(() => {
      if (this.#worker === starting) this.#worker = undefined;
    });
    return starting;
  }

  async #start(): Promise<Worker> {
    const { file, name, first, hear } = this.#line;
    const worker = await startWorker(file, name);
    worker.onmessage = ({ data }: MessageEvent<From>) => {
      hear(data);
    };
    worker.onerror = ({ message }) => {
      this.#rejectAll(message);
    };
    worker.postMessage(await first);
    return worker;
  }

  #taken(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #rejectAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(this.#line.failure(message));
    this.#waiting.clear();
  }
}
