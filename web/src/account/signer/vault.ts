import { bytesToHex } from "@noble/hashes/utils.js";
import type { SignedData } from "../account.js";
import { randomKey, signDigest } from "./curve.js";
import { keyOfSecret } from "./derive.js";
import { computeAddress } from "./ethers.js";
import { makeKeystore, openKeystore } from "./keystore.js";
import type { SignerDao } from "./typed.js";
import { digestOf, Foreign } from "./typed.js";

/** That the key which was made isn't that of the account. */
export class OtherAccount extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super("Another account");
    this.name = "OtherAccount";
    this.expected = expected;
    this.found = found;
  }
}

/** How often a passkey has to give the same before anything is signed with that. */
const PROOFS = 2;

/**
 * Has one account's key, in the memory of a Worker that nobody else reads. It signs this DAO's typed data only, and only once it
 * is sure that the same key can be had again.
 */
export class Vault {
  readonly #dao: SignerDao;
  #key: Uint8Array | undefined;
  #address = "";
  /** How often the key was made the same. */
  #proofs = 0;

  constructor(dao: SignerDao) {
    this.#dao = dao;
  }

  /** Whose key it has and may use. */
  get account(): string | undefined {
    return this.#key === undefined || this.#proofs < PROOFS ? undefined : this.#address;
  }

  lock(): void {
    this.#key?.fill(0);
    this.#key = undefined;
    this.#address = "";
    this.#proofs = 0;
  }

  /**
   * Takes what a passkey gave. It has to give the same twice; for an account that is remembered, which it did so for, once.
   *
   * @throws OtherAccount where it is another account than before.
   */
  derive(secret: Uint8Array, expected: string | undefined): { address: string; isReady: boolean } {
    const key = keyOfSecret(secret);
    secret.fill(0);
    const address = computeAddress(key);
    const before = expected ?? (this.#proofs === 1 ? this.#address : undefined);
    if (before !== undefined && before !== address) {
      key.fill(0);
      this.lock();
      throw new OtherAccount(before, address);
    }
    this.#hold(key, address, before === undefined ? 1 : PROOFS);
    return { address, isReady: this.account !== undefined };
  }

  /** Makes a new key. It is used once the file in which it is encrypted was read back. */
  async make(password: string): Promise<{ address: string; keystore: string }> {
    const key = randomKey();
    const address = computeAddress(key);
    const keystore = await makeKeystore(key, address, password);
    this.#hold(key, address, PROOFS);
    return { address, keystore };
  }

  async open(keystore: string, password: string, expected: string | undefined): Promise<string> {
    const key = await openKeystore(keystore, password);
    const address = computeAddress(key);
    if (expected !== undefined && expected !== address) {
      key.fill(0);
      throw new OtherAccount(expected, address);
    }
    this.#hold(key, address, PROOFS);
    return address;
  }

  async backup(password: string): Promise<{ address: string; keystore: string }> {
    const key = this.#usable();
    return { address: this.#address, keystore: await makeKeystore(key, this.#address, password) };
  }

  reveal(): string {
    return `0x${bytesToHex(this.#usable())}`;
  }

  sign(data: SignedData): string {
    const key = this.#usable();
    return signed(digestOf(this.#dao, data, this.#address), key);
  }

  #usable(): Uint8Array {
    if (this.#key === undefined || this.account === undefined)
      throw new Foreign("There is no key to sign with");
    return this.#key;
  }

  #hold(key: Uint8Array, address: string, proofs: number): void {
    this.lock();
    this.#key = key;
    this.#address = address;
    this.#proofs = proofs;
  }
}

/** A signature as contracts take it. */
export function signed(digest: Uint8Array, key: Uint8Array): string {
  const { compact, recovery } = signDigest(digest, key);
  return `0x${bytesToHex(compact)}${(27 + recovery).toString(16)}`;
}
