import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { toJson } from "../json.js";

/** Who may see what is written: everybody on this computer, or its owner only. Nobody else may ever change it. */
export type Readers = "all" | "owner";

const FILE_MODE = { all: 0o644, owner: 0o600 } as const;
const FOLDER_MODE = { all: 0o755, owner: 0o700 } as const;

/**
 * Writes a file as a whole: a reader sees the old one or the new one, whenever the writer is killed, and it is on the disk when
 * this returns. The draft beside it has a name that nobody can foresee, and is never written through a link.
 *
 * @param readers Whatever the process's umask says.
 */
export async function replaceFile(file: string, text: string, readers: Readers = "all"): Promise<void> {
  await makeFolder(path.dirname(file), readers);
  const draft = `${file}.${randomUUID()}.tmp`;
  const handle = await open(draft, "wx", FILE_MODE[readers]);
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Makes a folder with those above it, where it isn't there. */
export async function makeFolder(folder: string, readers: Readers = "all"): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE[readers] });
}

/** Makes sure that what was created or renamed in a folder is on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can't, and needn't.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a file that was just opened has at its beginning, and a pipe too: no more bytes than `most`. */
export async function readBeginning(handle: FileHandle, most: number): Promise<Buffer> {
  const bytes = Buffer.alloc(most);
  let length = 0;
  for (let read = 1; read > 0 && length < most; length += read) {
    ({ bytesRead: read } = await handle.read(bytes, length, most - length, null));
  }
  return bytes.subarray(0, length);
}

/** JSON as people and version control like it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(toJson(value), undefined, 2)}\n`;
}
