import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Gives each test of a suite a folder of its own. To be called in `describe`; what it returns, in tests. */
export function useFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-signed-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return () => folder;
}

/** Writes files into a folder, one after the other. */
export function writerIn(folder: string) {
  let count = 0;
  return async (value: unknown): Promise<string> => {
    const file = path.join(folder, `${(count++).toString().padStart(3, "0")}.json`);
    await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };
}
