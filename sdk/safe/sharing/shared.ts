import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { ecdsaForm } from "../../signed/ecdsa.js";
import type { OwnerSignature } from "../transactions/signatures.js";
import { signerOf } from "../transactions/signatures.js";
import { transactionHash } from "../transactions/transaction.js";
import type { SafeFile } from "./file.js";

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
   * @param owners Of a file of it that is there already, only their signatures are kept; without them, those of any account.
   * @returns The path of its file.
   */
  propose(file: SafeFile, owners?: readonly string[]): Promise<string>;
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

/** The hash of the transaction that is in a file, whatever the file says. */
export function fileHash({ safe, chainId, transaction }: SafeFile): string {
  return transactionHash({ address: safe, chainId: BigInt(chainId) }, transaction);
}

/** That the hash that a file gives isn't that of its transaction; undefined where it is. */
export function hashProblem(file: SafeFile, place: string): Problem<"safe.file-changed"> | undefined {
  const hash = fileHash(file);
  if (hash === file.hash) return undefined;
  return problem("safe.file-changed", {
    data: { file: place, hash, said: file.hash },
    place,
    message: `It was changed after it was made: its contents have the hash ${hash}, and it says ${file.hash}`,
    remedy: "Don't sign or send it. Ask whoever made it for the file as it was, and find out who changed it.",
  });
}

/** A file with more signatures; the same one where it has them already. Of one signer it keeps what is there and isn't false. */
export function addSignatures(file: SafeFile, signatures: readonly OwnerSignature[]): SafeFile {
  const bySigner = new Map(file.signatures.map((each) => [each.signer, each]));
  let changed = false;
  for (const each of signatures) {
    const known = bySigner.get(each.signer);
    if (known !== undefined && (isMade(file, known) || !isMade(file, each))) continue;
    bySigner.set(each.signer, each);
    changed = true;
  }
  return changed ? { ...file, signatures: [...bySigner.values()] } : file;
}

/**
 * Transactions of which there may be copies, each copy with what somebody signed of it. Only what says the same becomes one,
 * and only with signatures that accounts made of it: so no copy that somebody has changed takes the place of a true one, or
 * gives it anything. Those that say something else stay by themselves, to be checked; and what says a false hash is a
 * problem.
 */
export function gather(found: Iterable<SharedTransaction>): Shared {
  const transactions: SharedTransaction[] = [];
  const problems: Problem[] = [];
  const places = new Map<string, number>();
  for (const shared of found) {
    const { file } = shared;
    const changed = hashProblem(file, shared.place);
    if (changed !== undefined) {
      problems.push(changed);
      continue;
    }
    const same = file.signatures.every((each) => isMade(file, each)) ? contentsOf(file) : undefined;
    const at = same === undefined ? undefined : places.get(same);
    const known = at === undefined ? undefined : transactions[at];
    if (at !== undefined && known !== undefined) {
      transactions[at] = { ...known, file: addSignatures(known.file, file.signatures) };
      continue;
    }
    if (same !== undefined) places.set(same, transactions.length);
    transactions.push(shared);
  }
  return { transactions, problems };
}

/** Whether an account made a signature of a file's transaction: that of a contract can't be told without the chain. */
export function isMade(file: SafeFile, { signer, signature }: OwnerSignature): boolean {
  return signerOf(fileHash(file), ecdsaForm(signature)) === signer;
}

/** All that a file says but who signed it. */
function contentsOf(file: SafeFile): string {
  return JSON.stringify({ ...file, signatures: [] }, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
