import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Contract } from "ethers";
import type { Provider } from "ethers";
import { KyosoError } from "../../errors.js";
import { parseSafeFile } from "../../safe/sharing/file.js";

/** Hex digits of a hash. */
const DIGITS = 64;

/**
 * Which hashes are in files that wait for somebody: Safe transactions to be signed, drafts of proposals. Whatever the
 * file's format, the data of a call has the hashes in it. A Safe transaction whose number was used by another one can't be
 * carried out any more, and doesn't count.
 *
 * @param folder Searched with all folders in it; one that isn't there has nothing.
 * @returns The file of each hash that was found.
 */
export async function findPending(
  folder: string,
  hashes: ReadonlySet<string>,
  provider: Provider,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (hashes.size === 0) return found;
  const wanted = new Set([...hashes].map((hash) => hash.slice(2)));
  for (const file of await filesIn(folder)) {
    // One of another command may be gone again by now.
    const text = await unlessAbsent(readFile(file, "utf8"), "");
    const inside = hashesIn(text, wanted);
    if (inside.size === 0 || (await isOver(text, file, provider))) continue;
    for (const digits of inside) found.set(`0x${digits}`, file);
  }
  return found;
}

function hashesIn(text: string, wanted: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const [run] of text.toLowerCase().matchAll(/[0-9a-f]{64,}/gu)) {
    for (let i = 0; i + DIGITS <= run.length; i++) {
      const digits = run.slice(i, i + DIGITS);
      if (wanted.has(digits)) found.add(digits);
    }
  }
  return found;
}

/** Whether it is a Safe transaction whose number was used. */
async function isOver(text: string, file: string, provider: Provider): Promise<boolean> {
  let safeFile;
  try {
    safeFile = parseSafeFile(text, file);
  } catch (error) {
    if (error instanceof KyosoError) return false;
    throw error;
  }
  const safe = new Contract(safeFile.safe, ["function nonce() view returns (uint256)"], provider);
  const next = (await safe.getFunction("nonce").staticCall()) as bigint;
  return BigInt(safeFile.transaction.nonce) < next;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await unlessAbsent(readdir(folder, { recursive: true, withFileTypes: true }), []);
  return (
    entries
      // Files are written under another name first: one that has it still was never finished.
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
  );
}

async function unlessAbsent<Found, Instead>(
  found: Promise<Found>,
  instead: Instead,
): Promise<Found | Instead> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return instead;
    throw error;
  }
}
