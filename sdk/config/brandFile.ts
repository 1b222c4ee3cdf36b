import { KyosoError } from "../errors.js";
import { problemsOf } from "./problems.js";
import { brandSchema } from "./schema.js";
import type { BrandConfig } from "./schema.js";
import { EXAMPLE_REMEDY, readYaml } from "./yaml.js";

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
    throw KyosoError.of("brand.no-sections", {
      data: { file },
      place: file,
      message: "isn't a brand file: it has no sections",
      remedy: EXAMPLE_REMEDY,
    });
  }
  const result = brandSchema(symbolOf(tree), slugOf(file)).safeParse(tree, { reportInput: true });
  if (!result.success) problems.push(...problemsOf(result.error.issues));
  if (problems.length !== 0 || !result.success) throw new KyosoError(problems);
  return { file, ...result.data };
}

/** The name of a file, without its folders and its ending. */
function slugOf(file: string): string {
  const base = file.split(/[/\\]/u).at(-1) ?? "";
  return base.replace(/(?<=.)\.[^.]*$/u, "");
}

/** The token's symbol, where the file has a text for it. */
function symbolOf(tree: unknown): string | undefined {
  if (typeof tree !== "object" || tree === null || !("token" in tree)) return undefined;
  const { token } = tree;
  if (typeof token !== "object" || token === null || !("symbol" in token)) return undefined;
  return typeof token.symbol === "string" && token.symbol !== "" ? token.symbol : undefined;
}
