import { readFile, stat } from "node:fs/promises";
import { KyosoError, problem } from "../../errors.js";
import type { SafeFile } from "../../safe/sharing/file.js";
import { parseSafeFile } from "../../safe/sharing/file.js";
import { jsonText, replaceFile } from "../files.js";

/** Far more than a transaction that fits a block, with its signatures. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Reads a file by its form alone.
 *
 * @throws KyosoError if it isn't there, isn't such a file, or isn't whole.
 */
export async function readSafeFile(place: string): Promise<SafeFile> {
  return parseSafeFile(await readText(place), place);
}

/** Writes a file, as a whole or not at all. */
export async function writeSafeFile(place: string, content: SafeFile): Promise<void> {
  await replaceFile(place, jsonText(content));
}

/** @throws KyosoError if there is no such file, or it is none that can be read. */
export async function readText(place: string): Promise<string> {
  try {
    if ((await stat(place)).size <= LARGEST_FILE) return await readFile(place, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new KyosoError(
      code === "ENOENT"
        ? problem("file.missing", {
            data: { file: place },
            place,
            message: "There is no such file",
            remedy: "Check the path.",
          })
        : problem("file.unreadable", {
            data: { file: place, reason: code },
            place,
            message: `It can't be read (${code})`,
            remedy: "Check that it is a file, and that you may read it.",
          }),
    );
  }
  throw KyosoError.of("safe.file-too-large", {
    data: { file: place },
    place,
    message: "It isn't the file of a Safe transaction: it is too large",
    remedy: "Name a file as `--via safe` writes it, in outbox/.",
  });
}
