import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";

const PART = 4 << 20;

/** A new file that only its owner can read, written in large parts. */
export class BufferedFile {
  readonly #handle: FileHandle;
  #parts: (string | Uint8Array)[] = [];
  #length = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<BufferedFile> {
    return new BufferedFile(await open(file, "wx", 0o600));
  }

  /** Adds to its end. What is returned is to be waited for. */
  add(part: string | Uint8Array): Promise<void> | undefined {
    this.#parts.push(part);
    this.#length += part.length;
    return this.#length < PART ? undefined : this.#flush();
  }

  /** Closes it: all of it is on the disk when this returns. */
  async end(): Promise<void> {
    try {
      await this.#flush();
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
    }
  }

  async #flush(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    this.#length = 0;
    const bytes = parts.every((part) => typeof part === "string")
      ? Buffer.from(parts.join(""))
      : Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
    await this.#handle.writeFile(bytes);
  }
}

/** Writes a whole file that only its owner can read; it is on the disk when this returns. */
export async function writeWhole(file: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
  const written = await BufferedFile.create(file);
  try {
    for (const part of parts) await written.add(part);
  } finally {
    await written.end();
  }
}
