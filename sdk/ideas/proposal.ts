import type { Plan } from "../calls/plan.js";
import type { LiveDao } from "../live.js";
import { oneLine, visible } from "../text.js";
import type { IdeaCall, IdeaLife } from "./board.js";
import { boardAddress } from "./board.js";
import { textInURI } from "./inline.js";
import { planAdopt } from "./plans.js";
import { formatWeight } from "./readiness.js";

/** What Markdown, or what is made of it, could take for more than text. */
const MARKUP = /[<>[\]`*_#|~\\&]/gu;

/** What pages make a link of, or a mention, where it isn't marked as one: `https://`, `www.`, `@name`. */
const LINKED = /:\/\/|@|(?<=www)\./giu;

/** Who votes shall know what those see who look at the board. */
const HIDDEN =
  "A steward has asked pages not to show this idea: its life says who, and why. It counts as any other, and this proposal can adopt it all the same.";

/**
 * Plans to adopt an idea, with the text of a proposal that does: it names the idea and says how it was supported. What strangers
 * wrote is in it as what it is, and nothing of it as markup.
 */
export function planAdoption(live: LiveDao, { call, idea }: IdeaLife): Plan {
  const { name, id, author, title, uri, tally, supporters, contentHash, hidden } = idea;
  const by = author === null ? "an option of a poll" : `put forward by ${author}`;
  const support =
    tally === 0n
      ? "Nobody supports it."
      : `It is supported with ${formatWeight(live, call, tally)}, by ${supporters === 1 ? "1 account" : `${supporters} accounts`}.`;
  const text = textInURI(uri);
  const body = [
    `This adopts idea ${name} of call ${call.number}, ${by}. ${support} ${placeOf(call, idea)}`,
    ...(hidden ? [HIDDEN] : []),
    "What was asked:",
    quoted(call.question),
    "What is proposed, in the words of whoever put it forward:",
    quoted([title, ...(text === undefined ? [] : ["", text])].join("\n")),
    ...(uri === "" || text !== undefined ? [] : ["Where more is said:", quoted(uri)]),
    [
      `The idea is number ${id} on the board ${boardAddress(live)}.`,
      ...(contentHash === null ? [] : [`Its hash is ${contentHash}.`]),
      `To look at its whole life: \`npx hardhat idea show ${name}\`.`,
    ].join(" "),
    "Once this is executed, the board says that the DAO has adopted the idea, whatever a steward did meanwhile.",
  ].join("\n\n");
  const [first = ""] = [plain(title)].filter((each) => each !== "");
  return {
    ...planAdopt(live, id),
    title: first === "" ? `Adopt idea ${name}` : `Adopt idea ${name}: ${first}`,
    body,
  };
}

function placeOf({ winners, state }: IdeaCall, { rank }: IdeaLife["idea"]): string {
  const when = state === "final" ? "" : " at this moment";
  return rank === null
    ? `It isn't among the winners of its call${when}.`
    : `It is no. ${rank} of the ${winners === 1 ? "1 winner" : `${winners} winners`} of its call${when}.`;
}

/** A stranger's text as a block of code, which Markdown takes for nothing else. */
function quoted(text: string): string {
  return visible(text)
    .replaceAll("\t", " ")
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n");
}

/** A stranger's text on one line, without what could be markup, or what pages make a link or a mention of. */
function plain(text: string): string {
  return oneLine(text.replaceAll(MARKUP, " ").replaceAll(LINKED, " "));
}
