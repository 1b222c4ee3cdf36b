/** Problems that all that is signed and relayed has in common: ballots, delegations, claims, vouchers. */
export interface SignedProblems {
  /** A contract wallet doesn't accept a signature (ERC-1271). */
  "signature.not-accepted": { readonly wallet: string; readonly signer: string };
  /** It could be used until `expiry`, and that is over. */
  "signed.expired": { readonly file: string; readonly expiry: number };
  /** A file is there already, and what it holds isn't replaced; `same` says whether that is of the same kind. */
  "signed.file-taken": { readonly file: string; readonly kind: string; readonly same: boolean };
  /** Its signer signed something else before it, which has to be carried out first. */
  "signed.nonce-ahead": {
    readonly file: string;
    readonly signer: string;
    readonly nonce: bigint;
    readonly next: bigint;
  };
  /** Its signer has since signed something else that was carried out. */
  "signed.nonce-used": { readonly file: string; readonly signer: string; readonly nonce: bigint };
  /** Something signed wasn't sent, as the node failed or something else stood in the way. */
  "signed.not-sent": { readonly file: string; readonly reason: string };
  /** It isn't signed by whom it is said to be, or was changed after that. */
  "signed.not-signed": { readonly file: string; readonly signer: string };
  /** A file isn't a whole one of its kind; `field` is what is wrong in it. */
  "signed.not-whole": { readonly file: string; readonly kind: string; readonly field: string };
  /** Something signed is for another chain than `here`. */
  "signed.other-chain": { readonly file: string; readonly chainId: string; readonly here: bigint };
  /** Something signed is for a contract of another DAO, whose record's name is `dao` where that is known. */
  "signed.other-contract": {
    readonly file: string;
    readonly contract: "badge" | "board" | "drop" | "governor" | "nicknames" | "rewards" | "token";
    readonly address: string;
    readonly dao: string | undefined;
  };
  /** A file holds something else; `found` is what it says of itself. */
  "signed.other-kind": { readonly file: string; readonly kind: string; readonly found: string | undefined };
  /** Fewer of a Safe's owners have signed than have to. */
  "signed.owners-missing": {
    readonly file: string;
    readonly safe: string;
    readonly count: number;
    readonly threshold: number;
  };
  /** The chain refused what was sent, though it was checked before: somebody may have been quicker. */
  "signed.refused": { readonly file: string; readonly reason: string };
  /** A file is too large to be what it should. */
  "signed.too-large": { readonly file: string; readonly kind: string };
  /** A contract wallet doesn't accept its signature (ERC-1271), or takes too much gas to say so. */
  "signed.wallet-refuses": { readonly file: string; readonly wallet: string };
}
