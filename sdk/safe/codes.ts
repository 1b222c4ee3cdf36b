import type { Nothing } from "../nothing.js";

/** Problems of a Safe, of its transactions and of the files and services they are passed on by. */
export interface SafeProblems {
  /** A call in a file of the Transaction Builder can't be read. */
  "builder.call-unreadable": { readonly file: string; readonly index: number; readonly reason: string };
  /** A file of the Transaction Builder was changed after it was saved. */
  "builder.changed": { readonly file: string };
  /** A file isn't one of the Transaction Builder. */
  "builder.not-batch": { readonly file: string; readonly field: string; readonly reason: string };
  /** A Safe's bundle of calls can't be read to the end. */
  "safe.bundle-unreadable": Nothing;
  /** A call of a Safe's bundle runs foreign code in the Safe's own name. */
  "safe.call-delegatecall": { readonly number: number; readonly to: string };
  /** A call of a Safe's bundle goes to the zero address, which stands for the Safe itself. */
  "safe.call-to-zero": { readonly number: number };
  /** What a file says that a call does isn't what it does. */
  "safe.calls-misstated": {
    readonly file: string;
    readonly index: number;
    readonly said: string | undefined;
    readonly found: string | undefined;
  };
  /** No Safe can be created on the chain. */
  "safe.cannot-be-created": { readonly chainId: bigint; readonly reason: string };
  /** A Safe's transaction was carried out already. */
  "safe.carried-out-already": { readonly transaction: string };
  /** A Safe's transaction couldn't be sent; with `refused`, the chain refused it. */
  "safe.could-not-carry-out": { readonly title: string; readonly reason: string; readonly refused: boolean };
  /** A Safe's transaction runs foreign code in the Safe's own name. */
  "safe.delegatecall": { readonly to: string; readonly multiSends: readonly string[] };
  /** A Safe's transaction that does what is wanted has a number that isn't in sight, and nobody has signed it. */
  "safe.far-off": { readonly file: string; readonly nonce: number; readonly next: number };
  /** A Safe's transaction was changed after it was made: its hash isn't what the file says. */
  "safe.file-changed": { readonly file: string; readonly hash: string; readonly said: string };
  /** Something in the file of a Safe transaction isn't as it has to be. */
  "safe.file-invalid": { readonly file: string; readonly field: string; readonly reason: string };
  /** A file is too large to be that of a Safe transaction. */
  "safe.file-too-large": { readonly file: string };
  /** A Safe's transaction was written by another version of this program. */
  "safe.file-version": { readonly file: string; readonly version: unknown };
  /** A Safe's transaction fixes gas, so that one whose calls fail uses its number up. */
  "safe.fixes-gas": { readonly name: string; readonly value: string };
  /** What is to follow a transaction isn't what it schedules. */
  "safe.follow-up-changed": { readonly file: string };
  /** Another file has the name of a Safe's transaction. */
  "safe.name-taken": { readonly file: string };
  /** There is nothing at a Safe's address. */
  "safe.no-code": { readonly address: string; readonly chainId: bigint };
  /** A new Safe has no owners. */
  "safe.no-owners": Nothing;
  /** Of the Safe, no transaction waits where one was looked for. */
  "safe.none-waiting": { readonly files: readonly string[] };
  /** Another transaction of the Safe comes before this one. */
  "safe.not-next": { readonly nonce: number; readonly next: number; readonly earlier: string | undefined };
  /** An account is no owner of a Safe. */
  "safe.not-owner": {
    readonly account: string;
    readonly safe: string;
    readonly threshold: number;
    readonly owners: readonly string[];
  };
  /** A contract isn't a Safe. */
  "safe.not-safe": { readonly address: string };
  /** A transaction that makes the wanted calls isn't taken: with `codes`, what is wrong with it. */
  "safe.not-taken": { readonly file: string; readonly codes: readonly string[] };
  /** A file isn't that of a Safe transaction; `builder` says whether it is one of the Transaction Builder. */
  "safe.not-transaction": { readonly file: string; readonly builder: boolean };
  /** A Safe's transaction can't be carried out any more: another one has taken its number. */
  "safe.number-taken": {
    readonly nonce: number;
    readonly hash: string | undefined;
    readonly transaction: string | undefined;
  };
  /** One owner alone can do everything that the Safe may do. */
  "safe.one-owner-decides": Nothing;
  /** A Safe's transaction is of another DAO. */
  "safe.other-dao": { readonly file: string; readonly dao: string; readonly here: string };
  /** A Safe's transaction is for another Safe than the DAO's. */
  "safe.other-safe": {
    readonly file: string;
    readonly safe: string;
    readonly here: string;
    readonly slug: string;
  };
  /** Files that should be copies hold two transactions. */
  "safe.other-transaction": {
    readonly file: string;
    readonly hash: string;
    readonly first: string;
    readonly firstHash: string;
  };
  /** The address that ends a Safe's list of owners owns nothing. */
  "safe.owner-is-sentinel": { readonly text: string };
  /** A Safe's transaction would pay whoever sends it. */
  "safe.refunds-gas": { readonly name: string; readonly value: string };
  /** A signature in a file is of somebody who is no owner. */
  "safe.signature-of-stranger": {
    readonly file: string;
    readonly index: number;
    readonly signer: string;
    readonly owners: readonly string[];
  };
  /** Two signatures in a file are said to be of one owner. */
  "safe.signature-twice": { readonly file: string; readonly index: number; readonly signer: string };
  /** A signature isn't one of this transaction by whom it is said to be; `recovered` is whose it is, if anybody's. */
  "safe.signature-wrong": {
    readonly file: string;
    readonly index: number;
    readonly signer: string;
    readonly recovered: string | undefined;
  };
  /** Two transactions of the Safe have one number. */
  "safe.same-number": { readonly nonce: number; readonly other: string };
  /** A Safe's transaction has fewer signatures than it needs; `missing` are owners who can still sign, where that is known. */
  "safe.signatures-missing": {
    readonly count: number;
    readonly threshold: number;
    readonly missing: readonly string[];
  };
  /** A Safe doesn't accept its owners' signatures (ERC-1271). */
  "safe.signatures-not-accepted": { readonly safe: string };
  /** What a wallet returned isn't its account's signature of the Safe's transaction. */
  "safe.signed-otherwise": { readonly account: string };
  /** A text isn't a number of owners. */
  "safe.threshold-unreadable": { readonly text: string | undefined; readonly owners: number };
  /** A call was announced and isn't due yet. */
  "safe.too-early": {
    readonly contract: string;
    readonly function: string;
    readonly due: number;
    readonly until: number;
  };
  /** A Safe is of a version that is too old. */
  "safe.too-old": { readonly address: string; readonly version: string; readonly oldest: string };
  /** A Safe's transaction was sent and failed, and its number is used. */
  "safe.transaction-failed": { readonly title: string; readonly transaction: string };
  /** The Safe's contracts aren't known on this chain. */
  "safe.version-unknown": {
    readonly safe: string;
    readonly version: string;
    readonly chainId: bigint;
    readonly reason: string;
  };
  /** A Safe transaction service refuses, or doesn't answer; `status` is HTTP's. */
  "service.fails": { readonly service: string; readonly status: number | undefined; readonly reason: string };
  /** A Safe transaction service answers only those who have a key. */
  "service.key-missing": { readonly service: string };
  /** A text isn't the URL of a Safe transaction service. */
  "service.not-url": { readonly text: string };
  /** A Safe transaction service knows no such transaction. */
  "service.transaction-unknown": { readonly service: string; readonly text: string };
  /** What a Safe transaction service says of a transaction can't be read. */
  "service.unreadable": { readonly service: string; readonly transaction: string };
}
