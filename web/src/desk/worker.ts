import type { LiveDao } from "@kyoso/sdk";
import { INTERFACES, splitProposal } from "@kyoso/sdk";
import { receiptOf } from "../reader/acting/receipts.js";
import { failureOf } from "../reader/failures.js";
import { Opened } from "../reader/opened.js";
import { draftAdoption } from "./adoption.js";
import { checkDraft, FILE } from "./check.js";
import type { DeskQuestion, FromDesk, ToDesk } from "./protocol.js";

let opened: Opened | undefined;

globalThis.onmessage = ({ data }: MessageEvent<ToDesk>) => {
  // Why a snapshot isn't used is said where the page is read.
  if ("open" in data) opened = new Opened(data.open, data.base, () => undefined);
  else void answer(data.id, data.question);
};

async function answer(id: number, question: DeskQuestion): Promise<void> {
  let message: FromDesk;
  try {
    message = { id, answer: await find(question) };
  } catch (error) {
    message = { id, failure: failureOf(error) };
  }
  globalThis.postMessage(message);
}

async function find(question: DeskQuestion) {
  if (question.what === "open") return splitProposal(question.text, FILE);
  if (opened === undefined) throw new TypeError("The desk wasn't told which DAO it is of");
  if (question.what === "check") return opened.read((live) => checkDraft(live, question));
  if (question.what === "adoption") return opened.read((live) => draftAdoption(live, question));
  opened.renew();
  return opened.read((live) => numberMadeBy(live, question.hash));
}

/** The number of the proposal that a transaction made: the governor knows it before any search for logs does. */
async function numberMadeBy(live: LiveDao, hash: string): Promise<number | null> {
  const { governor } = live.contracts;
  const address = live.record.contracts.governor.toLowerCase();
  for (const log of (await receiptOf(live, hash))?.logs ?? []) {
    const event = log.address.toLowerCase() === address ? INTERFACES.governor.parseLog(log) : null;
    if (event?.name !== "ProposalCreated") continue;
    return Number(await governor.proposalNumber(event.args.getValue("proposalId") as bigint));
  }
  return null;
}
