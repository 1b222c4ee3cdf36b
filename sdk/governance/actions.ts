import type { Call } from "../calls/plan.js";
import { readYaml } from "../config/yaml.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { quote } from "../units.js";
import { readActions } from "./action.js";
import type { Path, Report } from "./values.js";
import { suggest } from "./values.js";

export { draftProposal } from "./draft.js";

/** A proposal that is still to be made. */
export interface ProposalFile {
  readonly title: string;
  /** Markdown, without the title. */
  readonly body: string;
  readonly calls: readonly Call[];
}

/** The parts of such a file, of which the actions haven't been made calls of: sections, lists and texts, as they are written. */
export interface ProposalParts {
  readonly title: string;
  /** Markdown, without the title. */
  readonly body: string;
  readonly actions: readonly unknown[];
}

const KEYS = ["title", "actions"] as const;

/** Where one finds out how to write such a file. */
export const EXAMPLE = "docs/proposals.md has an example";

/**
 * Reads the text of such a file: front matter in YAML with `actions` and perhaps a `title`, and Markdown that begins
 * with the title as its heading.
 *
 * @param file Where the text is from, for messages.
 * @throws KyosoError naming everything that is wrong: by line, and by the path in the front matter.
 */
export async function parseProposal(live: LiveDao, text: string, file: string): Promise<ProposalFile> {
  const { title, body, front, report, problems } = readParts(text, file);
  const calls = front === undefined ? [] : await readList(live, front.tree.actions, report);
  if (problems.length > 0) throw new KyosoError(problems.toSorted(byLine));
  return { title, body, calls };
}

/**
 * Takes the text of such a file apart, for whoever goes on writing it: whether its actions can be made calls of isn't looked at.
 *
 * @throws KyosoError as {@link parseProposal} does.
 */
export function splitProposal(text: string, file: string): ProposalParts {
  const { title, body, front, report, problems } = readParts(text, file);
  const actions = listOf(front?.tree.actions, report) ?? [];
  if (problems.length > 0) throw new KyosoError(problems.toSorted(byLine));
  return { title, body, actions };
}

/** @returns Without front matter where that is something else, so that what isn't in it doesn't matter. */
function readParts(text: string, file: string) {
  const problems: Problem[] = [];
  const { front: written, markdown } = split(text, file);
  const front = readFront(written, file, problems);
  const { tree, lineOf } = front ?? NOTHING;
  const report: Report = (path, told) => {
    const line = lineNear(path, lineOf);
    const place = `${line === undefined ? file : `${file}:${line}`}${path.length === 0 ? "" : ` ${show(path)}`}`;
    problems.push({ ...told, place });
  };

  for (const key of Object.keys(tree)) {
    if (KEYS.some((known) => known === key)) continue;
    report(
      [key],
      problem("key.unknown", {
        data: { key, known: KEYS },
        message: `there is no key ${quote(key)} here`,
        remedy: suggest(key, KEYS),
      }),
    );
  }
  return { ...readText(markdown, tree.title, file, report, problems), front, report, problems };
}

/** The front matter, with a line before it so that its lines have the numbers that they have in the file. */
function split(text: string, file: string): { front: string | undefined; markdown: string } {
  const whole = text.replace(/^\ufeff/u, "").replaceAll(/\r\n?/gu, "\n");
  if (!/^---[ \t]*\n/u.test(whole)) return { front: undefined, markdown: whole };
  const match = /^---[ \t]*\n(?<front>(?:[^\n]*\n)*?)---[ \t]*(?:\n|$)/u.exec(whole);
  if (match === null) {
    throw KyosoError.of("proposal.front-matter-open", {
      data: {},
      place: `${file}:1`,
      message: "the front matter has no end",
      remedy: "write a line --- after the actions",
    });
  }
  return { front: `\n${match.groups?.front ?? ""}`, markdown: whole.slice(match[0].length) };
}

interface Front {
  readonly tree: Readonly<Record<string, unknown>>;
  readonly lineOf: (path: Path) => number | undefined;
}

const NOTHING: Front = { tree: {}, lineOf: () => undefined };

