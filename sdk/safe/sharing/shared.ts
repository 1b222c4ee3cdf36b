import type { Problem } from "../../errors.js";
import type { SafeFile } from "./file.js";
import type { OwnerSignature } from "../transactions/signatures.js";

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

/** A file with more signatures; the same one where it has them already. Of one signer it keeps what is there. */
export function addSignatures(file: SafeFile, signatures: readonly OwnerSignature[]): SafeFile {
  const signers = new Set(file.signatures.map(({ signer }) => signer));
  const added = signatures.filter(({ signer }) => !signers.has(signer));
  return added.length === 0 ? file : { ...file, signatures: [...file.signatures, ...added] };
}
