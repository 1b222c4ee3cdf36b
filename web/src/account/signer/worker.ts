import { KyosoError } from "@kyoso/sdk/links";
import { NotOpened } from "./keystore.js";
import { Links } from "./links.js";
import type { FromSigner, Refusal, Task, ToSigner } from "./protocol.js";
import { Foreign } from "./typed.js";
import { OtherAccount, Vault } from "./vault.js";

let vault: Vault | undefined;
let links: Links | undefined;

globalThis.onmessage = ({ data }: MessageEvent<ToSigner>) => {
  if ("task" in data) {
    void answer(data.id, data.task);
    return;
  }
  // Once: whatever runs in the page later can't have it sign for another DAO.
  if (vault !== undefined) return;
  vault = new Vault(data.dao);
  links = new Links(data.dao);
};

/** One after the other: what takes long is not to be overtaken. */
let last: Promise<unknown> = Promise.resolve();

async function answer(id: number, task: Task): Promise<void> {
  const run = last.then(() => perform(task));
  last = run.catch(() => undefined);
  let message: FromSigner;
  try {
    message = { id, result: await run };
  } catch (error) {
    message = { id, refusal: refusalOf(error) };
  }
  globalThis.postMessage(message);
}

async function perform(task: Task) {
  if (vault === undefined || links === undefined)
    throw new TypeError("The Worker wasn't told which DAO it is of");
  switch (task.do) {
    case "derive":
      return vault.derive(new Uint8Array(task.secret), task.expected);
    case "make":
      return vault.make(task.password);
    case "open":
      return { address: await vault.open(task.keystore, task.password, task.expected) };
    case "backup":
      return vault.backup(task.password);
    case "reveal":
      return vault.reveal();
    case "sign":
      return vault.sign(task.data);
    case "who":
      return vault.account ?? null;
    case "lock":
      vault.lock();
      return null;
    case "read":
      return links.read(task.text, task.as);
    case "campaign":
      return links.campaign(task.meta);
    case "unfold":
      return links.unfold(task.published, task.root);
    case "prove":
      return links.prove(task.root);
    case "assign":
      return links.assign(task.account, task.referrer, task.domain);
    case "forget":
      links.forget();
      return null;
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Foreign) return { of: "account", code: "foreign", data: { why: error.message } };
  if (error instanceof NotOpened) return { of: "account", code: error.because };
  if (error instanceof OtherAccount) {
    const { expected, found } = error;
    return { of: "account", code: "other-account", data: { expected, found } };
  }
  // Its code alone: a text may hold what a link does.
  if (error instanceof KyosoError) return { of: "link", code: error.problems[0]?.code ?? "" };
  return { of: "defect", message: error instanceof Error ? error.name : "Error" };
}
