import { readFile } from "node:fs/promises";
import { KyosoError, problem } from "../../errors.js";
import { probableEncoding } from "../tables/encoding.js";
import { type BrandConfig } from "../../config/schema.js";
import { EXAMPLE_REMEDY } from "../../config/yaml.js";
import { parseBrandFile } from "../../config/brandFile.js";

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
        ? problem("file.missing", {
            data: { file: path },
            place: path,
            message: "there is no such file",
            remedy: `check the path, or ${example}`,
          })
        : problem("file.unreadable", {
            data: { file: path, reason: code },
            place: path,
            message: `can't be read (${code})`,
            remedy: "check that it is a file, and yours to read",
          }),
      { cause: error },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const encoding = probableEncoding(bytes);
    throw KyosoError.of("file.not-utf8", {
      data: { file: path, encoding },
      place: path,
      message: `isn't in UTF-8${encoding === undefined ? "" : `: it looks like ${encoding}`}`,
      remedy: "save it with the encoding UTF-8",
      cause: error,
    });
  }
}
