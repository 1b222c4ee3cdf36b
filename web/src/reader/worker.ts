import type { LiveDao, Problem } from "@kyoso/sdk";
import { act } from "./acting/act.js";
import type { Act, AnyActAnswer, ToSign } from "./acts.js";
import { failureOf } from "./failures.js";
import { Opened } from "./opened.js";
import type { AnyAnswer, FromReader, Question, ToReader } from "./protocol.js";
import { Nicknames } from "./nicknames.js";
import { readEvidence } from "./reads/evidence.js";
import { readHome } from "./reads/home.js";
import { readIdeaCallList, readIdeaCallPage, readIdeaPage, readYoungVoices } from "./reads/ideas.js";
import { readMemberPage } from "./reads/member.js";
import { readMembers } from "./reads/members.js";
import { readOwnNickname } from "./reads/nickname.js";
import { readPasses } from "./reads/passes.js";
import { readPerksPage } from "./reads/perks.js";
import { readPowers } from "./reads/powers.js";
import { readOpen, readProposal, readProposalList } from "./reads/proposals.js";

let opened: Opened | undefined;
const nicknames = new Nicknames();

/** What somebody is signing, by the question that it is for. */
const signing = new Map<number, (signature: string | null) => void>();

globalThis.onmessage = ({ data }: MessageEvent<ToReader>) => {
  if ("open" in data) opened = new Opened(data.open, data.base, sayUnused);
  else if ("signature" in data) {
    signing.get(data.id)?.(data.signature);
    signing.delete(data.id);
  } else if ("act" in data) {
    const { id, act: asked } = data;
    void answer(id, () => carryOut(id, asked));
  } else {
    const { id, question } = data;
    void answer(id, () => dao().read((live) => answerTo(live, question))).then(tellNicknames);
  }
};

/** Who is in an answer is shown at once, and called as they want to be a moment later. */
async function tellNicknames(found: AnyAnswer | AnyActAnswer | undefined): Promise<void> {
  // An answer is whole without them: where they can't be read, the next one asks again.
  try {
    const chosen = await nicknames.readFor(await dao().live(), found);
    if (chosen.length > 0) tell({ chosen });
  } catch {
    // Until then they have the names that they have without.
  }
}

function sayUnused({ message }: Problem): void {
  tell({ unused: message });
}

async function answer(
  id: number,
  find: () => Promise<AnyAnswer | AnyActAnswer>,
): Promise<AnyAnswer | AnyActAnswer | undefined> {
  try {
    const found = await find();
    tell({ id, answer: found });
    return found;
  } catch (error) {
    tell({ id, failure: failureOf(error) });
    return undefined;
  }
}

async function carryOut(id: number, asked: Act): Promise<AnyActAnswer> {
  // What is signed and sent is checked as of now; and once it is there, all else is to be read as of a block that has it.
  if (asked.act !== "voter" && asked.act !== "voice") dao().renew();
  const run = (live: LiveDao) => act(live, asked, (toSign) => sign(id, toSign));
  // Nobody is asked twice to sign.
  const signs = ["ballot", "delegation", "sign nickname", "sign support"].includes(asked.act);
  const found = await (signs ? run(await dao().live()) : dao().read(run));
  if (asked.act === "transaction" || asked.act === "cast") {
    dao().renew();
    nicknames.renew();
  }
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

function tell(message: FromReader): void {
  globalThis.postMessage(message);
}

function dao(): Opened {
  if (opened === undefined) throw new TypeError("The reader wasn't told which DAO it is of");
  return opened;
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
    case "ideaCalls":
      return readIdeaCallList(live);
    case "ideaCall":
      return readIdeaCallPage(live, question);
    case "youngVoices":
      return readYoungVoices(live, question.number);
    case "idea":
      return readIdeaPage(live, question.id);
    case "evidence":
      return readEvidence(live, question.all);
    case "passes":
      return readPasses(live, question.account);
    case "perks":
      return readPerksPage(live, question.account);
    case "nickname":
      return readOwnNickname(live, question.account);
  }
}
