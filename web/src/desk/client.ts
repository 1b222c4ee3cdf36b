import type { PageDocument } from "@kyoso/sdk/page";
import { defect, NoAnswer } from "../reader/client.js";
import { BASE } from "../start/base.js";
import type { WorkerFile } from "../start/worker.js";
import { WorkerLine } from "../start/WorkerLine.js";
import type { DeskAnswer, DeskQuestion, FromDesk, ToDesk } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __DESK__: WorkerFile;

/** Reads drafts of proposals, in a Worker that starts when it is first asked. */
export class Desk {
  readonly #line: WorkerLine<ToDesk, FromDesk>;

  constructor(document: PageDocument) {
    const line = new WorkerLine<ToDesk, FromDesk>({
      file: __DESK__,
      name: "desk",
      first: { open: document, base: BASE.href },
      hear: (said) => {
        if ("failure" in said) line.reject(said.id, new NoAnswer(said.failure));
        else line.resolve(said.id, said.answer);
      },
      failure: defect,
    });
    this.#line = line;
  }

  /** @throws NoAnswer saying why there is none. */
  ask<Asked extends DeskQuestion>(question: Asked): Promise<DeskAnswer<Asked>> {
    return this.#line.ask((id) => ({ id, question }));
  }

  /** Ends it; what was asked has no answer. */
  stop(): void {
    this.#line.stop();
  }
}
