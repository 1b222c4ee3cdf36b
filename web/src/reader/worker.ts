import { act } from "./acting/act.js";
import type { Act, AnyActAnswer, ToSign } from "./acts.js";
import { readHome } from "./reads/home.js";
import { readMemberPage } from "./reads/member.js";
import { readMembers } from "./reads/members.js";
import { readPowers } from "./reads/powers.js";
import { readOpen, readProposal, readProposalList } from "./reads/proposals.js";
import { failureOf } from "./failures.js";
import { Opened } from "./opened.js";
import type { FromReader, Question, ToReader } from "./protocol.js";

let opened: Opened | undefined;

/** What somebody is signing, by the question that it is for. */
const signing = new Map<number, (signature: string | null) => void>();

globalThis.onmessage = ({ data }: MessageEvent<ToReader>) => {
  if ("open" in data) opened = new Opened(data.open);
  else if ("signature" in data) {
    signing.get(data.id)?.(data.signature);
    signing.delete(data.id);
  } else if ("act" in data) {
    const { id, act: asked } = data;
    void answer(id, () => carryOut(id, asked));
  } else {
    const { id, question } = data;
    void answer(id, () => read(question));
  }
};

async function carryOut(id: number, asked: Act): Promise<AnyActAnswer> {
  // What is signed and sent is checked as of now; and once it is there, all else is to be read as of a block that has it.
  if (asked.act !== "voter") opened?.renew();
  const found = await act(await live(), asked, (toSign) => sign(id, toSign));
  if (asked.act === "transaction" || asked.act === "cast") opened?.renew();
  return found;
}

function sign(id: number, toSign: ToSign): Promise<string> {
  return new Promise((resolve, reject) => {
    signing.set(id, (signature) => {
      if (signature === null) reject(new Error("It wasn't signed"));
      else resolve(signature);
    });
    tell({ id, sign: toSign });
  });
}

async function answer(id: number, find: () => Promise<Answered>): Promise<void> {
  let message: FromReader;
  try {
    message = { id, answer: await find() };
  } catch (error) {
    message = { id, failure: failureOf(error) };
  }
  tell(message);
}

type Answered = Extract<FromReader, { readonly answer: unknown }>["answer"];

function tell(message: FromReader): void {
  globalThis.postMessage(message);
}

async function live() {
  if (opened === undefined) throw new TypeError("The reader wasn't told which DAO it is of");
  return opened.live();
}

async function read(question: Question) {
  const dao = await live();
  switch (question.what) {
    case "home":
      return readHome(dao);
    case "open":
      return readOpen(dao);
    case "proposals":
      return readProposalList(dao);
    case "proposal":
      return readProposal(dao, question.number);
    case "members":
      return readMembers(dao, question.season);
    case "member":
      return readMemberPage(dao, question.account);
    case "powers":
      return readPowers(dao);
  }
}
