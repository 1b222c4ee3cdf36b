import { isNode, LineCounter, parseDocument } from "yaml";
import type { YAMLError } from "yaml";
import { KyosoError, problem } from "../errors.js";
import type { Problem } from "../errors.js";
import { quote } from "../units.js";
import { COMMA_REMEDY } from "./problems.js";

/** A file as sections, lists and texts. */
export interface YamlTree {
  readonly tree: unknown;
  /** What is wrong, but doesn't keep the rest from being checked: keys that are there twice. */
  readonly problems: Problem[];
  /** The line, from 1, where what is at a path in the tree begins; undefined for what isn't there. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** What it has to say of a text it says as problems, and not on the screen beside them. */
const OPTIONS = { schema: "failsafe", prettyErrors: false, logLevel: "error" } as const;

/**
 * Reads YAML. Its "failsafe" schema leaves every value the text that was written: otherwise an address without quotes
 * were a number, and 1.10 the same as 1.1.
 */
export function readYaml(text: string, file: string): YamlTree {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter });
  const errors: YAMLError[] = [...document.errors, ...document.warnings];
  const problems = errors.map((error) => yamlProblem(error, text, file, lineCounter));
  if (errors.some(({ code }) => code !== "DUPLICATE_KEY")) throw new KyosoError(problems);
  if (document.contents === null) {
    throw KyosoError.of("file.empty", {
      data: { file },
      place: file,
      message: "is empty",
      remedy: EXAMPLE_REMEDY,
    });
  }
  const lineOf: YamlTree["lineOf"] = (path) => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : undefined;
  };
  try {
    return { tree: document.toJS(), problems, lineOf };
  } catch (error) {
    // An alias without its anchor, or far too many of them.
    const message = error instanceof Error ? error.message : String(error);
    throw KyosoError.of("yaml.unreadable", {
      data: { file, reason: message },
      place: file,
      message: `can't be read: ${message}`,
      remedy: "write values out instead of *references",
      cause: error,
    });
  }
}

const YAML_REMEDIES: Partial<Record<YAMLError["code"], string>> = {
  BAD_SCALAR_START: "put the text in quotes",
  BLOCK_AS_IMPLICIT_KEY: 'check how far the line is indented; a text that has ": " in it needs quotes',
  MISSING_CHAR: "close what is open: a quote or a bracket, or add the colon after a key",
  MULTIPLE_DOCS: "remove the line ---",
  TAB_AS_INDENT: "indent with spaces",
  TAG_RESOLVE_FAILED: "put the text in quotes",
};

function yamlProblem(error: YAMLError, text: string, file: string, lineCounter: LineCounter): Problem {
  const { line } = lineCounter.linePos(error.pos[0]);
  const place = `${file}:${line}`;
  if (error.code === "DUPLICATE_KEY") {
    const key = /^["']?([^\s:,}"']*)/u.exec(text.slice(error.pos[0]))?.[1] ?? "";
    return problem("yaml.key-twice", {
      data: { key },
      place,
      message: `the key ${quote(key)} is there twice`,
      remedy: /^\d{3}$/u.test(key) ? COMMA_REMEDY : "keep one of the two",
    });
  }
  const written = text.split("\n")[line - 1]?.trim() ?? "";
  return problem("yaml.invalid", {
    data: { text: written, reason: error.message, rule: error.code },
    place,
    message: `${quote(written)} isn't valid YAML: ${error.message}`,
    remedy: YAML_REMEDIES[error.code] ?? "compare how the lines around it are indented and quoted",
  });
}

export const EXAMPLE_REMEDY =
  "start from a copy of brands/sakura-coffee.yaml; docs/brand-file.md explains it";