/** The front matter; undefined where it is something else, so that what isn't in it doesn't matter. */
function readFront(front: string | undefined, file: string, problems: Problem[]): Front | undefined {
  if (front === undefined || front.replaceAll(/^[ \t]*#.*$/gmu, "").trim() === "") return NOTHING;
  const { tree, problems: found, lineOf } = readYaml(front, file);
  problems.push(...found);
  if (typeof tree === "object" && tree !== null && !Array.isArray(tree)) {
    return { tree: tree as Front["tree"], lineOf };
  }
  problems.push(
    problem("proposal.front-matter-no-keys", {
      data: {},
      place: `${file}:2`,
      message: "the front matter has no keys",
      remedy: `write "actions:" and below it what the proposal does; ${EXAMPLE}`,
    }),
  );
  return undefined;
}

function readText(
  markdown: string,
  given: unknown,
  file: string,
  report: Report,
  problems: Problem[],
): Pick<ProposalFile, "title" | "body"> {
  const text = markdown.trim();
  const heading = /^#[ \t]+(.+)$/mu.exec(text);
  const first = heading?.index === 0 ? heading[1]?.trim() : undefined;
  const named = typeof given === "string" ? given.trim() : undefined;
  if (given !== undefined && (named === undefined || named === "" || /\p{Cc}/u.test(named))) {
    report(
      ["title"],
      problem("proposal.title-not-line", {
        data: {},
        message: "isn't a text on one line",
        remedy: "write the title after the colon",
      }),
    );
  } else if (named === undefined && first === undefined) {
    problems.push(
      problem("proposal.title-missing", {
        data: {},
        place: file,
        message: "has no title",
        remedy: 'begin the text below the actions with a line "# " and the title',
      }),
    );
  } else if (named !== undefined && first !== undefined && named !== first) {
    report(
      ["title"],
      problem("proposal.title-twice", {
        data: { title: named, heading: first },
        message: `${quote(named)} is one title, and the heading ${quote(first)} another`,
        remedy: "leave one of them out",
      }),
    );
  }
  if (/[^\P{Cc}\n\t]|\p{Cs}/u.test(text)) {
    problems.push(
      problem("proposal.unseen-characters", {
        data: {},
        place: file,
        message: "has characters that can't be seen",
        remedy: "write it as plain text",
      }),
    );
  }
  if (/#proposer=0x[0-9a-f]{40}\s*$/iu.test(text)) {
    problems.push(
      problem("proposal.ends-with-proposer", {
        data: {},
        place: file,
        message: 'ends with "#proposer="',
        remedy: "leave that line out: it is added with the account that proposes",
      }),
    );
  }
  const body = first === undefined ? text : text.slice(heading?.[0].length).trim();
  return { title: named ?? first ?? "", body };
}

async function readList(live: LiveDao, actions: unknown, report: Report): Promise<Call[]> {
  const list = listOf(actions, report);
  if (list === undefined) return [];
  if (list.length === 0) {
    report(
      actions === undefined ? [] : ["actions"],
      problem("proposal.actions-missing", {
        data: {},
        message: "there are no actions, and the governor takes no proposal without one",
        remedy:
          'to decide something that nothing has to be done for, send nothing to the treasury: - { to: treasury, value: "0 ETH" }',
      }),
    );
  }
  return readActions(live, list, ["actions"], report);
}

/** The actions, one after the other; undefined where they are something else. */
function listOf(actions: unknown, report: Report): readonly unknown[] | undefined {
  if (actions === undefined || actions === "") return [];
  if (Array.isArray(actions)) return actions as readonly unknown[];
  report(
    ["actions"],
    problem("proposal.actions-not-list", {
      data: {},
      message: "is no list",
      remedy: 'write one action after the other, each beginning with "- "',
    }),
  );
  return undefined;
}

/** The line of what is at a path, or of what it would be in. */
function lineNear(path: Path, lineOf: Front["lineOf"]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== undefined) return line;
  }
  return undefined;
}

/** What is wrong with the file as a whole first, then line by line. */
function byLine(one: Problem, other: Problem): number {
  const line = ({ place = "" }: Problem) => Number(/:(\d+)(?: |$)/u.exec(place)?.[1] ?? 0);
  return line(one) - line(other);
}

/** `actions[1].args[0]` */
function show(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./u, "");
}
