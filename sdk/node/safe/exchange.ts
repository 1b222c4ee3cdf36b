import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { SafeFile } from "../../safe/sharing/file.js";
import { parseSafeFile } from "../../safe/sharing/file.js";
import { readSafeFile, readText, writeSafeFile } from "./files.js";
import type { OwnerSignature } from "../../safe/transactions/signatures.js";
import type { Exchange, Shared, SharedTransaction } from "../../safe/sharing/shared.js";
import { addSignatures } from "../../safe/sharing/shared.js";

/** Shares transactions as files alone: they lie in a folder, and people pass them on. */
export class FolderExchange implements Exchange {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async propose(file: SafeFile): Promise<string> {
    const name = `safe-${file.transaction.nonce}-${file.hash.slice(2, 10)}.json`;
    const place = path.join(this.#folder, name);
    await writeSafeFile(place, file);
    return place;
  }

  async confirm({ place }: SharedTransaction, signature: OwnerSignature): Promise<SharedTransaction> {
    // Read once more: somebody else may have signed it in the meantime.
    const current = await readSafeFile(place);
    const file = addSignatures(current, [signature]);
    if (file !== current) await writeSafeFile(place, file);
    return { file, place };
  }

  async pending(nonce: number): Promise<Shared> {
    const byHash = new Map<string, SharedTransaction>();
    const problems: Problem[] = [];
    for (const place of await this.#files()) {
      try {
        const content = await readText(place);
        // Ballots, drafts and the like lie there too.
        if (!/"kind"\s*:\s*"safe-transaction"/u.test(content) && !isNamedLikeOne(place)) continue;
        const file = parseSafeFile(content, place);
        if (file.transaction.nonce < nonce) continue;
        const known = byHash.get(file.hash);
        byHash.set(
          file.hash,
          known === undefined
            ? { file, place }
            : { ...known, file: addSignatures(known.file, file.signatures) },
        );
      } catch (error) {
        if (!(error instanceof KyosoError)) throw error;
        problems.push(...error.problems);
      }
    }
    const transactions = [...byHash.values()].sort(
      (one, other) => one.file.transaction.nonce - other.file.transaction.nonce,
    );
    return { transactions, problems };
  }

  async open(name: string): Promise<SharedTransaction> {
    return { file: await readSafeFile(name), place: name };
  }

  async #files(): Promise<string[]> {
    try {
      const names = await readdir(this.#folder);
      return names
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => path.join(this.#folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }
}

function isNamedLikeOne(place: string): boolean {
  return /^safe-\d+-[0-9a-f]{8}\.json$/u.test(path.basename(place));
}
