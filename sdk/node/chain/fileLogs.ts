import { appendFile, mkdir, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import type { KeptLines, LogPlace, LogStore } from "../../chain/logStore.js";

/** Keeps logs on a disk, in `<folder>/<chain id>/<contract>.jsonl`. Lines are only ever added, but for {@link keep}. */
export class FileLogs implements LogStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(place: LogPlace): Promise<KeptLines> {
    const text = await readIfThere(this.#file(place));
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      lines.push(text.slice(start, end));
      start = end + 1;
    }
    return { lines, whole: start === text.length };
  }

  async append(place: LogPlace, line: string): Promise<void> {
    const file = this.#file(place);
    await mkdir(path.dirname(file), { recursive: true });
    await appendFile(file, `${line}\n`);
  }

  async keep(place: LogPlace, count: number): Promise<void> {
    const file = this.#file(place);
    const { lines } = await this.read(place);
    const length = lines.slice(0, count).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    try {
      await truncate(file, length);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }

  #file({ chainId, address }: LogPlace): string {
    return path.join(this.#folder, chainId.toString(), `${address.toLowerCase()}.jsonl`);
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
