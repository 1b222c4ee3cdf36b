import type { Plan } from "../calls/plan.js";
import type { LiveDao } from "../live.js";
import type { Language } from "../page/document.js";
import { readPassTerms } from "../pass/pass.js";
import { oneLine, visible } from "../text.js";
import type { IdeaLife } from "./board.js";
import { boardAddress } from "./board.js";
import { ADOPTION } from "./adoptionTexts.js";
import { textInURI } from "./inline.js";
import { planAdopt } from "./plans.js";

/** What Markdown, or what is made of it, could take for more than text. */
const MARKUP = /[<>[\]`*_#|~\\&]/gu;

/** What pages make a link of, or a mention, where it isn't marked as one: `https://`, `www.`, `@name`. */
const LINKED = /:\/\/|@|(?<=www)\./giu;

/** How the text of a proposal is written. */
export interface AdoptionText {
  /** English without it. */
  readonly language?: Language;
  /** Where the idea's whole life can be seen, of HTTPS; without it a command says where. */
  readonly link?: string | undefined;
}

/**
 * Plans to adopt an idea, with the text of a proposal that does: it names the idea and says how it was supported. What strangers
 * wrote is in it as what it is, and nothing of it as markup.
 */
export function planAdoption(
  live: LiveDao,
  { call, idea }: IdeaLife,
  { language = "en", link }: AdoptionText = {},
): Plan {
  const { name, id, author, title, uri, contentHash, hidden } = idea;
  const says = ADOPTION[language];
  const text = textInURI(uri);
  const body = [
    says.adopts(live, { call, idea }),
    // Who votes shall know what those see who look at the board.
    ...(hidden ? [says.hidden] : []),
    says.asked,
    quoted(call.question),
    says.proposed,
    quoted([title, ...(text === undefined ? [] : ["", text])].join("\n")),
    ...(uri === "" || text !== undefined ? [] : [says.more, quoted(uri)]),
    [
      says.place(id, boardAddress(live), author),
      ...(contentHash === null ? [] : [says.hash(contentHash)]),
      link === undefined ? says.command(name) : says.link(link),
    ].join(says.between),
    says.then,
  ].join("\n\n");
  const [first] = [plain(title)].filter((each) => each !== "");
  return { ...planAdopt(live, id), title: says.title(name, first), body };
}

/**
 * The language in which a brand speaks to its community: that of the labels of its passes; where it has none, what it asked in.
 */
export async function readBrandLanguage(live: LiveDao, question: string): Promise<Language> {
  if (live.record.modules?.pass === undefined) return isJapanese(question) ? "ja" : "en";
  return (await readPassTerms(live)).language === "Japanese" ? "ja" : "en";
}

function isJapanese(text: string): boolean {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);
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
