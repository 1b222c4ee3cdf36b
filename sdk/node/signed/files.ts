import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { dataLength, isHexString, MaxUint256 } from "ethers";
import { z } from "zod";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { toJson } from "../record.js";
import { parseAddress } from "../../units.js";

/** More than any ballot or delegation has, in bytes. */
const LARGEST_FILE = 64 * 1024;

/** More than wallets of any kind need, in bytes: a relayer pays for each. */
const LONGEST_SIGNATURE = 8 * 1024;

/** What was read from a file, or why it wasn't. */
export type SignedFile<Value> =
  | { readonly file: string; readonly value: Value }
  | { readonly file: string; readonly value?: undefined; readonly problem: Problem };

const decimal = z.string().refine((text) => /^\d{1,78}$/u.test(text) && BigInt(text) <= MaxUint256);

/** Fields that signed files are made of. */
export const fields = {
  address: z.string().refine(isAddress),
  /** An integer of up to 256 bits. */
  decimal,
  signature: z.string().refine((text) => isHexString(text, true) && dataLength(text) <= LONGEST_SIGNATURE),
} as const;

/** What every signed file begins with. */
export const header = {
  version: z.literal(1),
  /** The DAO's slug: only for people, and not relied on. */
  dao: z.string().regex(/^[\w-]{1,100}$/u),
  chainId: decimal,
} as const;

/** What a kind of file is called, and how it looks. */
export interface FileKind<Value> {
  /** The value of its key `kind`. */
  readonly kind: string;
  readonly schema: z.ZodType<Value>;
  /** Which task writes it. */
  readonly writtenBy: string;
}

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
  throw new KyosoError({
    place: paths.join(", "),
    message: "There is no file that ends in .json in it",
    remedy: "Name the files, or the folder that they are in.",
  });
}

/** Reads a signed file. It comes from somebody else: nothing in it is taken for granted. */
export async function readSigned<Value>(file: string, kind: FileKind<Value>): Promise<SignedFile<Value>> {
  const refuse = (message: string, remedy: string) => ({ file, problem: { place: file, message, remedy } });
  const again = `Ask for a file as \`npx hardhat ${kind.writtenBy}\` writes it.`;
  let text: string;
  try {
    if ((await stat(file)).size > LARGEST_FILE)
      return refuse(`It is no ${kind.kind}: it is too large`, again);
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? refuse("There is no such file", "Check the path.")
      : refuse(`It can't be read (${code})`, "Check that it is a file, and that you may read it.");
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse("It isn't JSON", again);
  }
  const found: unknown = typeof json === "object" && json !== null && "kind" in json ? json.kind : undefined;
  if (found !== kind.kind) {
    // Only words of ours are repeated: what comes from others could hold what a terminal obeys.
    const what = typeof found === "string" && /^[a-z]{1,20}$/u.test(found) ? `a ${found}, and not ` : "not ";
    return refuse(`It is ${what}a ${kind.kind}`, again);
  }
  const parsed = kind.schema.safeParse(json);
  if (parsed.success) return { file, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `: "${issue.path.join(".")}" is wrong`;
  return refuse(`It isn't a whole ${kind.kind}${where}`, again);
}

/**
 * Writes a signed file, as a whole or not at all.
 *
 * @param mayReplace Whether what is in the file already may be replaced: what somebody signed isn't thrown away unseen.
 * @param mode Who may read it: 0o600 for what nobody but its owner may.
 * @throws KyosoError where the file is there, and may not be replaced.
 */
export async function writeSigned<Value extends object>(
  file: string,
  value: Value,
  kind: FileKind<Value>,
  mayReplace: (existing: Value) => boolean,
  mode = 0o666,
): Promise<void> {
  if (existsSync(file)) {
    const existing = await readSigned(file, kind);
    if (existing.value === undefined || !mayReplace(existing.value)) {
      throw new KyosoError({
        place: file,
        message: `There is a file already, and it holds ${existing.value === undefined ? "something else" : `another ${kind.kind}`}`,
        remedy: `Remove it, or write to another one with --out. If it was passed on: of two ${kind.kind}s the one that is relayed first counts.`,
      });
    }
  }
  await mkdir(path.dirname(file), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o777 });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(toJson(value), undefined, 2)}\n`, { mode });
  await rename(draft, file);
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false;
  }
}

function isAddress(text: string): boolean {
  try {
    return parseAddress(text) === text;
  } catch {
    return false;
  }
}
