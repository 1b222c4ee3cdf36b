import type { PageDocument } from "@kyoso/sdk/page";
import { startWorker } from "../../start/worker.js";
import { AccountTrouble } from "../trouble.js";
import type { FromSigner, Refusal, ResultOf, Task, ToSigner } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __SIGNER__: { readonly path: string; readonly integrity: string };

/** That a link isn't one, or doesn't lead where it should: by the SDK's code. */
export class LinkRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = "LinkRefused";
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The Worker that has the keys. It starts when it is first asked for something. */
export class Signer {
  readonly #document: PageDocument;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Promise<Worker> | undefined;
  #last = 0;

  constructor(document: PageDocument) {
    this.#document = document;
  }

  /**
   * Asks it for something. What is in `transfer` is the Worker's afterwards, and no longer in the page.
   *
   * @throws AccountTrouble or LinkRefused where it doesn't do it.
   */
  async ask<Asked extends Task>(task: Asked, transfer: ArrayBuffer[] = []): Promise<ResultOf<Asked>> {
    const starting = (this.#worker ??= this.#start());
    let worker: Worker;
    try {
      worker = await starting;
    } catch (error) {
      if (this.#worker === starting) this.#worker = undefined;
      throw trouble(error instanceof Error ? error.message : String(error));
    }
    return new Promise<ResultOf<Asked>>((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      send(worker, { id, task }, transfer);
    });
  }

  /** Ends it, with all that it has. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(trouble("It was stopped"));
    this.#waiting.clear();
    (await worker?.catch(() => undefined))?.terminate();
  }

  async #start(): Promise<Worker> {
    const worker = await startWorker(__SIGNER__, "signer");
    worker.onmessage = ({ data }: MessageEvent<FromSigner>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("refusal" in data) waiting?.reject(errorOf(data.refusal));
      else waiting?.resolve(data.result as never);
    };
    worker.onerror = ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(trouble(message));
      this.#waiting.clear();
    };
    const { chainId, contracts } = this.#document.record;
    const { drop, badge, governor, token } = contracts;
    send(worker, { dao: { chainId, drop, badge, governor, token } });
    return worker;
  }
}

function send(worker: Worker, message: ToSigner, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer);
}

function trouble(message: string): AccountTrouble {
  return AccountTrouble.of("no-signer", { message });
}

function errorOf(refusal: Refusal): Error {
  if (refusal.of === "link") return new LinkRefused(refusal.code);
  if (refusal.of === "defect") return new Error(refusal.message);
  return new AccountTrouble(refusal.code, refusal.data);
}
