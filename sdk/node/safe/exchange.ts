import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { SafeFile } from "../../safe/sharing/file.js";
import { parseSafeFile } from "../../safe/sharing/file.js";
import { readSafeFile, readText, writeSafeFile } from "./files.js";
import type { OwnerSignature } from "../../safe/transactions/signatures.js";
import type { Exchange, Shared, SharedTransaction } from "../../safe/sharing/shared.js";
import { addSignatures, gather, fileHash, hashProblem, isMade } from "../../safe/sharing/shared.js";

/** Shares transactions as files alone: they lie in a folder, and people pass them on. */
export class FolderExchange implements Exchange {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async propose(file: SafeFile, owners?: readonly string[]): Promise<string> {
    const short = `safe-${file.transaction.nonce}-${file.hash.slice(2, 10)}.json`;
    const long = `safe-${file.transaction.nonce}-${file.hash.slice(2)}.json`;
    for (const name of [short, long]) {
      const place = path.join(this.#folder, name);
      const known = await this.#unlessOther(place, file);
      if (known === undefined) continue;
      await writeSafeFile(
        place,
        addSignatures(
          file,
          known.signatures.filter(
            (each) => isMade(file, each) && (owners === undefined || owners.includes(each.signer)),
          ),
        ),
      );
      return place;
    }
    throw KyosoError.of("safe.name-taken", {
      data: { file: path.join(this.#folder, long) },
      place: path.join(this.#folder, long),
      message: "There is another file with the name of this transaction",
      remedy: "Find out who put it there, and move it away.",
    });
  }

  async confirm(
    { place, file: shown }: SharedTransaction,
    signature: OwnerSignature,
  ): Promise<SharedTransaction> {
    // Read once more: somebody else may have signed it in the meantime.
    const current = await readSafeFile(place);
    const changed = hashProblem(current, place);
    if (changed !== undefined) throw new KyosoError(changed);
    if (current.hash !== shown.hash) {
      throw KyosoError.of("safe.other-transaction", {
        data: { file: place, hash: current.hash, first: place, firstHash: shown.hash },
        place,
        message: `It was replaced by another transaction (${current.hash}) since it was read (${shown.hash})`,
        remedy: "Find out who replaced it, and read it again before you sign.",
      });
    }
    const file = addSignatures(current, [signature]);
    if (file !== current) await writeSafeFile(place, file);
    return { file, place };
  }

  /** What a file has of a transaction, or the transaction itself where there is none; undefined where it is another one. */
  async #unlessOther(place: string, file: SafeFile): Promise<SafeFile | undefined> {
    try {
      const known = await readSafeFile(place);
      return fileHash(known) === fileHash(file) ? known : undefined;
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      return error.problems.some(({ code }) => code === "file.missing") ? file : undefined;
    }
  }

  async pending(nonce: number): Promise<Shared> {
    const found: SharedTransaction[] = [];
    const problems: Problem[] = [];
    for (const place of await this.#files()) {
      try {
        const content = await readText(place);
        // Ballots, drafts and the like lie there too.
        if (!/"kind"\s*:\s*"safe-transaction"/u.test(content) && !isNamedLikeOne(place)) continue;
        const file = parseSafeFile(content, place);
        if (file.transaction.nonce >= nonce) found.push({ file, place });
      } catch (error) {
        if (!(error instanceof KyosoError)) throw error;
        problems.push(...error.problems);
      }
    }
    const shared = gather(found);
    const transactions = [...shared.transactions].sort(
      (one, other) => one.file.transaction.nonce - other.file.transaction.nonce,
    );
    return { transactions, problems: [...problems, ...shared.problems] };
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
