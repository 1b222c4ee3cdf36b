import type { PageDocument } from "@kyoso/sdk/page";
import type { WorkerFile } from "../../start/worker.js";
import { WorkerLine } from "../../start/WorkerLine.js";
import { AccountTrouble } from "../trouble.js";
import type { FromSigner, Refusal, ResultOf, Task, ToSigner } from "./protocol.js";

/** The Worker's file and its hash: the build knows both. */
declare const __SIGNER__: WorkerFile;

/** Where the chain's contract for nicknames is: the build knows it. */
declare const __NICKNAMES__: string;

/** That a link isn't one, or doesn't lead where it should: by the SDK's code. */
export class LinkRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = "LinkRefused";
    this.code = code;
  }
}

/** The Worker that has the keys. It starts when it is first asked for something. */
export class Signer {
  readonly #line: WorkerLine<ToSigner, FromSigner>;

  constructor(document: PageDocument) {
    const { chainId, contracts, modules } = document.record;
    const { drop, badge, governor, token } = contracts;
    const line = new WorkerLine<ToSigner, FromSigner>({
      file: __SIGNER__,
      name: "signer",
      first: {
        dao: {
          ...{ chainId, drop, badge, governor, token },
          ...{ nicknames: __NICKNAMES__, board: modules?.board ?? "" },
        },
      },
      hear: (said) => {
        if ("refusal" in said) line.reject(said.id, errorOf(said.refusal));
        else line.resolve(said.id, said.result);
      },
      failure: trouble,
    });
    this.#line = line;
  }

  /**
   * Asks it for something. What is in `transfer` is the Worker's afterwards, and no longer in the page.
   *
   * @throws AccountTrouble or LinkRefused where it doesn't do it.
   */
  ask<Asked extends Task>(task: Asked, transfer: ArrayBuffer[] = []): Promise<ResultOf<Asked>> {
    return this.#line.ask((id) => ({ id, task }), transfer);
  }

  /** Ends it, with all that it has. */
  stop(): void {
    this.#line.stop();
  }
}

function trouble(message: string): AccountTrouble {
  return AccountTrouble.of("no-signer", { message });
}

function errorOf(refusal: Refusal): Error {
  if (refusal.of === "link") return new LinkRefused(refusal.code);
  if (refusal.of === "defect") return new Error(refusal.message);
  return new AccountTrouble(refusal.code, refusal.data);
}
