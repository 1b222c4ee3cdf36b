import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { ProblemCode, Telling } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { FileKind, SignedFile } from "../../signed/form.js";
import { parseSigned } from "../../signed/form.js";
import type { Readers } from "../files.js";
import { jsonText, replaceFile } from "../files.js";

/** More than any ballot or delegation has, in bytes. */
const LARGEST_FILE = 64 * 1024;

/**
 * The files that paths name: themselves, and of folders all `.json` files in them and below. Each once, in order.
 *
 * @throws KyosoError where there is none at all.
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const each of paths) {
    if (await isFolder(each)) {
      const found = await readdir(each, { recursive: true });
      const json = found.filter((name) => name.endsWith(".json")).sort();
      files.push(...json.map((name) => path.join(each, name)));
    } else {
      files.push(each);
    }
  }
  if (files.length > 0) return [...new Set(files.map((file) => path.normalize(file)))];
  throw KyosoError.of("file.none-in-folder", {
    data: { files: paths },
    place: paths.join(", "),
    message: "There is no file that ends in .json in it",
    remedy: "Name the files, or the folder that they are in.",
  });
}

/** Reads a signed file. It comes from somebody else: nothing in it is taken for granted. */
export async function readSigned<Value>(file: string, kind: FileKind<Value>): Promise<SignedFile<Value>> {
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>) => ({
    file,
    problem: problem(code, { place: file, ...told }),
  });
  const again = `Ask for a file as \`npx hardhat ${kind.writtenBy}\` writes it.`;
  let text: string;
  try {
    if ((await stat(file)).size > LARGEST_FILE)
      return refuse("signed.too-large", {
        data: { file, kind: kind.kind },
        message: `It is no ${kind.kind}: it is too large`,
        remedy: again,
      });
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? refuse("file.missing", {
          data: { file },
          message: "There is no such file",
          remedy: "Check the path.",
        })
      : refuse("file.unreadable", {
          data: { file, reason: code },
          message: `It can't be read (${code})`,
          remedy: "Check that it is a file, and that you may read it.",
        });
  }
  return parseSigned(text, file, kind);
}

/**
 * Writes a signed file, as a whole or not at all.
 *
 * @param mayReplace Whether what is in the file already may be replaced: what somebody signed isn't thrown away unseen.
 * @param readers Who may read it.
 * @throws KyosoError where the file is there, and may not be replaced.
 */
export async function writeSigned<Value extends object>(
  file: string,
  value: Value,
  kind: FileKind<Value>,
  mayReplace: (existing: Value) => boolean,
  readers: Readers = "all",
): Promise<void> {
  if (existsSync(file)) {
    const existing = await readSigned(file, kind);
    if (existing.value === undefined || !mayReplace(existing.value)) {
      throw KyosoError.of("signed.file-taken", {
        data: { file, kind: kind.kind, same: existing.value !== undefined },
        place: file,
        message: `There is a file already, and it holds ${existing.value === undefined ? "something else" : `another ${kind.kind}`}`,
        remedy: `Remove it, or write to another one with --out. If it was passed on: of two ${kind.kind}s the one that is relayed first counts.`,
      });
    }
  }
  await replaceFile(file, jsonText(value), readers);
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false;
  }
}
