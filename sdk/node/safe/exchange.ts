import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { SafeFile } from "../../safe/sharing/file.js";
import { parseSafeFile, readSafeFile, readText, writeSafeFile } from "../../safe/sharing/file.js";
import type { OwnerSignature } from "../../safe/transactions/signatures.js";

/** A transaction as owners share it: still to be checked. */
export interface SharedTransaction {
  readonly file: SafeFile;
  /** Path of its file, or where else it is. */
  readonly place: string;
}

/** What is shared, and what there is that can't be read. */
export interface Shared {
  readonly transactions: readonly SharedTransaction[];
  readonly problems: readonly Problem[];
}

/** A way in which owners share transactions and what they signed of them. */
export interface Exchange {
  /**
   * Makes a transaction known to the owners, with the signatures that it has.
   *
   * @returns The path of its file.
   */
  propose(file: SafeFile): Promise<string>;
  /** Adds an owner's signature to a transaction that is shared. */
  confirm(shared: SharedTransaction, signature: OwnerSignature): Promise<SharedTransaction>;
  /** The transactions with numbers from `nonce` on. */
  pending(nonce: number): Promise<Shared>;
  /**
   * A transaction with all signatures that are shared of it.
   *
   * @param name Path of its file; or its hash, where the exchange knows transactions by that.
   */
  open(name: string): Promise<SharedTransaction>;
}

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

/** A file with more signatures; the same one where it has them already. Of one signer it keeps what is there. */
export function addSignatures(file: SafeFile, signatures: readonly OwnerSignature[]): SafeFile {
  const signers = new Set(file.signatures.map(({ signer }) => signer));
  const added = signatures.filter(({ signer }) => !signers.has(signer));
  return added.length === 0 ? file : { ...file, signatures: [...file.signatures, ...added] };
}

function isNamedLikeOne(place: string): boolean {
  return /^safe-\d+-[0-9a-f]{8}\.json$/u.test(path.basename(place));
}
