import type { LiveDao, Problem } from "@kyoso/sdk";
import { KyosoError } from "@kyoso/sdk";
import { readEvidence } from "./reads/evidence.js";
import { readHome } from "./reads/home.js";
import { readMemberPage } from "./reads/member.js";
import { readMembers } from "./reads/members.js";
import { readPowers } from "./reads/powers.js";
import { readOpen, readProposal, readProposalList } from "./reads/proposals.js";
import { nodesFailedIn, Opened } from "./opened.js";
import type { AnyAnswer, Failure, FromReader, Question, ToReader } from "./protocol.js";

let opened: Opened | undefined;

globalThis.onmessage = ({ data }: MessageEvent<ToReader>) => {
  if ("open" in data) opened = new Opened(data.open, data.base, sayUnused);
  else void answer(data.id, data.question);
};

function sayUnused({ message }: Problem): void {
  const said: FromReader = { unused: message };
  globalThis.postMessage(said);
}

async function answer(id: number, question: Question): Promise<void> {
  let message: FromReader;
  try {
    message = { id, answer: await read(question) };
  } catch (error) {
    message = { id, failure: failureOf(error) };
  }
  globalThis.postMessage(message);
}

async function read(question: Question): Promise<AnyAnswer> {
  if (opened === undefined) throw new TypeError("The reader wasn't told which DAO it is of");
  return opened.read((live) => answerTo(live, question));
}

function answerTo(live: LiveDao, question: Question): Promise<AnyAnswer> {
  switch (question.what) {
    case "home":
      return readHome(live);
    case "open":
      return readOpen(live);
    case "proposals":
      return readProposalList(live);
    case "proposal":
      return readProposal(live, question.number);
    case "members":
      return readMembers(live, question.season);
    case "member":
      return readMemberPage(live, question.account);
    case "powers":
      return readPowers(live);
    case "evidence":
      return readEvidence(live, question.all);
  }
}

/** Where nodes don't answer, that is what is wrong, whatever was made of it on the way. */
function failureOf(error: unknown): Failure {
  const failed = nodesFailedIn(error);
  if (failed !== undefined) return { of: "nodes", faults: failed.faults };
  if (error instanceof KyosoError) {
    const [first] = error.problems;
    return { of: "told", code: first?.code ?? "", message: error.message };
  }
  return { of: "defect", message: error instanceof Error ? error.message : String(error) };
}
