import { readFile } from "node:fs/promises";
import { parse as parsePath } from "node:path";
import { isNode, LineCounter, parseDocument, type YAMLError } from "yaml";
import { KyosoError, type Problem } from "../../errors.js";
import { quote } from "../../units.js";
import { COMMA_REMEDY, problemsOf } from "../../config/problems.js";
import { brandSchema, type BrandConfig } from "../../config/schema.js";

const EXAMPLE_REMEDY = "start from a copy of brands/sakura-coffee.yaml; docs/brand-file.md explains it";

/**
 * Reads and checks a brand file.
 *
 * @throws KyosoError naming everything that is wrong in it.
 */
export async function loadBrandFile(path: string): Promise<BrandConfig> {
  return parseBrandFile(await readTextFile(path, EXAMPLE_REMEDY), path);
}

/**
 * The text of a file.
 *
 * @param example Where one finds out how to write such a file: the end of a sentence.
 * @throws KyosoError for a file that isn't there, can't be read, or isn't text in UTF-8.
 */
export async function readTextFile(path: string, example: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new KyosoError(
      code === "ENOENT"
        ? { place: path, message: "there is no such file", remedy: `check the path, or ${example}` }
        : {
            place: path,
            message: `can't be read (${code})`,
            remedy: "check that it is a file, and yours to read",
          },
      { cause: error },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new KyosoError(
      { place: path, message: "isn't in UTF-8", remedy: "save it with the encoding UTF-8" },
      { cause: error },
    );
  }
}

/**
 * Checks the text of a brand file. Nothing else is read, and no clock: that dates are still ahead is the launch's
 * to check.
 *
 * @param file Where the text is from; its base name has to be the brand's slug.
 * @throws KyosoError naming everything that is wrong: a syntax error by line, all else by its path in the file.
 */
export function parseBrandFile(text: string, file: string): BrandConfig {
  const { tree, problems } = readYaml(text, file);
  if (typeof tree !== "object" || Array.isArray(tree)) {
    throw new KyosoError({
      place: file,
      message: "isn't a brand file: it has no sections",
      remedy: EXAMPLE_REMEDY,
    });
  }
  const result = brandSchema(symbolOf(tree), parsePath(file).name).safeParse(tree, { reportInput: true });
  if (!result.success) problems.push(...problemsOf(result.error.issues));
  if (problems.length !== 0 || !result.success) throw new KyosoError(problems);
  return { file, ...result.data };
}

/** A file as sections, lists and texts. */
export interface YamlTree {
  readonly tree: unknown;
  /** What is wrong, but doesn't keep the rest from being checked: keys that are there twice. */
  readonly problems: Problem[];
  /** The line, from 1, where what is at a path in the tree begins; undefined for what isn't there. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/**
 * Reads YAML. Its "failsafe" schema leaves every value the text that was written: otherwise an address without quotes
 * were a number, and 1.10 the same as 1.1.
 */
export function readYaml(text: string, file: string): YamlTree {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false, lineCounter });
  const errors: YAMLError[] = [...document.errors, ...document.warnings];
  const problems = errors.map((error) => yamlProblem(error, text, file, lineCounter));
  if (errors.some(({ code }) => code !== "DUPLICATE_KEY")) throw new KyosoError(problems);
  if (document.contents === null) {
    throw new KyosoError({ place: file, message: "is empty", remedy: EXAMPLE_REMEDY });
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
    throw new KyosoError(
      {
        place: file,
        message: `can't be read: ${message}`,
        remedy: "write values out instead of *references",
      },
      { cause: error },
    );
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
    return {
      place,
      message: `the key ${quote(key)} is there twice`,
      remedy: /^\d{3}$/u.test(key) ? COMMA_REMEDY : "keep one of the two",
    };
  }
  return {
    place,
    message: `${quote(text.split("\n")[line - 1]?.trim() ?? "")} isn't valid YAML: ${error.message}`,
    remedy: YAML_REMEDIES[error.code] ?? "compare how the lines around it are indented and quoted",
  };
}

/** The token's symbol, where the file has a text for it. */
function symbolOf(tree: unknown): string | undefined {
  if (typeof tree !== "object" || tree === null || !("token" in tree)) return undefined;
  const { token } = tree;
  if (typeof token !== "object" || token === null || !("symbol" in token)) return undefined;
  return typeof token.symbol === "string" && token.symbol !== "" ? token.symbol : undefined;
}
