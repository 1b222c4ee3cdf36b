import { readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Compiler } from "hardhat/types/solidity";
import { compileWith } from "./solcJs.js";

/** What a compiler says of itself once it is loaded, which takes a second. */
interface Known {
  /** The file it was read from, as it was then. */
  readonly file: string;
  readonly longVersion: string;
  readonly isSolcJs: boolean;
}

const FILE = "compiler.json";

/**
 * A compiler that is loaded when it is to compile: what has nothing to compile doesn't wait for it. Its version, which is part
 * of what a build is known by, was asked of it before, and is asked again as soon as its file was replaced.
 *
 * @param cache The folder of Hardhat's cache.
 * @param version The version that the configuration names.
 * @param file The compiler, as an absolute path.
 * @throws Error when it compiles, if it is another one than it was.
 */
export async function lazily(
  cache: string,
  version: string,
  file: string,
  load: () => Promise<Compiler>,
): Promise<Compiler> {
  const now = await stateOf(file);
  let known = await read(cache);
  let loaded: Compiler | undefined;
  if (now === undefined || known?.file !== now) {
    loaded = await load();
    known = { file: now ?? "", longVersion: loaded.longVersion, isSolcJs: loaded.isSolcJs };
    if (now !== undefined) await keep(cache, known);
  }
  const { longVersion, isSolcJs } = known;
  return {
    version,
    longVersion,
    isSolcJs,
    compilerPath: file,
    async compile(input) {
      if (isSolcJs) return compileWith(file, longVersion, input);
      const compiler = loaded ?? (await load());
      if (compiler.longVersion === longVersion) return compiler.compile(input);
      throw new Error(`The compiler is ${compiler.longVersion}, and was ${longVersion}: remove ${cache}`);
    },
  };
}

/** Another one for each file that was ever in its place: no program can choose the time of a file's last change (ctime). */
async function stateOf(file: string): Promise<string | undefined> {
  const { size, ctimeMs } = await stat(file).catch(() => ({ size: undefined, ctimeMs: 0 }));
  return size === undefined ? undefined : `${size} ${ctimeMs}`;
}

async function read(cache: string): Promise<Known | undefined> {
  try {
    const { file, longVersion, isSolcJs } = JSON.parse(
      await readFile(path.join(cache, FILE), "utf8"),
    ) as Partial<Known>;
    if (file === undefined || longVersion === undefined || isSolcJs === undefined) return undefined;
    return { file, longVersion, isSolcJs };
  } catch {
    // Never built, or broken off while it was written.
    return undefined;
  }
}

/** Not to be able to costs a second next time, and nothing else. */
async function keep(cache: string, known: Known): Promise<void> {
  const draft = path.join(cache, `${FILE}.${process.pid}.tmp`);
  try {
    await writeFile(draft, JSON.stringify(known));
    await rename(draft, path.join(cache, FILE));
  } catch {
    // Whatever else is written there says why.
  }
}
